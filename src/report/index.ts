import type { PieceReporter, Reporter, ReportFormat } from './format.js';
import { github } from './github/index.js';
import { html } from './html/index.js';
import { json } from './json.js';
import { ndjson } from './ndjson.js';
import { prometheus } from './prometheus/index.js';
import { sarif } from './sarif/index.js';
import { text } from './text/index.js';
import type { Kind, PieceKind } from './values.js';

/** The registry: one line for each format; the first is used where none is asked for. */
export const formats: readonly ReportFormat[] = [text, json, ndjson, html, sarif, github, prometheus];

/** The formats that a value can be written in. */
export const formatsOf = (kind: Kind): readonly ReportFormat[] =>
  formats.filter(({ reporters }) => reporters[kind] !== undefined);

/** What writes this kind of value in this format; undefined where there is no such form. */
export async function reporterOf<K extends Kind>(kind: K, format: string): Promise<Reporter<K> | undefined> {
  const load: (() => Promise<Reporter<K>>) | undefined = formats.find(({ id }) => id === format)?.reporters[kind];
  return load?.();
}

/** What writes this kind of value piece by piece; undefined where the format needs all of it. */
export async function pieceReporterOf<K extends PieceKind>(
  kind: K,
  format: string,
): Promise<PieceReporter<K> | undefined> {
  const load: (() => Promise<PieceReporter<K>>) | undefined = formats.find(({ id }) => id === format)?.pieces?.[kind];
  return load?.();
}

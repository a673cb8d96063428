import { existsSync } from 'node:fs';
import { CaptureWatch } from '../analyze/capture-value.js';
import { judge } from '../analyze/judge.js';
import type { AnalyzeResult } from '../analyze/result.js';
import { CaptureReader } from '../capture/reader.js';
import { Gatherer } from '../capture/text/gather.js';
import { importPaste } from '../device/import-paste.js';
import type { ReadThing } from '../diagnose/answer.js';
import { MtucalcError } from '../error.js';
import { startOf } from '../io/file-start.js';
import { readPasteInput } from '../io/paste-input.js';
import { lint } from '../lint/lint.js';
import { type CalcRequest, isDescribed } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import type { ProbeResult } from '../probe/result.js';
import { analyzeFiles } from './analyze-files.js';

interface Known {
  readonly catalogue: Catalogue;
  readonly request: CalcRequest;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Measures the path to a host; without it every name is a file. */
  readonly probe?: ((host: string) => Promise<ProbeResult>) | undefined;
}

/** A missing file is not looked up as a host: a path, or a name that ends as files do and no domain does. */
const FILE_NAME =
  /^(?![a-z][a-z0-9+.-]*:\/\/).*[/\\]|\.(?:cap|cfg|conf|csv|gz|json|log|pcap|pcapng|rsc|rules|txt|v4|v6|xml|zst)$/i;

/** pcap in both orders and precisions, pcapng, gzip, zstd: the first two octets tell them from text. */
const BINARY = ['d4c3', 'a1b2', '4d3c', 'a1b2', '34cd', '0a0d', '1f8b', '28b5'];
const nothing = { capture: null, imported: null, linted: null, probed: null };
/** Lines that are looked at for packets. */
const LOOKED_AT = 20_000;

/**
 * Reads a file, or standard input, as whatever it is: by its content, never by its name. What is no file is a host.
 * @throws MtucalcError where it is nothing that is known.
 */
export async function readThing(name: string, known: Known): Promise<ReadThing> {
  if (name !== '-' && !existsSync(name)) {
    if (known.probe && !FILE_NAME.test(name)) return { name, ...nothing, probed: await known.probe(name) };
    throw new MtucalcError(
      'file',
      `${name}: there is no such file`,
      known.probe
        ? 'name captures, pasted text, configurations, - for standard input, or a host'
        : 'name captures, pasted text, configurations, or - for standard input',
    );
  }
  if (name !== '-' && BINARY.includes(startOf(name)))
    return { name, ...nothing, capture: await captureOf(name, known) };
  const { text, from } = await readPasteInput(name, known.stdin);
  const capture = holdsPackets(text) ? textCapture(text) : null;
  const imported = orNull(() => importPaste(text, known.catalogue, { from, overrides: known.request }));
  const linted = orNull(() => lint(text, {}, { file: from }));
  if (capture || imported || linted) return { name, ...nothing, capture, imported, linted };
  // What import says of it names the formats that are known.
  importPaste(text, known.catalogue, { from, overrides: known.request });
  throw new MtucalcError('not-recognised', `${from} is nothing that is known`);
}

async function captureOf(name: string, { catalogue, request }: Known): Promise<AnalyzeResult> {
  const described = isDescribed(request) ? request : undefined;
  const [result] = (await analyzeFiles([name], { catalogue, request: described })).results;
  if (result && 'flows' in result) return result;
  const { message = `${name} cannot be read`, hint } = result && 'error' in result ? result.error : {};
  throw new MtucalcError('unreadable', message, hint ?? undefined);
}

function holdsPackets(text: string): boolean {
  let packets = 0;
  const gatherer = new Gatherer(({ packet }) => {
    if (packet.family !== 0 || packet.octets) packets++;
  });
  for (const line of text.split('\n', LOOKED_AT)) gatherer.line(line);
  gatherer.flush();
  return packets > 0;
}

function textCapture(text: string): AnalyzeResult | null {
  const octets = new TextEncoder().encode(text);
  const watch = new CaptureWatch();
  const reader = new CaptureReader(watch.frame.bind(watch));
  return orNull(() => {
    const used = reader.consume(octets, octets.length);
    const rest = octets.subarray(used);
    return judge(watch.finish('text', reader.finish(rest, rest.length), false).facts);
  });
}

/** A text need not be everything at once. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof MtucalcError) return null;
    throw error;
  }
}

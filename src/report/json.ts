import { SCHEMA_VERSION } from '../schema-version.js';
import type { PieceReporter, Reporter, ReportFormat } from './format.js';
import type { Kind, PieceKind } from './values.js';

/** Exactly the library's value, two spaces of indent. */
const asItIs = async (): Promise<Reporter<Kind>> => (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The same text of an answer whose `results` come one by one. */
const resultByResult: PieceReporter<PieceKind> = {
  piece: (result, _look, written) =>
    // No text in JSON holds a line feed.
    `${written === 0 ? OPENING : ','}\n    ${JSON.stringify(result, null, 2).replaceAll('\n', '\n    ')}`,
  end: (written) => (written === 0 ? `${OPENING}]\n}\n` : '\n  ]\n}\n'),
};
const OPENING = `{\n  "schemaVersion": ${JSON.stringify(SCHEMA_VERSION)},\n  "results": [`;

/** Every value, for programs; `schemas/` describes each. */
export const json: ReportFormat = {
  id: 'json',
  says: 'the value itself (schemas/*.json)',
  reporters: {
    calc: asItIs,
    compare: asItIs,
    identify: asItIs,
    ciphers: asItIs,
    import: asItIs,
    completion: asItIs,
    page: asItIs,
    snippet: asItIs,
    analyze: asItIs,
    lint: asItIs,
    probe: asItIs,
    far: asItIs,
    listen: asItIs,
    watch: asItIs,
    verify: asItIs,
    doctor: asItIs,
    diagnose: asItIs,
  },
  pieces: { analyze: async () => resultByResult },
};

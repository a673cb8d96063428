import { SCHEMA_VERSION } from '../schema-version.js';
import type { PieceReporter, Reporter, ReportFormat } from './format.js';
import type { Kind, PieceKind } from './values.js';

/** Exactly the library's value, two spaces of indent. */
const asItIs = async (): Promise<Reporter<Kind>> => (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The same text of an answer whose `results` come one by one. */
const resultByResult: PieceReporter<PieceKind> = {
  piece: (result, _look, written) =>
    // Written where it will stand: to indent a text of some MB afterwards takes as long as to write it.
    `${written === 0 ? OPENING : ','}${JSON.stringify({ results: [result] }, null, 2).slice(AROUND.before, -AROUND.behind)}`,
  end: (written) => (written === 0 ? `${OPENING}]\n}\n` : '\n  ]\n}\n'),
};
/** Characters of `{"results": []}` around a result, with indent. */
const AROUND = { before: '{\n  "results": ['.length, behind: '\n  ]\n}'.length } as const;
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

import { SCHEMA_VERSION } from '../schema-version.js';
import type { ReportFormat } from './format.js';

/** One result, on one line. */
const line = (result: object): string => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...result })}\n`;

/** Each result on a line of its own, as soon as it is known: for `jq`, databases and whatever reads line by line. */
export const ndjson: ReportFormat = {
  id: 'ndjson',
  says: 'each result of analyze on one line, as soon as it is judged',
  reporters: {
    analyze: async () => (answer) => answer.results.map(line).join(''),
    watch: async () => (answer) => answer.paths.map((path) => line({ path })).join(''),
  },
  pieces: {
    analyze: async () => ({ piece: line, end: () => '' }),
    // What came before stands in the lines before.
    watch: async () => ({
      piece: ({ path, change }) => line({ path: { ...path, readings: path.readings.slice(-1) }, change }),
      end: () => '',
    }),
  },
};

import { type OptionTable, off } from './option.js';

/** Of commands whose answers people post: what main replaces before anything is written. */
export const redactOption = {
  redact: off({
    describe: 'replace addresses, ports and names, the same everywhere, so that the answer can be posted',
    group: 'Output:',
  }),
} as const satisfies OptionTable;

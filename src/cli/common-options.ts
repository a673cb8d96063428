import type { OptionTable } from './command.js';

/** Options every command has. */
export const commonOptions = {
  json: { type: 'boolean', describe: 'print the value as JSON (schemaVersion 1)', default: false },
} as const satisfies OptionTable;

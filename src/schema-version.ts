/** Version of every value that `--json` prints: one more where a field changes its meaning or goes. */
export const SCHEMA_VERSION = 2;
export type SchemaVersion = typeof SCHEMA_VERSION;

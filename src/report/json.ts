import type { Reporter, ReportFormat } from './format.js';
import type { Kind } from './values.js';

/** Exactly the library's value, two spaces of indent. */
const asItIs = async (): Promise<Reporter<Kind>> => (value) => `${JSON.stringify(value, null, 2)}\n`;

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
    verify: asItIs,
    doctor: asItIs,
    diagnose: asItIs,
  },
};

import type { ReportFormat } from '../format.js';

/** For code scanning of configurations that are kept in git. */
export const sarif: ReportFormat = {
  id: 'sarif',
  says: 'SARIF 2.1.0, for code scanning',
  reporters: { lint: async () => (await import('./lint.js')).lintSarif },
};

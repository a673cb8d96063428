import type { ReportFormat } from '../format.js';

/** A page that stands alone: plots and evidence, no script, nothing fetched. */
export const html: ReportFormat = {
  id: 'html',
  says: 'a self-contained page',
  reporters: {
    analyze: async () => (await import('./analyze.js')).analyzeHtml,
    diagnose: async () => (await import('./diagnose.js')).diagnoseHtml,
  },
};

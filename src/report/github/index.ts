import type { ReportFormat } from '../format.js';

/** Annotations in a pull request. */
export const github: ReportFormat = {
  id: 'github',
  says: 'annotations of a GitHub workflow',
  reporters: { lint: async () => (await import('./lint.js')).lintGithub },
};

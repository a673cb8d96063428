import type { ReportFormat } from '../format.js';

/** Gauges for Prometheus, text format 0.0.4; docs/fleet.md has what they are scraped with. */
export const prometheus: ReportFormat = {
  id: 'prometheus',
  says: 'gauges for a textfile collector',
  reporters: {
    analyze: async () => (await import('./analyze.js')).analyzePrometheus,
    probe: async () => (await import('./probe.js')).probePrometheus,
    verify: async () => (await import('./verify.js')).verifyPrometheus,
    watch: async () => (await import('./watch.js')).watchPrometheus,
  },
  pieces: { watch: async () => (await import('./watch.js')).watchPieces },
};

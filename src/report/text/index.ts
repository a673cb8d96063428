import type { ReportFormat } from '../format.js';

/** For a person at a terminal: the answer first. */
export const text: ReportFormat = {
  id: 'text',
  says: 'for reading',
  reporters: {
    calc: async () => (await import('./calc.js')).calcText,
    compare: async () => (await import('./compare.js')).compareText,
    identify: async () => (await import('./identify.js')).identifyText,
    ciphers: async () => (await import('./ciphers.js')).ciphersText,
    import: async () => (await import('./import.js')).importText,
    completion: async () => (await import('./completion.js')).completionText,
    page: async () => (await import('./page.js')).pageText,
    snippet: async () => (await import('./snippet.js')).snippetText,
    analyze: async () => (await import('./analyze.js')).analyzeText,
    lint: async () => (await import('./lint.js')).lintText,
    probe: async () => (await import('./probe.js')).probeText,
    far: async () => (await import('./far.js')).farText,
    listen: async () => (await import('./listen.js')).listenText,
    watch: async () => (await import('./watch.js')).watchText,
    verify: async () => (await import('./verify.js')).verifyText,
    doctor: async () => (await import('./doctor.js')).doctorText,
    diagnose: async () => (await import('./diagnose.js')).diagnoseText,
  },
  pieces: {
    analyze: async () => (await import('./analyze.js')).analyzePieces,
    watch: async () => (await import('./watch.js')).watchPieces,
  },
};

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**', 'test/browser/**'],
    globalSetup: ['scripts/compile-plain-segments.mjs'],
    environment: 'node',
    // One process a core for all files: nothing here changes the process, and starting one per file costs a third.
    isolate: false,
    maxWorkers: '100%',
    // A busy machine is no failure; speed is measured in bench/, never here.
    testTimeout: 60_000,
  },
});

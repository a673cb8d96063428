import { defineConfig } from 'vitest/config';

/** The families of the lab: each file boots guests of its own. */
export default defineConfig({
  test: {
    include: ['test/lab/family/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 15 * 60_000,
    // A guest takes a core.
    maxWorkers: 2,
    reporters: ['verbose'],
  },
});

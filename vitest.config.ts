import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**'],
    environment: 'node',
    // A busy machine is no failure; speed is measured in bench/, never here.
    testTimeout: 60_000,
  },
});

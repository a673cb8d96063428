// npm run test:lab [-- FAMILY … --full]: runs the families of test/lab whose file name contains a given word.
import { spawnSync } from 'node:child_process';

const words = process.argv.slice(2);
const full = words.includes('--full');
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'vitest.lab.config.ts',
    ...words.filter((word) => word !== '--full'),
  ],
  { stdio: 'inherit', env: { ...process.env, ...(full ? { MTUCALC_LAB_FULL: '1' } : {}) } },
);
process.exitCode = status ?? 1;

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import type { Place } from './place.js';

export type Fate = 'killed' | 'survived' | 'hung' | 'not there' | 'no program';

/** A break that turns the tests round for ever is noticed too, milliseconds. */
const PATIENCE = 180_000;

/** Ends a run and the workers it began, which a break may keep busy for ever. */
const end = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
};
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(end));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(2));

/** Whether these tests pass in that copy; undefined where they came to no end in that time, milliseconds. */
export function passes(folder: string, tests: readonly string[], patience = PATIENCE): Promise<boolean | undefined> {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', '--cache=false', '--maxWorkers', '1'];
  return new Promise((resolve) => {
    const run = spawn(process.execPath, [...words, ...tests], { cwd: folder, stdio: 'ignore', detached: true });
    running.add(run);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      end(run);
    }, patience);
    run.on('close', (code) => {
      clearTimeout(timer);
      end(run);
      running.delete(run);
      resolve(late ? undefined : code === 0);
    });
  });
}

/** Breaks one place in the copy, lets its tests judge, and mends it. */
export async function judge(folder: string, { file, text, instead, tests }: Place): Promise<Fate> {
  const path = join(folder, file);
  const whole = readFileSync(path, 'utf8');
  const pieces = whole.split(text);
  if (pieces.length !== 2 || text === instead) return 'not there';
  const broken = pieces.join(instead);
  try {
    transformSync(broken, { loader: 'ts' });
  } catch {
    return 'no program';
  }
  writeFileSync(path, broken);
  try {
    const passed = await passes(folder, tests);
    return passed === undefined ? 'hung' : passed ? 'survived' : 'killed';
  } finally {
    writeFileSync(path, whole);
  }
}

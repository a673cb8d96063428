import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { FarAnswer, WayResult } from '../../../src/probe/far/result.js';
import { repo } from '../guest-process.js';
import { build, type Standing } from '../line/build.js';
import { farRows, type Way } from '../line/far-rows.js';

/** Both ends of a line of routers; the truth of each direction was written down before. */
const TOKEN = 'a-token-of-the-lab-0123';
const user = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
const mtucalc = [process.execPath, `${repo}/bin/mtucalc.js`];

async function listening({ far }: Standing, family: 4 | 6): Promise<ChildProcess> {
  const [program = '', ...words] = [
    ...far,
    ...user,
    ...mtucalc,
    'listen',
    '--listen',
    family === 4 ? '0.0.0.0' : '[::]',
  ];
  const child = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MTUCALC_TOKEN: TOKEN },
  });
  await new Promise<void>((resolve, reject) => {
    child.stderr?.once('data', () => resolve());
    child.once('exit', () => reject(new Error('listen ended')));
  });
  return child;
}

function answer(words: readonly string[], env: object = {}): Promise<FarAnswer> {
  return new Promise((resolve, reject) => {
    execFile(
      words[0] as string,
      words.slice(1),
      { timeout: 60_000, env: { ...process.env, ...env } },
      (_error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as FarAnswer);
        } catch {
          reject(new Error(`no JSON: ${stderr || stdout}`));
        }
      },
    );
  });
}

function compare(found: WayResult, truth: Way, shown: string): void {
  expect(found.verdict, shown).toBe(truth.verdict);
  expect(found.pathMtu ?? null, shown).toBe(truth.pathMtu);
  if (truth.mss !== undefined) expect(found.mss.arrives, shown).toBe(truth.mss);
  if (truth.tcp !== undefined) expect(found.tcp.fate, shown).toBe(truth.tcp);
  if (truth.df !== undefined) expect(found.df, shown).toBe(truth.df);
  if (truth.fragments !== undefined) expect(found.fragments, shown).toBe(truth.fragments);
  if (truth.after !== undefined) {
    expect(found.bottleneck?.after.hop ?? 0, shown).toBeLessThanOrEqual(truth.after);
    expect(found.bottleneck?.before.hop ?? 99, shown).toBeGreaterThan(truth.after);
  }
}

describe('both ends of a line of routers', () => {
  test.for(farRows)(
    'IPv$family: $name',
    { timeout: 120_000 },
    async ({ family, links, routers, there, back, clamp, name }) => {
      const expected = { verdicts: [], never: [] };
      const standing = build({ says: name, family, links, routers, engines: [], expect: expected });
      const far = await listening(standing, family);
      try {
        const { target, run } = standing;
        const at = family === 4 ? target : `[${target}]`;
        const words = [...run, ...user, ...mtucalc, 'probe', target, '--peer', `${at}:9470`, '--json'];
        const found = await answer(words, { MTUCALC_TOKEN: TOKEN });
        const shown = JSON.stringify(found);
        compare(found.there, there, shown);
        compare(found.back, back, shown);
        expect(found.clamp, shown).toBe(clamp);
      } finally {
        far.kill('SIGKILL');
        standing.down();
      }
    },
  );
});

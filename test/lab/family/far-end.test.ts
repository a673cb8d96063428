import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { FarAnswer, WayResult } from '../../../src/probe/far/result.js';
import type { ProbeAnswer, ProbeResult } from '../../../src/probe/result.js';
import { repo } from '../guest-process.js';
import { build, type Standing } from '../line/build.js';
import { farRows, type Way } from '../line/far-rows.js';
import { SSH_PORT, sshdAt } from '../line/sshd.js';

/** Both ends of a line of routers; the truth of each direction was written down before. */
const TOKEN = 'a-token-of-the-lab-0123';
const user = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
const mtucalc = [process.execPath, `${repo}/bin/mtucalc.js`];

async function listening({ far }: Standing, family: 4 | 6, ...more: string[]): Promise<ChildProcess> {
  const [program = '', ...words] = [
    ...far,
    ...user,
    ...mtucalc,
    'listen',
    '--listen',
    family === 4 ? '0.0.0.0' : '[::]',
    ...more,
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

/** A router quotes a SYN of a raw socket, and that socket reads the SYN/ACK: no word of the far end is needed. */
describe('the same clamps, seen from one end', () => {
  const rows = farRows.filter(({ name }) => name.startsWith('clamp'));
  test.for(rows)('IPv$family: $name', { timeout: 120_000 }, async ({ family, links, routers, there, back, name }) => {
    const standing = build({ says: name, family, links, routers, engines: [], expect: { verdicts: [], never: [] } });
    const far = await listening(standing, family);
    try {
      const { target, run } = standing;
      const words = [
        ...run,
        ...mtucalc,
        'probe',
        target,
        '--mss',
        '--engine',
        'raw',
        '--protocol',
        'tcp',
        '--port',
        '9470',
      ];
      const { results } = (await answer([...words, '--json'])) as unknown as ProbeAnswer;
      const shown = JSON.stringify(results);
      const { mssSeen } = results[0] as ProbeResult;
      expect([mssSeen?.arrives, mssSeen?.answer], shown).toEqual([there.mss, back.mss]);
      expect(mssSeen?.rewritten ?? null, shown).toEqual(
        there.mss === mssSeen?.sent ? null : expect.objectContaining({ after: expect.objectContaining({ hop: 1 }) }),
      );
    } finally {
      far.kill('SIGKILL');
      standing.down();
    }
  });
});

describe('started through ssh', () => {
  test.for([4, 6] as const)('IPv%i: nothing listens, nothing is typed', { timeout: 120_000 }, async (family) => {
    // What is measured vanishes; the login, which would vanish as well, is let through.
    const drop = [
      { protocol: 'udp', over: 1400, way: 'there' },
      { protocol: 'tcp', over: 1400, way: 'there', exceptPort: SSH_PORT },
    ] as const;
    const row = { links: [1500, 1500, 1500], routers: [{ clamp: { there: 1300 } }, { drop }] };
    const standing = build({ says: 'ssh', family, ...row, engines: [], expect: { verdicts: [], never: [] } });
    const sshd = await sshdAt(standing);
    try {
      const { target, run } = standing;
      const at = family === 4 ? target : `[${target}]`;
      const place = `ssh://${sshd.user}@${at}:${sshd.port}`;
      const ask = (...more: string[]): Promise<FarAnswer> =>
        answer([...run, ...mtucalc, 'probe', target, '--peer', place, '--json', ...more], {
          MTUCALC_SSH: sshd.program,
        });
      const found = await ask();
      const shown = JSON.stringify(found);
      compare(found.there, { pathMtu: 1400, verdict: 'black-hole', tcp: 'hangs', mss: 1300 }, shown);
      compare(found.back, { pathMtu: 1500, verdict: 'fits', tcp: 'passes' }, shown);
      expect(found.clamp, shown).toBe('there');
      // A router quoted the SYN that a raw socket sent.
      expect(found.there.mss.rewritten, shown).toMatchObject({ after: { hop: 1 }, before: { hop: 2 } });
      await expect(ask('--peer-command', '/nothing/mtucalc')).rejects.toThrow('did not start: ssh ended with 127');
    } finally {
      sshd.down();
      standing.down();
    }
  });
});

describe('who may not, at a real address', () => {
  test('a network that is not allowed gets nothing', { timeout: 120_000 }, async () => {
    const standing = build({
      says: 'allow',
      family: 4,
      links: [1500],
      routers: [],
      engines: [],
      expect: { verdicts: [], never: [] },
    });
    const far = await listening(standing, 4, '--allow', '192.0.2.0/24');
    try {
      const words = [
        ...standing.run,
        ...mtucalc,
        'probe',
        standing.target,
        '--peer',
        `${standing.target}:9470`,
        '--json',
      ];
      await expect(answer(words, { MTUCALC_TOKEN: TOKEN })).rejects.toThrow('does not take the token');
    } finally {
      far.kill('SIGKILL');
      standing.down();
    }
  });
});

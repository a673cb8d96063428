import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kernelFor } from '../kernel/index.js';
import { demand } from '../kernel/requirements.js';
import { uml } from '../kernel/uml.js';
import { runLab, stepOf } from '../lab.js';
import type { Scenario } from '../scenario.js';

const idle = { id: 'idle', run: [] } as const satisfies Scenario;

describe('what the lab promises', () => {
  test('the fastest kernel that has what a scenario needs is taken', () => {
    expect(kernelFor({ ...idle, wan: 'pppoe', tunnel: 'vti' }).id).toBe('uml');
    expect(kernelFor({ ...idle, tunnel: 'xfrm' }).id).toBe('qemu');
    expect(() => kernelFor({ ...idle, wan: 'pppoe', tunnel: 'wireguard' })).toThrow('pppoe + wireguard');
  });

  test('a missing package fails with the command that cures it', () => {
    const extra = [
      { file: '/usr/bin/no-such-program', package: 'zzz' },
      { file: ['/no/a', '/no/b'], package: 'aaa' },
    ];
    expect(() => demand(uml, [idle], extra)).toThrow('apt-get install --yes aaa zzz');
  });

  test('a guest that hangs is ended by its limit, its last output is shown, and nothing stays', async () => {
    const hangs = {
      id: 'hangs',
      run: [{ do: 'run', at: 'isp', command: 'echo last words > /dev/console; sleep 99', timeoutSeconds: 99 }],
    };
    const mine = folderOfItsOwn();
    await expect(runLab([hangs as Scenario], { limitSeconds: 12 })).rejects.toThrow(
      /ended after 12 s[\s\S]*last words/,
    );
    expect(mine.left()).toEqual([]);
  });

  test('a scenario that breaks says why and does not stop the next; what the guest writes does not stay', async () => {
    const breaks = {
      id: 'breaks',
      run: [{ do: 'run', at: 'client', command: 'no-such-program', mustWork: true }],
    } as const satisfies Scenario;
    const writes = {
      id: 'writes',
      run: [{ do: 'run', at: 'client', command: 'echo > /etc/mtucalc-lab-was-here && ls /etc/mtucalc-lab-was-here' }],
    } as const satisfies Scenario;
    const results = await runLab([breaks, writes]);
    expect(results.get('breaks')?.error).toContain('no-such-program');
    expect(stepOf(results, writes, 0)).toMatchObject({ status: 0 });
    expect(readdirSync('/etc')).not.toContain('mtucalc-lab-was-here');
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain('mtucalc-lab');
  });

  test('two labs at once do not meet', async () => {
    const one = { ...idle, id: 'one', run: [{ do: 'measure', size: 1500 }] } as const satisfies Scenario;
    const both = await Promise.all([
      runLab([one]),
      runLab([{ ...one, linkMtu: 1400, run: [{ do: 'measure', size: 1400 }] }]),
    ]);
    expect(both.map((results) => stepOf(results, one, 0).largest)).toEqual([1500, 1400]);
  });
}, 120_000);

/** Lets the labs of this test work in a folder of their own: other families boot guests at the same time. */
function folderOfItsOwn(): { left(): string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'mtucalc-self-'));
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  return {
    left() {
      if (usual === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = usual;
      const running = readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => readCommand(pid))
        .filter((command) => command.includes(folder));
      const kept = readdirSync(folder);
      rmSync(folder, { recursive: true });
      return [...running, ...kept];
    },
  };
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

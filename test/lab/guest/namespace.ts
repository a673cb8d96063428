import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { openSync, writeFileSync } from 'node:fs';
import type { RunResult } from '../results.js';
import type { Node } from '../scenario.js';
import { inNamespace } from './libc.js';

export const nodes: readonly Node[] = ['client', 'gw1', 'isp', 'gw2', 'server'];

/** `ip -batch` in a namespace, or in the guest's own. @throws with what ip says. */
export function ip(namespace: Node | null, lines: readonly string[], force = false): void {
  const words = [...(namespace ? ['-n', namespace] : []), ...(force ? ['-force'] : []), '-batch', '-'];
  const ran = spawnSync('ip', words, { input: `${lines.join('\n')}\n`, encoding: 'utf8' });
  if (ran.status !== 0 && !force) {
    throw new Error(`ip in ${namespace ?? 'guest'}: ${ran.stderr.trim()}\n${lines.join('\n')}`);
  }
}

/** What `ip route flush cache` does: path MTUs that were learnt are forgotten. */
export const forgetRoutes = (node: Node): void => sysctl(node, { 'ipv4.route.flush': -1, 'ipv6.route.flush': -1 });

/** Runs a program at a node. @throws when it fails. */
export function must(namespace: Node | null, command: string): string {
  const run = () => spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8', timeout: 60_000 });
  const ran = namespace ? inNamespace(namespace, run) : run();
  if (ran.status !== 0) throw new Error(`${namespace ?? 'guest'}: ${command}: ${(ran.stderr || ran.stdout).trim()}`);
  return ran.stdout;
}

/** `ip netns exec` gives the program the namespace's own /sys as well. */
const words = (at: Node, command: string | readonly string[]): string[] => [
  'netns',
  'exec',
  at,
  ...(typeof command === 'string' ? ['/bin/sh', '-c', command] : command),
];

export function runAt(at: Node, command: string | readonly string[], timeoutSeconds: number, input = ''): RunResult {
  const start = Date.now();
  const ran = spawnSync('ip', words(at, command), {
    input,
    encoding: 'utf8',
    timeout: timeoutSeconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 16 << 20,
  });
  return { status: ran.status, stdout: ran.stdout ?? '', stderr: ran.stderr ?? '', ms: Date.now() - start };
}

/** Starts a program in the background; its output goes to a file. */
export function startAt(at: Node, command: string | readonly string[], log: string, errors = log): ChildProcess {
  const out = openSync(log, 'a');
  const err = errors === log ? out : openSync(errors, 'a');
  return spawn('ip', words(at, command), { stdio: ['ignore', out, err], detached: true });
}

export const end = (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void => {
  try {
    process.kill(-child.pid!, signal);
  } catch {}
};

/**
 * Writes below /proc/sys/net of a namespace; names with dots, as sysctl(8) has them. A name the kernel lacks is left
 * out.
 */
export function sysctl(namespace: Node, values: Readonly<Record<string, number | string>>, strict = false): void {
  inNamespace(namespace, () => {
    for (const [name, value] of Object.entries(values)) {
      try {
        writeFileSync(`/proc/sys/net/${name.replaceAll('.', '/')}`, String(value));
      } catch (error) {
        if (strict) throw error;
      }
    }
  });
}

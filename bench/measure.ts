// Runs commands several times in turn: wall clock including process start, and the most memory each held.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  /** Best of the runs, seconds. */
  readonly seconds: number;
  /** Highest resident size seen in any run, MB; 0 where the system does not tell. */
  readonly megabytes: number;
}

const POLL = 10;

/**
 * The best of several runs: on a shared machine what disturbs only ever slows. Memory is looked at in a run of its own, as
 * looking takes time from both. Undefined where a command fails.
 */
export async function measure(commands: readonly (readonly string[])[], runs = 5): Promise<(Measured | undefined)[]> {
  const best = commands.map((): number | undefined => Number.POSITIVE_INFINITY);
  for (let run = 0; run < runs; run++) {
    for (const [index, command] of commands.entries()) {
      const held = best[index];
      const seconds = held === undefined ? undefined : (await once(command, false))?.seconds;
      best[index] = held === undefined || seconds === undefined ? undefined : Math.min(held, seconds);
    }
  }
  const measured: (Measured | undefined)[] = [];
  for (const [index, seconds] of best.entries()) {
    const megabytes = seconds === undefined ? undefined : (await once(commands[index]!, true))?.megabytes;
    measured.push(seconds === undefined || megabytes === undefined ? undefined : { seconds, megabytes });
  }
  return measured;
}

function once([program, ...args]: readonly string[], watched: boolean): Promise<Measured | undefined> {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(program!, args, { stdio: 'ignore' });
    let megabytes = 0;
    const look = (): void => {
      megabytes = Math.max(megabytes, highWater(child.pid));
    };
    const timer = watched ? setInterval(look, POLL) : undefined;
    child.on('error', () => {
      clearInterval(timer);
      resolve(undefined);
    });
    child.on('exit', (code) => {
      clearInterval(timer);
      resolve(code === 0 || code === 1 ? { seconds: (performance.now() - started) / 1000, megabytes } : undefined);
    });
  });
}

function highWater(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

// Runs a command several times: wall clock including process start, and the most memory it held.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  /** Median, seconds. */
  readonly seconds: number;
  /** Highest resident size seen in any run, MB; 0 where the system does not tell. */
  readonly megabytes: number;
}

const POLL = 10;

/** Answers undefined where the command is missing or fails. */
export async function measure(command: readonly string[], runs = 3): Promise<Measured | undefined> {
  const times: number[] = [];
  let megabytes = 0;
  for (let run = 0; run < runs; run++) {
    const one = await once(command);
    if (one === undefined) return undefined;
    times.push(one.seconds);
    megabytes = Math.max(megabytes, one.megabytes);
  }
  times.sort((one, other) => one - other);
  return { seconds: times[times.length >> 1]!, megabytes };
}

function once([program, ...args]: readonly string[]): Promise<Measured | undefined> {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(program!, args, { stdio: 'ignore' });
    let megabytes = 0;
    const timer = setInterval(() => {
      megabytes = Math.max(megabytes, highWater(child.pid));
    }, POLL);
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

// Runs commands in turn, several times: wall clock and processor time including process start, and the most memory each held.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  /** Medians of the runs, seconds: by the wall clock, and of the processor (user and system). */
  readonly seconds: number;
  readonly processor: number;
  /** Highest resident size seen in a run of its own, MB; 0 where the system does not tell. */
  readonly megabytes: number;
}

const POLL = 10;
/** Without a list of certificates that Node would parse at each start: of the machine, and no part of what is measured. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[values.length >> 1]!;

/**
 * The medians of several runs, the commands in turn, so that what disturbs disturbs all of them. Memory is looked at in a
 * run of its own, as looking takes time from both. Undefined where a command fails or is not there.
 */
export async function measure(commands: readonly (readonly string[])[], runs = 5): Promise<(Measured | undefined)[]> {
  const taken = commands.map((): { seconds: number; processor: number }[] => []);
  const failed = new Set<number>();
  for (let run = 0; run < runs; run++) {
    for (const [index, command] of commands.entries()) {
      if (failed.has(index)) continue;
      const once = await time(command, false);
      if (once === undefined) failed.add(index);
      else taken[index]!.push(once);
    }
  }
  const measured: (Measured | undefined)[] = [];
  for (const [index, runsOf] of taken.entries()) {
    const watched = failed.has(index) ? undefined : await time(commands[index]!, true);
    measured.push(
      watched && {
        seconds: median(runsOf.map(({ seconds }) => seconds)),
        processor: median(runsOf.map(({ processor }) => processor)),
        megabytes: watched.megabytes,
      },
    );
  }
  return measured;
}

function time([program, ...args]: readonly string[], watched: boolean): Promise<Measured | undefined> {
  return new Promise((resolve) => {
    const started = performance.now();
    const before = processorOfChildren();
    const child = spawn(program!, args, { stdio: 'ignore', env });
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
      const seconds = (performance.now() - started) / 1000;
      const processor = processorOfChildren() - before;
      resolve(code === 0 || code === 1 ? { seconds, processor, megabytes } : undefined);
    });
  });
}

/** Clock ticks a second in /proc, as good as everywhere. */
const TICKS = 100;

/** Seconds that ended children took of the processor: fields 16 and 17 of /proc/self/stat; 0 where there is none. */
function processorOfChildren(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / TICKS;
  } catch {
    return 0;
  }
}

function highWater(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

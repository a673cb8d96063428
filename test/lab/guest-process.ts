import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GuestKernel, Launch } from './kernel/kernel.js';
import { startWatchdog, type Watchdog } from './watchdog.js';

export const repo = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface GuestRun {
  readonly status: number;
  readonly output: string;
}

export interface GuestOptions {
  /** Seconds after which the guest is ended, on the faster kernel; a slower one gets more. */
  readonly limitSeconds: number;
  /** Sees the console as it comes. */
  readonly onOutput?: (text: string) => void;
  /** stdin and stdout of the guest are this terminal's. */
  readonly interactive?: boolean;
}

const tailLength = 6000;

/**
 * A folder shared with the guest, gone when `use` is done. Its name is unique, so that several labs may run at once.
 */
export async function withWorkFolder<T>(use: (work: string) => Promise<T>): Promise<T> {
  const work = await realpath(await mkdtemp(join(tmpdir(), 'mtucalc-lab-')));
  try {
    return await use(work);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Boots a guest that runs `command` (a line of /bin/sh) as root, and waits for its end.
 * @throws with the last output when the guest had to be ended or stopped without a word.
 */
export async function runGuest(
  kernel: GuestKernel,
  work: string,
  command: string,
  options: GuestOptions,
): Promise<GuestRun> {
  const script = join(work, 'guest.sh');
  await writeFile(script, guestScript(work, command));
  const launch = await kernel.prepare(work, script);
  const started: Running[] = launch.companion ? [start(launch.companion, work, 'ignore')] : [];
  const endAll = (): void => {
    for (const { child, watchdog } of started) {
      endGroup(child);
      watchdog.dismiss();
    }
  };
  process.once('exit', endAll);
  try {
    if (launch.companion) await appears(launch.companion.ready, launch.companion.file);
    const stdio = options.interactive ? 'inherit' : (['ignore', 'pipe', 'pipe'] satisfies StdioOptions);
    const guest = start(launch, work, stdio, { ...process.env, ...launch.env, HOME: work });
    started.push(guest);
    return await finish(kernel, guest.child, options);
  } finally {
    process.removeListener('exit', endAll);
    endAll();
  }
}

/** Starts a process in a group of its own, so that everything it forks can be ended together, also by the watchdog. */
function start(launch: Pick<Launch, 'file' | 'args'>, work: string, stdio: StdioOptions, env = process.env): Running {
  const child = spawn(launch.file, launch.args, { stdio, env, detached: stdio !== 'inherit' });
  const watchdog = startWatchdog(work);
  if (child.pid !== undefined && stdio !== 'inherit') watchdog.watch(child.pid);
  return { child, watchdog };
}

interface Running {
  readonly child: ChildProcess;
  readonly watchdog: Watchdog;
}

function finish(kernel: GuestKernel, guest: ChildProcess, options: GuestOptions): Promise<GuestRun> {
  const limit = options.limitSeconds * kernel.slowness;
  let output = '';
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup(guest);
  }, limit * 1000);
  const take = (chunk: Buffer): void => {
    const text = chunk.toString('utf8').replaceAll('\r', '');
    options.onOutput?.(text);
    output = (output + text).slice(-1_000_000);
  };
  guest.stdout?.on('data', take);
  guest.stderr?.on('data', take);
  return new Promise((resolve, reject) => {
    guest.once('error', reject);
    guest.once('close', (code) => {
      clearTimeout(timer);
      const status = options.interactive ? String(code ?? 1) : /GUEST-STATUS (\d+)/.exec(output)?.[1];
      if (timedOut) {
        reject(
          new Error(
            `the ${kernel.id} guest was ended after ${limit} s; its last output:\n${output.slice(-tailLength)}`,
          ),
        );
      } else if (status === undefined) {
        reject(
          new Error(`the ${kernel.id} guest stopped without a result; its last output:\n${output.slice(-tailLength)}`),
        );
      } else {
        resolve({ status: Number(status), output });
      }
    });
  });
}

function guestScript(work: string, command: string): string {
  return `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TMPDIR=/run/tmp
mount -t proc proc /proc 2>/dev/null; mount -t sysfs sys /sys
mount -t devtmpfs dev /dev; mkdir -p /dev/pts /dev/shm /dev/net; mount -t devpts devpts /dev/pts; mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run; mkdir -p /run/netns /run/tmp /run/lock; [ -L /var/run ] || mount -t tmpfs tmpfs /var/run
echo 3 > /proc/sys/kernel/printk
ip link set lo up
cd ${work}
${command}
echo "GUEST-STATUS $?"
sync; [ -w /proc/sysrq-trigger ] && echo o > /proc/sysrq-trigger; sleep 1; poweroff -f
`;
}

/** Ends a process and all it started: the group when it leads one. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

async function appears(path: string, who: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (existsSync(path)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${who} did not come up`);
}

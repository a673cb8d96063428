import { execFile, spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { MtucalcError } from '../error.js';
import { type LateReply, type Probe, type ProbeEngine, type ProbeReply, SILENCE } from '../probe/engine.js';
import { type PingFlavour, pingArguments, pingProgram, readPing } from '../probe/ping-output.js';
import type { EngineOptions } from './engine-options.js';

/** Processes at once; each lives for one packet. */
const AT_ONCE = 12;
/** A process may take this long to start and to end, milliseconds. */
const STARTING = 3000;
const MOST_OUTPUT = 20_000;
const environment = { ...process.env, LC_ALL: 'C', LANG: 'C', LANGUAGE: 'C' };

const blind: Record<PingFlavour, readonly string[]> = {
  iputils: ['sizes above what the kernel remembers from an earlier PTB (this ping has no -M probe)'],
  'iputils-probe': [],
  busybox: ['who sends an ICMP error', 'sizes above what the kernel remembers from an earlier PTB (no -M probe)'],
  macos: [],
  windows: ['the MTU in a PTB'],
};

/** Which ping this system has. @throws MtucalcError where there is none. */
export async function pingFlavour(): Promise<{ readonly flavour: PingFlavour; readonly version: string }> {
  if (process.platform === 'win32') return { flavour: 'windows', version: 'Windows ping' };
  if (process.platform === 'darwin') return { flavour: 'macos', version: 'macOS ping' };
  const text = await new Promise<string>((resolve) => {
    execFile('ping', ['-V'], { env: environment, timeout: 5000 }, (error, stdout, stderr) => {
      resolve((error as NodeJS.ErrnoException | null)?.code === 'ENOENT' ? '' : `${stdout}${stderr}` || 'unknown');
    });
  });
  if (text === '') throw new MtucalcError('no-engine', 'there is no ping on this system', 'install iputils-ping');
  if (/busybox/i.test(text)) return { flavour: 'busybox', version: /BusyBox v[\w.]+/.exec(text)?.[0] ?? 'busybox' };
  const released = Number(/iputils[- ]s?(\d{8})/.exec(text)?.[1] ?? 0);
  return { flavour: released >= 20231222 ? 'iputils-probe' : 'iputils', version: text.split('\n')[0] ?? 'ping' };
}

/** The system's own ping, one process for each packet; always there, never needs a privilege. */
export async function openPing(options: EngineOptions): Promise<ProbeEngine> {
  const { flavour } = await pingFlavour();
  const { family, source, device, localMtu, pps, sourceGiven, zoned, without } = options;
  const address = zoned && device !== undefined ? `${options.address}%${device}` : options.address;
  // iputils and busybox take -I twice: interface and address. The others know addresses only, and the last one counts.
  const both = [device, sourceGiven ? source : undefined].filter((one) => one !== undefined);
  const from =
    flavour === 'windows' || flavour === 'macos' ? (sourceGiven || device !== undefined ? [source] : []) : both;
  const running = new Set<() => void>();
  const late: LateReply[] = [];

  const one = (probe: Probe, timeoutMs: number): Promise<ProbeReply> => {
    const words = pingArguments(flavour, probe, { family, address, from, timeoutMs });
    const startedAt = performance.now();
    const child = spawn(pingProgram(flavour, family), words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const context = () => ({ family, localMtu, source, early: performance.now() - startedAt < timeoutMs / 2 });
    return new Promise((resolve) => {
      let output = '';
      let over = false;
      const end = (reply: ProbeReply): void => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        running.delete(stop);
        child.kill('SIGKILL');
        resolve(reply);
      };
      const stop = (): void => end(SILENCE);
      const timer = setTimeout(stop, timeoutMs + STARTING);
      running.add(stop);
      const take = (chunk: Buffer): void => {
        output = (output + chunk.toString('latin1')).slice(0, MOST_OUTPUT);
        const whole = output.slice(0, output.lastIndexOf('\n') + 1);
        const reply = readPing(flavour, whole, probe, context());
        if (reply) end(reply);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', () => end(SILENCE));
      child.on('close', () => end(readPing(flavour, `${output}\n`, probe, context()) ?? SILENCE));
    });
  };

  return {
    id: 'ping',
    blindTo: [
      ...(family === 4 ? ['a router that clears DF and fragments (no quoted headers)'] : []),
      'a way back narrower than the way there',
      ...blind[flavour],
      ...(without === undefined ? [] : [`what better engines see: ${without}`]),
    ],
    protocols: ['icmp'],
    quotes: false,
    async send(probes, timeoutMs) {
      const replies = new Array<ProbeReply>(probes.length).fill(SILENCE);
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let i = next++; i < probes.length; i = next++) {
          const probe = probes[i] as Probe;
          const reply = await one(probe, timeoutMs);
          replies[i] = flavour === 'busybox' ? await checked(reply, probe) : reply;
          if (pps < 100) await new Promise((resolve) => setTimeout(resolve, 1000 / pps));
        }
      };
      await Promise.all(Array.from({ length: pps < 100 ? 1 : Math.min(AT_ONCE, probes.length) }, worker));
      return replies;
    },
    late: () => late.splice(0),
    async close() {
      for (const stop of [...running]) stop();
    },
  };

  /** busybox cannot set DF: the kernel does, until it remembers a smaller path MTU, and then cuts packets itself. */
  async function checked(reply: ProbeReply, { size }: Probe): Promise<ProbeReply> {
    if (reply.kind !== 'arrived' && reply.kind !== 'silence') return reply;
    const remembered = await rememberedMtu(address);
    return remembered !== null && remembered < size
      ? { kind: 'too-big-here', mtu: remembered, remembered: true }
      : reply;
  }
}

/** Path MTU the kernel remembers for the target, octets; null where it has none, or `ip` is missing. */
function rememberedMtu(address: string): Promise<number | null> {
  return new Promise((resolve) => {
    execFile('ip', ['route', 'get', address], { env: environment, timeout: 2000 }, (_error, stdout) => {
      const mtu = /\bmtu (?:lock )?(\d+)/.exec(String(stdout))?.[1];
      resolve(mtu === undefined ? null : Number(mtu));
    });
  });
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { MtucalcError } from '../error.js';
import { isSingleExecutable } from '../io/embedded.js';
import { lesserUser } from '../io/identity.js';
import type { Diagnosis, EngineState } from '../probe/diagnosis.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { elsewhere, notLinux, stateOf, withoutLibc } from './engine-state.js';
import { farEndState } from './far-end-state.js';
import { grantToCopy, grantToThis } from './grant-raw.js';
import { tcpState } from './tcp-state.js';
import { watchingState } from './watching-state.js';

/** Opens what the engines would open, and closes it again; sends nothing. */
export async function doctor(): Promise<Diagnosis> {
  const engines = [await rawState(), await errqueueState(), await tcpState(), await pingState()];
  const chosen = chosenOf(engines);
  return {
    schemaVersion: SCHEMA_VERSION,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    user: process.getuid?.() ?? null,
    becomes: process.platform === 'linux' && process.getuid?.() === 0 ? lesserUser(process.env) : null,
    engines,
    farEnd: await farEndState(),
    watching: await watchingState(chosen?.id ?? null),
    chosen: chosen?.id ?? 'ping',
  };
}

/** The first that works in the order of `openEngine`, which takes engine `tcp` only where it is named. */
export const chosenOf = (engines: readonly EngineState[]): EngineState | undefined =>
  engines.find(({ id, available }) => available && id !== 'tcp');

async function rawState(): Promise<EngineState> {
  if (process.platform !== 'linux') return notLinux('raw');
  const state = stateOf('raw');
  const { loadRawSocket } = await import('../io/raw-sockets.js');
  let module: Awaited<ReturnType<typeof loadRawSocket>>;
  try {
    module = await loadRawSocket();
  } catch (error) {
    if (error instanceof MtucalcError) return state(false, error.message, elsewhere);
    const major = Number(process.versions.node.split('.')[0]);
    const grants = 'the raw engine is compiled for this node; sending then needs root or CAP_NET_RAW';
    return major >= 24
      ? state(false, `the package raw-socket is absent: its nan 2.19 does not compile on Node ${major}`, {
          command: `npm install --prefix . mtucalc  # with "overrides": { "nan": "^2.30.0" } in that folder's package.json`,
          grants,
        })
      : state(false, 'the package raw-socket is absent: it was not compiled at installation', {
          command: 'sudo apt-get install python3 make g++ && npm rebuild raw-socket',
          grants,
        });
  }
  try {
    module.createSocket({ protocol: 1, addressFamily: 1, bufferSize: 4096 }).close();
  } catch {
    const says = 'raw sockets are refused: this process has no CAP_NET_RAW';
    return state(false, says, isSingleExecutable ? grantToThis() : grantToCopy());
  }
  return state(true, 'sees quoted headers: DF cleared, fragments; ICMP, UDP and TCP probes');
}

async function errqueueState(): Promise<EngineState> {
  if (process.platform !== 'linux') return notLinux('errqueue');
  const state = stateOf('errqueue');
  let icmp: number;
  try {
    const { loadLibc } = await import('../io/libc.js');
    const libc = await loadLibc();
    // AF_INET, SOCK_DGRAM, IPPROTO_ICMP.
    icmp = libc.socket(2, 2, 1);
    if (icmp >= 0) libc.close(icmp);
  } catch (error) {
    return withoutLibc('errqueue', error);
  }
  if (icmp >= 0) return state(true, 'ICMP and UDP probes as an ordinary user');
  const range = (await readFile('/proc/sys/net/ipv4/ping_group_range', 'utf8').catch(() => ''))
    .trim()
    .replace(/\s+/, ' ');
  return state(
    true,
    `UDP probes as an ordinary user; ICMP sockets are refused (net.ipv4.ping_group_range is ${range})`,
    {
      command: 'sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"',
      grants: 'every user may send ICMP echo requests, nothing else; until the next boot',
    },
  );
}

async function pingState(): Promise<EngineState> {
  const { pingFlavour } = await import('../io/engine-ping.js');
  try {
    const { flavour, version } = await pingFlavour();
    const limits = {
      iputils: 'obeys the path MTU the kernel remembers, so a limit below that stays an interval',
      'iputils-probe': 'sends past what the kernel remembers',
      busybox: 'cannot set DF by itself, and does not say who answers',
      macos: 'slow, numbers only',
      windows: 'slow, and says no MTU',
    }[flavour];
    return { id: 'ping', available: true, says: `${version}: ${limits}`, unlock: null };
  } catch {
    const command = existsSync('/usr/bin/apt-get') ? 'sudo apt-get install iputils-ping' : 'install iputils-ping';
    return { id: 'ping', available: false, says: 'there is no ping', unlock: { command, grants: 'the program ping' } };
  }
}

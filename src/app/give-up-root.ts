import { execFile } from 'node:child_process';
import { release } from 'node:os';
import { MtucalcError } from '../error.js';
import { loadEngines } from '../io/engine-choice.js';
import { becomeUser, type Identity, type LesserUser, lesserUser } from '../io/identity.js';
import { loadLibc } from '../io/libc.js';
import { reserveRawPairs } from '../io/raw-sockets.js';
import { hostIn } from '../io/resolve.js';
import { interfaceOf } from '../io/route.js';
import type { EngineId } from '../probe/engine.js';
import { MOST_AT_ONCE } from './probe-hosts.js';

/** What will be measured once root is given up. */
export interface Measuring {
  readonly hosts: readonly string[];
  readonly family?: 4 | 6 | undefined;
  readonly engine?: EngineId | undefined;
  readonly device?: string | undefined;
}

/** Who a measurement runs as; `kept` says why it is still root. */
export type RunsAs = LesserUser | { readonly kept: string };

/**
 * For a process that is root, and only probes from here on: opens the raw sockets, loads the code of the engines, and
 * becomes the user who called sudo, or nobody, before a name is resolved or a packet read. Undefined for everybody
 * else. A process that may not change its user, as in a container without CAP_SETUID, stays what it is.
 */
export async function giveUpRoot(
  identity: Identity & { readonly env: Readonly<Record<string, string | undefined>> },
  measuring: Measuring,
): Promise<RunsAs | undefined> {
  if (process.platform !== 'linux' || identity.setuid === undefined || identity.getuid?.() !== 0) return undefined;
  const user = lesserUser(identity.env);
  const reserved = await reserve(measuring);
  await loadEngines();
  const libc = await loadLibc().catch(() => undefined);
  const { hosts, engine, device } = measuring;
  const pings =
    engine === 'ping' || (engine === undefined && ((!reserved && !libc) || hosts.some((host) => host.includes('%'))));
  if (pings && !(await mayPing(user))) return { kept: `ping is for root alone here, uid ${user.uid} is refused` };
  if (device !== undefined && !reserved && isBefore(5, 7))
    return { kept: `this kernel (${release()}) lets root alone bind to an interface` };
  try {
    becomeUser(identity, user);
    return user;
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return { kept: error.message };
  }
}

/** True where raw sockets stand ready for the hosts that are measured at once. */
async function reserve({ hosts, family, engine, device }: Measuring): Promise<boolean> {
  if (engine !== undefined && engine !== 'raw') return false;
  const count = Math.min(MOST_AT_ONCE, hosts.length);
  let opened = 0;
  for (const one of familiesOf(hosts, family)) opened += await reserveRawPairs(one, device, count);
  // A zone is an interface to bind to.
  const zones = device === undefined ? hosts.flatMap((host) => /%([^\]]+)/.exec(host)?.[1] ?? []) : [];
  for (const zone of zones) opened += await reserveRawPairs(6, await interfaceOf(zone).catch(() => zone), 1);
  return opened > 0;
}

/** Both where a name may have either. */
function familiesOf(hosts: readonly string[], family: 4 | 6 | undefined): readonly (4 | 6)[] {
  if (family !== undefined) return [family];
  const literal = new Set(hosts.map(literalFamily));
  const [only] = literal;
  return literal.size === 1 && only ? [only] : [4, 6];
}

function literalFamily(host: string): 4 | 6 | undefined {
  try {
    const { name } = hostIn(host);
    return /^\d+\.\d+\.\d+\.\d+$/.test(name) ? 4 : name.includes(':') && !/^::ffff:/i.test(name) ? 6 : undefined;
  } catch {
    return undefined;
  }
}

/** Asks this machine itself once, as that user. Only a refusal counts: no answer tells nothing about the right. */
const mayPing = ({ uid, gid }: LesserUser): Promise<boolean> =>
  new Promise((resolve) => {
    execFile(
      'ping',
      ['-c', '1', '-w', '1', '127.0.0.1'],
      { uid, gid, timeout: 3000, env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout, stderr) => {
        const refused = /not permitted|permission denied|lacking|root\?/i.test(`${stdout}${stderr}`);
        resolve(!refused && !['EACCES', 'EPERM'].includes(String(error?.code)));
      },
    );
  });

function isBefore(major: number, minor: number): boolean {
  const [a = 0, b = 0] = release().split('.').map(Number);
  return a < major || (a === major && b < minor);
}

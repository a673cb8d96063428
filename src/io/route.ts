import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { MtucalcError } from '../error.js';
import { kernelRoute } from './kernel-route.js';

/** How packets leave this host for one target. */
export interface Route {
  readonly source: string;
  readonly device: string | null;
  /** Link MTU of that interface, octets; null where the system does not tell. */
  readonly linkMtu: number | null;
  /** MTU that this host's own kernel keeps to for the target, from its route or from an earlier PTB; octets. */
  readonly own: { readonly mtu: number; readonly locked: boolean; readonly expires: number | null } | null;
  /** The target is this host. */
  readonly toOurselves: boolean;
}

interface Choice {
  readonly source?: string | undefined;
  readonly device?: string | undefined;
}

/** @throws MtucalcError for no route, an unknown interface, or a source address this host does not have. */
export async function routeTo(family: 4 | 6, address: string, { source, device }: Choice): Promise<Route> {
  const interfaces = networkInterfaces();
  const own = Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? []).map((one) => ({
      name,
      address: one.address,
      family: one.family === 'IPv4' ? 4 : 6,
      linkLocal: one.scopeid,
    })),
  );
  refuseGroups(family, address);
  if (device !== undefined && (await linkMtu(device)) === null && !own.some(({ name }) => name === device)) {
    const known = Object.keys(interfaces).join(', ');
    throw new MtucalcError('no-interface', `there is no interface ${device}`, `up are: ${known}`);
  }
  if (source !== undefined && !own.some((one) => one.address === source)) {
    throw new MtucalcError(
      'no-interface',
      `${source} is no address of this host`,
      `it has ${own.map((one) => one.address).join(', ')}`,
    );
  }
  // The kernel's own choice: neither the address of an interface nor the interface of an address tells it.
  const chosen = await kernelRoute(family, address, { source, device });
  if (chosen) refuseKind(chosen.kind, address);
  const ofDevice = own.find((one) => one.name === device && one.family === family && !one.linkLocal)?.address;
  const from = await connected(family, address, source ?? chosen?.source ?? ofDevice, device);
  const toOurselves = own.some((one) => one.address === address.split('%')[0]);
  const name =
    device ??
    (toOurselves ? loopback(own) : undefined) ??
    chosen?.device ??
    own.find((one) => one.address === from.split('%')[0])?.name ??
    null;
  const mtu = name === null ? null : await linkMtu(name);
  const limited = chosen && chosen.mtu !== null && (mtu === null || chosen.mtu < mtu) ? chosen : undefined;
  return {
    source: from,
    device: name,
    linkMtu: mtu,
    own: limited ? { mtu: limited.mtu as number, locked: limited.locked, expires: limited.expires } : null,
    toOurselves,
  };
}

/** Addresses that are nobody's: a round trip to them cannot be measured. */
function refuseGroups(family: 4 | 6, address: string): void {
  const first = Number.parseInt(address, 10);
  const group = family === 4 ? first >= 224 && first < 240 : /^ff/i.test(address);
  const none = family === 4 ? first === 0 : address === '::';
  const all = address === '255.255.255.255';
  if (!group && !none && !all) return;
  const what = group ? 'a multicast address' : all ? 'the broadcast address' : 'no address of a host';
  throw new MtucalcError('no-host', `${address} is ${what}`, 'name one host');
}

/** What the kernel's routing says of an address, in words. */
function refuseKind(kind: string, address: string): void {
  const says: Readonly<Record<string, string>> = {
    broadcast: 'the broadcast address of a network of this host',
    multicast: 'a multicast address',
    unreachable: 'declared unreachable by a route of this host',
    prohibit: 'prohibited by a route of this host',
    blackhole: 'thrown away by a route of this host (blackhole)',
  };
  const word = says[kind];
  if (word !== undefined)
    throw new MtucalcError('no-route', `${address} is ${word}`, 'name one host; ip route get shows the route');
}

const loopback = (own: readonly { name: string; address: string }[]): string | undefined =>
  own.find(({ address }) => address === '127.0.0.1' || address === '::1')?.name;

/** What the kernel's refusals mean, connect(2). */
const refusals: Readonly<Record<string, string>> = {
  ENETUNREACH: 'the network is unreachable from here',
  EHOSTUNREACH: 'the host is unreachable from here',
  EADDRNOTAVAIL: 'the source address cannot be used for it',
  EINVAL: 'source, interface and target do not go together',
  ENETDOWN: 'the interface is down',
  EACCES: 'it is a broadcast address, or a filter of this host forbids it',
  EPERM: 'a filter of this host forbids it',
  EAFNOSUPPORT: 'this host does not have this family',
};

/** Our own address towards the target, as the kernel's routing chooses it; nothing is sent. */
function connected(
  family: 4 | 6,
  address: string,
  source: string | undefined,
  device: string | undefined,
): Promise<string> {
  const zoned = (one: string): string =>
    /^fe80:/i.test(one) && device !== undefined ? `${one.split('%')[0]}%${device}` : one;
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      socket.close();
      // An interface of its own table (VRF) routes what the main table does not: then the source is known already.
      if (source !== undefined && device !== undefined) {
        resolve(source);
        return;
      }
      const why = refusals[error.code ?? ''];
      if (why === undefined) {
        reject(error);
        return;
      }
      const hint =
        'check the interface, the default route and --source; a VRF is named with -i, or ip vrf exec NAME mtucalc …';
      reject(new MtucalcError('no-route', `no IPv${family} route to ${address}: ${why}`, hint));
    };
    socket.once('error', refuse);
    const connect = (): unknown =>
      socket.connect(9, zoned(address), (error?: Error) => {
        if (error) {
          refuse(error);
          return;
        }
        const { address: own } = socket.address();
        socket.close();
        resolve(own);
      });
    if (source === undefined) connect();
    else socket.bind(0, zoned(source), connect);
  });
}

/** The interface a zone stands for: its name, or its number (RFC 4007 section 11). @throws MtucalcError */
export async function interfaceOf(zone: string): Promise<string> {
  if (!/^\d+$/.test(zone) || process.platform !== 'linux') return zone;
  for (const name of await readdir('/sys/class/net').catch(() => [])) {
    const index = await readFile(`/sys/class/net/${name}/ifindex`, 'utf8').catch(() => '');
    if (Number.parseInt(index, 10) === Number(zone)) return name;
  }
  throw new MtucalcError('no-interface', `there is no interface with the number ${zone}`, 'ip link shows the numbers');
}

/** Octets; /sys on Linux, `ifconfig` on macOS, `netsh` on Windows: numbers only, no words. */
export async function linkMtu(name: string): Promise<number | null> {
  if (process.platform === 'linux') {
    if (name.includes('/') || name.startsWith('.')) return null;
    const text = await readFile(`/sys/class/net/${name}/mtu`, 'utf8').catch(() => '');
    return Number.parseInt(text, 10) || null;
  }
  if (process.platform === 'win32') {
    const table = await output('netsh', ['interface', 'ipv4', 'show', 'subinterfaces']);
    const line = table.split(/\r?\n/).find((row) => row.trimEnd().endsWith(` ${name}`));
    const mtu = Number.parseInt(line?.trim() ?? '', 10);
    return mtu > 0 && mtu < 100_000 ? mtu : null;
  }
  return Number(/\bmtu (\d+)/.exec(await output('ifconfig', [name]))?.[1] ?? 0) || null;
}

const output = (file: string, words: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(file, [...words], { timeout: 5000 }, (_error, stdout) => resolve(String(stdout ?? '')));
  });

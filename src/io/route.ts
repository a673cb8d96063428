import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { MtucalcError } from '../error.js';

/** How packets leave this host for one target. */
export interface Route {
  readonly source: string;
  readonly device: string | null;
  /** Link MTU of that interface, octets; null where the system does not tell. */
  readonly linkMtu: number | null;
}

/** @throws MtucalcError for no route, an unknown interface, or a source address this host does not have. */
export async function routeTo(
  family: 4 | 6,
  address: string,
  { source, device }: { source?: string | undefined; device?: string | undefined },
): Promise<Route> {
  const interfaces = networkInterfaces();
  const own = Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? []).map((one) => ({
      name,
      address: one.address,
      family: one.family === 'IPv4' ? 4 : 6,
      linkLocal: one.scopeid,
    })),
  );
  if (device !== undefined && !own.some(({ name }) => name === device)) {
    const known = Object.keys(interfaces).join(', ');
    throw new MtucalcError(
      'no-interface',
      `interface ${device} is unknown, down, or has no address`,
      `up are: ${known}`,
    );
  }
  if (source !== undefined && !own.some((one) => one.address === source)) {
    throw new MtucalcError(
      'no-interface',
      `${source} is no address of this host`,
      `it has ${own.map((one) => one.address).join(', ')}`,
    );
  }
  const ofDevice = own.find((one) => one.name === device && one.family === family && !one.linkLocal)?.address;
  if (device !== undefined && ofDevice === undefined && source === undefined) {
    throw new MtucalcError(
      'no-interface',
      `interface ${device} has no IPv${family} address`,
      `--source, or -${family === 4 ? 6 : 4}`,
    );
  }
  const chosen = await connected(family, address, source ?? ofDevice);
  const toOurselves = own.some((one) => one.address === address.split('%')[0]);
  const name =
    device ?? (toOurselves ? loopback(own) : own.find((one) => one.address === chosen.split('%')[0])?.name) ?? null;
  return { source: chosen, device: name, linkMtu: name === null ? null : await linkMtu(name) };
}

const loopback = (own: readonly { name: string; address: string }[]): string | undefined =>
  own.find(({ address }) => address === '127.0.0.1' || address === '::1')?.name;

/** Our own address towards the target, as the kernel's routing chooses it; nothing is sent. */
function connected(family: 4 | 6, address: string, source: string | undefined): Promise<string> {
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      socket.close();
      const why = error.code ?? error.message;
      const known = ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EINVAL', 'ENETDOWN', 'EACCES', 'EAFNOSUPPORT'];
      if (!known.includes(why)) {
        reject(error);
        return;
      }
      reject(
        new MtucalcError(
          'no-route',
          `no IPv${family} route to ${address} (${why})`,
          'check the interface, the default route and --source',
        ),
      );
    };
    socket.once('error', refuse);
    const connect = (): unknown =>
      socket.connect(9, address, (error?: Error) => {
        if (error) {
          refuse(error);
          return;
        }
        const { address: own } = socket.address();
        socket.close();
        resolve(own);
      });
    if (source === undefined) connect();
    else socket.bind(0, source, connect);
  });
}

/** Octets; /sys on Linux, `ifconfig` on macOS, `netsh` on Windows: numbers only, no words. */
export async function linkMtu(name: string): Promise<number | null> {
  if (process.platform === 'linux') {
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

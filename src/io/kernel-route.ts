import { execFile } from 'node:child_process';

/** What this host's own kernel answers about the way to one address: `ip route get`. Linux only. */
export interface KernelRoute {
  /** `unicast` unless the kernel says otherwise: local, broadcast, multicast, unreachable, prohibit, blackhole. */
  readonly kind: string;
  readonly device: string;
  readonly source: string | null;
  /** MTU of the route or of what the kernel remembers for the target, octets; null where it has none of its own. */
  readonly mtu: number | null;
  readonly locked: boolean;
  /** Seconds until what is remembered expires; null for a route's own MTU. */
  readonly expires: number | null;
}

const kinds = ['local', 'broadcast', 'multicast', 'unreachable', 'prohibit', 'blackhole', 'anycast'] as const;
const MOST_OUTPUT = 4096;

/** Undefined where there is no `ip`, or it has no answer. Nothing is sent. */
export async function kernelRoute(
  family: 4 | 6,
  address: string,
  { source, device }: { source?: string | undefined; device?: string | undefined },
): Promise<KernelRoute | undefined> {
  if (process.platform !== 'linux') return undefined;
  const words = [`-${family}`, '-o', 'route', 'get', address];
  if (source !== undefined) words.push('from', source);
  if (device !== undefined) words.push('oif', device);
  const text = await new Promise<string>((resolve) => {
    execFile(
      'ip',
      words,
      { timeout: 2000, maxBuffer: MOST_OUTPUT, env: { ...process.env, LC_ALL: 'C' } },
      (_error, out) => resolve(String(out ?? '')),
    );
  });
  return readRoute(text);
}

/** One line of `ip -o route get`. */
export function readRoute(text: string): KernelRoute | undefined {
  const device = / dev (\S+)/.exec(text)?.[1];
  if (device === undefined) return undefined;
  const first = text.trim().split(/\s/)[0] ?? '';
  const mtu = / mtu (lock )?(\d+)/.exec(text);
  return {
    kind: kinds.find((kind) => kind === first) ?? 'unicast',
    device,
    source: / src (\S+)/.exec(text)?.[1] ?? null,
    mtu: mtu ? Number(mtu[2]) : null,
    locked: mtu?.[1] !== undefined,
    expires: Number(/ expires (\d+)sec/.exec(text)?.[1] ?? Number.NaN) || null,
  };
}

import { repo } from '../guest-process.js';

/** The server of every scenario. */
export const hosts = { 4: '10.2.0.2', 6: 'fd02::2' } as const;
export const narrow = { linkMtu: 1400 } as const;
export const hole = { ...narrow, dropPtb: ['gw1'] } as const;

/** One process that plays a list of measurements. */
export const measure = (jobs: readonly object[], timeoutSeconds = 120) =>
  ({
    do: 'run',
    at: 'client',
    command: ['node', `${repo}/test/lab/probe/measure.mjs`, JSON.stringify(jobs)],
    timeoutSeconds,
    mustWork: true,
  }) as const;

/** Neighbours are looked up once, so that the first probe does not wait for it. */
export const warm = {
  do: 'run',
  at: 'client',
  command: `ping -q -c 1 -W 2 ${hosts[4]}; ping -q -c 1 -W 2 ${hosts[6]}; ip route flush cache; ip -6 route flush cache; true`,
} as const;

const unlimited = { 'ipv4.icmp_ratelimit': 0, 'ipv6.icmp.ratelimit': 0 } as const;
/** ICMP sockets for everybody at the client; no rationing of ICMP errors, which would stretch the runs. */
export const sysctl = {
  client: { 'ipv4.ping_group_range': '0 2147483647' },
  gw1: unlimited,
  isp: unlimited,
  gw2: unlimited,
  server: unlimited,
} as const;

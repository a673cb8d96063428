import type { Family } from '../scenario.js';

/**
 * Fixed inside the guest: documentation and private ranges. MAC addresses are set, so that nothing must be resolved by
 * hand.
 */
export const addresses = {
  client: { 4: '10.1.0.2', 6: 'fd01::2' },
  clientGateway: { 4: '10.1.0.1', 6: 'fd01::1' },
  clientNet: { 4: '10.1.0.0/24', 6: 'fd01::/64' },
  server: { 4: '10.2.0.2', 6: 'fd02::2' },
  serverGateway: { 4: '10.2.0.1', 6: 'fd02::1' },
  serverNet: { 4: '10.2.0.0/24', 6: 'fd02::/64' },
  gw1: { 4: '192.0.2.2', 6: '2001:db8:1::2' },
  ispUp: { 4: '192.0.2.1', 6: '2001:db8:1::1' },
  gw2: { 4: '198.51.100.2', 6: '2001:db8:2::2' },
  ispDown: { 4: '198.51.100.1', 6: '2001:db8:2::1' },
  /** Ends of a tunnel that carries a subnet of its own (VXLAN, GRETAP, L2TP). */
  tunnel1: { 4: '10.99.0.1', 6: 'fd99::1' },
  tunnel2: { 4: '10.99.0.2', 6: 'fd99::2' },
} as const satisfies Record<string, Record<Family, string>>;

export const mac = {
  client: '02:00:00:00:01:02',
  gw1Lan: '02:00:00:00:01:01',
  gw1Wan: '02:00:00:00:02:02',
  ispUp: '02:00:00:00:02:01',
  ispDown: '02:00:00:00:03:01',
  gw2Wan: '02:00:00:00:03:02',
  gw2Lan: '02:00:00:00:04:01',
  server: '02:00:00:00:04:02',
} as const;

/** The octets of a textual address. */
export function octets(text: string): Buffer {
  if (!text.includes(':')) return Buffer.from(text.split('.').map(Number));
  const [left = '', right] = text.split('::');
  const groups = (part: string): string[] => (part ? part.split(':') : []);
  const head = groups(left);
  const tail = groups(right ?? '');
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return Buffer.from([...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

import { wordTable } from '../../word-table.js';
import type { Payload } from '../reading.js';

/** UDP ports that tunnels have: L2TP (RFC 2661 §8.1), VXLAN (RFC 7348 §5), Geneve (RFC 8926 §3.3). */
const ports: Readonly<Record<string, Payload>> = wordTable({
  1701: 'l2tp',
  l2f: 'l2tp',
  l2tp: 'l2tp',
  4789: 'vxlan',
  6081: 'geneve',
});

/** What a selector's protocol and ports say about the payload; `ip` for all others. */
export function payloadOfSelector(protocol: string, portsNamed: readonly string[]): Payload {
  if (protocol === 'gre' || protocol === '47') return 'gre';
  if (/^(?:ipip|ipencap|4|ipv6|41)$/.test(protocol)) return 'ipip';
  if (protocol !== 'udp' && protocol !== '17') return 'ip';
  for (const port of portsNamed) if (ports[port]) return ports[port];
  return 'ip';
}

/** The payload that strongSwan's traffic selectors name: `192.0.2.1/32[gre]`, `[udp/l2f]` (port 1701). */
export function payloadOf(selectors: string): Payload {
  for (const [, protocol = '', port] of selectors.matchAll(/\[\s*([a-z0-9]{1,10})(?:\/([a-z0-9]{1,10}))?/g)) {
    const payload = payloadOfSelector(protocol, port === undefined ? [] : [port]);
    if (payload !== 'ip') return payload;
  }
  return 'ip';
}

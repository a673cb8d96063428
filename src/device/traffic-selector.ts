import type { Payload } from './reading.js';

/** The payload that strongSwan's traffic selectors name: `192.0.2.1/32[gre]`, `[udp/l2f]` (port 1701). */
export function payloadOf(selectors: string): Payload {
  if (/\[\s*(?:gre|47)\b/.test(selectors)) return 'gre';
  if (/\[\s*(?:udp|17)\/(?:l2f|l2tp|1701)\b/.test(selectors)) return 'l2tp';
  if (/\[\s*(?:ipencap|ipip|4)\b/.test(selectors)) return 'ipip';
  return 'ip';
}

import type { Measurement } from '../measurement.js';
import { type DeviceFormat, emptyReading, familyOf, type LinkReading, type Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';

const ROUTE =
  /^\s*(?:(?:unicast|local|broadcast|unreachable|blackhole)\s+)?(default|[0-9a-f.:]+(?:\/\d{1,3})?)\s+(?=.*\b(?:dev|via)\s)/i;

/** `ip route`, `ip route get`, `ip route show cache`: default routes and the MTU that a route carries. */
export const ipRoute: DeviceFormat = {
  id: 'ip-route',
  title: 'ip route (Linux)',
  manual: 'ip-route(8)',
  recognise: ({ lines }) => lines.filter(({ text }) => isRoute(text)).length,
  parse: ({ lines }) => {
    const links: LinkReading[] = [];
    const defaultDevices: string[] = [];
    const understood: Understood[] = [];
    const measurements: Measurement[] = [];
    let destination: string | null = null;
    for (const { text, number } of lines) {
      const route = isRoute(text) ? ROUTE.exec(text) : null;
      if (route) {
        destination = route[1] ?? null;
        const device = /\bdev\s+(\S+)/.exec(text)?.[1];
        if (destination === 'default' && device) {
          defaultDevices.push(safe(device, 30));
          understood.push({ line: number, says: `default route, dev ${safe(device, 30)}` });
        }
      } else if (!/^\s+(?:cache|nexthop)\b/.test(text)) continue;
      // `cache expires 597sec mtu 1400` stands in the line after its route.
      const mtu = Number(/\bmtu\s+(?:lock\s+)?(\d{1,9})\b/.exec(text)?.[1] ?? Number.NaN);
      if (!destination || !Number.isInteger(mtu)) continue;
      const prefix =
        destination === 'default' ? 'default' : (safeAddress(destination.replace(/\/\d+$/, '')) ?? 'route');
      understood.push({ line: number, says: `route ${prefix}, mtu ${mtu}` });
      // What expires was learned from a PTB; what does not, somebody configured.
      // A router advertisement's expires as well (RFC 4861 4.6.4).
      const advertised = destination === 'default' || /\bproto ra\b/.test(text);
      if (
        /\bexpires\s+\d+sec\b/.test(text) &&
        !/\bmtu\s+lock\b/.test(text) &&
        !destination.includes('/') &&
        !advertised
      ) {
        measurements.push({
          to: safeAddress(destination),
          arrived: null,
          refused: null,
          ptb: mtu,
          by: null,
          line: number,
        });
      }
      links.push({
        name: `route ${destination === 'default' ? 'default' : safe(destination, 50)}`,
        role: 'route',
        mtu,
        addresses: [prefix],
        defaultRoute: destination === 'default',
        ifId: null,
        up: true,
        line: number,
      });
    }
    return { ...emptyReading(ipRoute.id), links, defaultDevices, understood, measurements };
  },
};

function isRoute(text: string): boolean {
  const route = ROUTE.exec(text);
  if (!route) return false;
  return route[1] === 'default' || familyOf(route[1]) !== null;
}

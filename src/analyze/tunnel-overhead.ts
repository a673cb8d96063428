import type { Finding } from '../finding.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { espLayer } from '../mtu/esp.js';
import type { CaptureFacts } from './capture-facts.js';
import { finding } from './detector.js';
import { lengthsOf } from './esp-only.js';
import { espShapes } from './esp-suites.js';

const UDP_HEADER = 8;
const IP_HEADER = { 4: 20, 6: 40 } as const;
/** Different sizes that must be found again, so that it is no coincidence. */
const LEAST_SIZES = 3;

/** The clear packets of one capture, encrypted in the other: which suite turns the sizes of the one into those of the other? */
export function overheadBetween(before: CaptureFacts, after: CaptureFacts, catalogue: Catalogue): Finding[] {
  const tunnel = after.tunnels[0];
  if (!tunnel || before.tunnels.length > 0) return [];
  const outside = new Set(lengthsOf(after.tunnels));
  const around = IP_HEADER[tunnel.family] + (tunnel.natt ? UDP_HEADER : 0);
  const largestOutside = Math.max(...after.tunnels.map(({ largest }) => largest));
  const sizes: number[] = [];
  before.sizes.forEach((count, size) => {
    if (count > 0 && size >= 40 && size <= largestOutside) sizes.push(size);
  });
  const ranked = espShapes(catalogue)
    .map((shape) => {
      const layer = espLayer(shape);
      const found = sizes.filter((size) => outside.has(around + layer.wrap(size)));
      const explained = new Set(found.map((size) => around + layer.wrap(size)));
      return { shape, layer, found, weight: explained.size * 4 + found.length + shape.usual / 100 };
    })
    .sort((left, right) => right.weight - left.weight);
  const best = ranked[0];
  if (!best || best.found.length < LEAST_SIZES) return [];
  const largest = best.found[best.found.length - 1]!;
  const wrapped = around + best.layer.wrap(largest);
  return [
    finding(
      'tunnel-overhead',
      'info',
      `Packets of ${largest} octets leave as ${wrapped} octets of ESP${tunnel.natt ? ' in UDP' : ''}: ${best.found.length} of ` +
        `${sizes.length} sizes are found again as ${best.shape.suites[0]}, ${wrapped - largest} octets at that size.`,
      best.found
        .slice(-6)
        .map((size) => ({ value: size, from: `IP length before; ${around + best.layer.wrap(size)} after` })),
    ),
  ];
}

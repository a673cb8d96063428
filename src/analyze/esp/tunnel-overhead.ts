import type { Finding } from '../../finding.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { espLayer } from '../../mtu/esp.js';
import { IP_HEADER } from '../../packet/ip-header.js';
import { finding } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { lengthsOf } from './esp-lengths.js';
import { espShapes } from './esp-suites.js';

const UDP_HEADER = 8;
/** Different sizes that must be found again, so that it is no coincidence. */
const LEAST_SIZES = 3;
/** Of all sizes: other traffic shares half of them by chance. */
const LEAST_SHARE = 0.7;
const shifts = [-8, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7, 8];
/** How likely it may be that some suite finds that many sizes again in traffic that has nothing to do with them. */
const COINCIDENCE = 0.02;
/** What may lie between the clear packet and ESP, and how much rarer that is than nothing. */
const inside = [
  { octets: 0, says: '', rarer: 0 },
  { octets: 4, says: ' around GRE', rarer: 4 },
  { octets: 30, says: ' around VXLAN', rarer: 5 },
];

/**
 * The clear packets of one capture, encrypted in the other: which suite turns the sizes of the one into those of the
 * other?
 */
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
    .flatMap((shape) => inside.map((header) => ({ shape, header })))
    .map(({ shape, header }) => {
      const layer = espLayer(shape);
      const wrap = (size: number): number => around + layer.wrap(header.octets + size);
      const found = sizes.filter((size) => outside.has(wrap(size)));
      const explained = new Set(found.map(wrap));
      const usual = shape.usual - header.rarer;
      return { shape, header, wrap, found, weight: explained.size * 4 + found.length + usual / 100 };
    })
    .sort((left, right) => right.weight - left.weight);
  const best = ranked[0];
  if (!best || best.found.length < LEAST_SIZES || best.found.length < sizes.length * LEAST_SHARE) return [];
  // The same sizes some blocks further up and down: what is found there is chance.
  const away = shifts.flatMap((blocks) => sizes.map((size) => best.wrap(size) + blocks * best.shape.align));
  const density = outside.size / ((largestOutside - around) / best.shape.align);
  const chance = Math.max(density, away.filter((length) => outside.has(length)).length / away.length);
  if (byChance(best.found.length, sizes.length, chance) * ranked.length > COINCIDENCE) return [];
  const largest = best.found[best.found.length - 1]!;
  const wrapped = best.wrap(largest);
  return [
    finding(
      'tunnel-overhead',
      'info',
      `Packets of ${largest} octets leave as ${wrapped} octets of ESP${tunnel.natt ? ' in UDP' : ''}: ${best.found.length} of ` +
        `${sizes.length} sizes are found again as ${best.shape.suites[0]}${best.header.says}, ${wrapped - largest} octets at that size.`,
      best.found.slice(-6).map((size) => ({ value: size, from: `IP length before; ${best.wrap(size)} after` })),
    ),
  ];
}

/** The probability of at least `found` hits in `tries`, where each hits with `chance`. */
function byChance(found: number, tries: number, chance: number): number {
  if (chance >= 1) return 1;
  let sum = 0;
  let logChoose = 0;
  for (let hits = 0; hits <= tries; hits++) {
    if (hits > 0) logChoose += Math.log((tries - hits + 1) / hits);
    if (hits >= found) sum += Math.exp(logChoose + hits * Math.log(chance) + (tries - hits) * Math.log(1 - chance));
  }
  return sum;
}

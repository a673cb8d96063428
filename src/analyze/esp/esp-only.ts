import type { Catalogue } from '../../mtu/catalogue.js';
import { ESP_ALIGN, ESP_HEADER, ESP_TRAILER, espLayer } from '../../mtu/esp.js';
import { mssOf } from '../../mtu/mss.js';
import { IP_HEADER } from '../../packet/ip-header.js';
import { spiName, type TunnelFlow } from '../log/tunnel-log.js';
import { groupTunnels } from './esp-groups.js';
import { coarsest, lengthsOf, stepOf } from './esp-lengths.js';
import { type EspShape, espShapes } from './esp-suites.js';

/** One explanation of the lengths of an ESP tunnel. Octets. */
export interface EspGuess {
  readonly suites: readonly string[];
  readonly block: number;
  readonly iv: number;
  readonly icv: number;
  /** Relative weight of this explanation; only the order means something. */
  readonly score: number;
  /** Largest inner packet for `linkMtu` in tunnel mode, and the MSS that follows. */
  readonly tunnelMtu: number;
  /** The most that the largest packet seen can hold inside. */
  readonly seen: number;
  /** Whether the largest packet seen is a full one for `linkMtu`. */
  readonly full: boolean;
  readonly mss: { readonly ipv4: number; readonly ipv6: number };
  /** What speaks for it, with the lengths. */
  readonly because: readonly string[];
}

/** What the lengths of the encrypted packets between two gateways tell. */
export interface EspInference {
  readonly between: readonly [string, string];
  /** The SAs, by SPI in hexadecimal. */
  readonly spis: readonly string[];
  readonly outer: 4 | 6;
  readonly natt: boolean;
  readonly packets: number;
  /** Distinct outer IP lengths, smallest and largest. */
  readonly distinctLengths: number;
  readonly smallest: number;
  readonly largest: number;
  /** The greatest step that all lengths share: 16 for AES-CBC, 4 for counter modes. */
  readonly step: number;
  /** Link MTU the guesses are computed for: the smallest usual one that holds the largest packet. */
  readonly linkMtu: number;
  readonly guesses: readonly EspGuess[];
  /**
   * Tunnel MTU with any suite that these lengths do not tell from the first guess, and how many such suites there are.
   */
  readonly alike: { readonly least: number; readonly most: number; readonly others: number };
  /** Suites that the lengths rule out, each with the length that does. */
  readonly ruledOut: readonly { readonly suites: readonly string[]; readonly by: number }[];
}

const UDP_HEADER = 8;
/** Sizes every TCP conversation has: bare acknowledgements, with and without timestamps, and the handshake. */
const telling = [40, 52, 60, 72, 80];
/** Fewer different lengths than this share a step by chance. */
const ENOUGH_LENGTHS = 4;
/** What the padding may weigh: as much as a suite that is everywhere over one that nobody uses, and more. */
const SURE = 4;
/** Links a WAN port usually has; a full packet fills one of them. */
const links = [1500, 1492, 1480, 1460, 1454, 1430, 1420, 1400, 1280];
const CLOSE_TO_FULL = 16;
const ETHERNET = 1500;

/** One inference for each pair of gateways whose ESP packets are in the capture, and each suite they must have. */
export function inferEsp(tunnels: readonly TunnelFlow[], catalogue: Catalogue): EspInference[] {
  const shapes = espShapes(catalogue);
  return groupTunnels(tunnels).flatMap((groups) => {
    const largest = lengthsOf(groups.flat()).pop() ?? 0;
    const linkMtu =
      links.filter((link) => link >= largest && link - largest < CLOSE_TO_FULL).pop() ?? Math.max(ETHERNET, largest);
    const said = groups.flatMap((flows) => inferGroup(flows, shapes, linkMtu) ?? []);
    // A smaller link than Ethernet's is believed where a packet fills it.
    if (linkMtu >= ETHERNET || said.some(({ largest: own, guesses }) => own === largest && guesses[0]?.full))
      return said;
    return groups.flatMap((flows) => inferGroup(flows, shapes, ETHERNET) ?? []);
  });
}

function inferGroup(
  flows: readonly TunnelFlow[],
  shapes: readonly EspShape[],
  linkMtu: number,
): EspInference | undefined {
  const { from, to, family, natt } = flows[0]!;
  const lengths = lengthsOf(flows);
  if (lengths.length === 0) return undefined;
  const around = IP_HEADER[family] + (natt ? UDP_HEADER : 0);
  const smallest = lengths[0]!;
  const largest = lengths[lengths.length - 1]!;
  const step = stepOf(lengths);
  const fitting: { shape: EspShape; guess: EspGuess }[] = [];
  const ruledOut: { suites: readonly string[]; by: number }[] = [];
  for (const shape of shapes) {
    const against = lengths.find((length) => !fits(shape, length - around));
    if (against !== undefined) ruledOut.push({ suites: shape.suites, by: against });
    else fitting.push({ shape, guess: guess(shape, { lengths, around, smallest, largest, step, linkMtu }) });
  }
  fitting.sort((left, right) => right.guess.score - left.guess.score);
  const best = fitting[0]?.shape;
  const sure = best !== undefined && coarsest(step) === best.align && paddingScore(lengths, best) === SURE;
  const alike = fitting.filter(({ shape }) => !sure || shape.align === best.align);
  const mtus = alike.map(({ guess: { tunnelMtu } }) => tunnelMtu);
  return {
    between: [from, to],
    spis: [...new Set(flows.map(spiName))],
    outer: family,
    natt,
    packets: flows.reduce((sum, flow) => sum + flow.packets, 0),
    distinctLengths: lengths.length,
    smallest,
    largest,
    step,
    linkMtu,
    guesses: fitting.map((one) => one.guess),
    alike: {
      least: Math.min(...mtus),
      most: Math.max(...mtus),
      others: alike.reduce((sum, { shape }) => sum + shape.suites.length, 0) - (best?.suites.length ?? 0),
    },
    ruledOut,
  };
}

/** Whether an ESP packet of `length` octets (SPI to ICV) can belong to the suite. */
export function fits({ iv, icv, align }: EspShape, length: number): boolean {
  const ciphertext = length - ESP_HEADER - iv - icv;
  return ciphertext >= align && ciphertext % align === 0;
}

interface Lengths {
  readonly lengths: readonly number[];
  readonly around: number;
  readonly smallest: number;
  readonly largest: number;
  readonly step: number;
  readonly linkMtu: number;
}

function guess(shape: EspShape, { lengths, around, smallest, largest, step, linkMtu }: Lengths): EspGuess {
  const layer = espLayer(shape);
  const because: string[] = [];
  let score = shape.usual / 4;
  if (lengths.length >= ENOUGH_LENGTHS && coarsest(step) === shape.align) {
    score += paddingScore(lengths, shape);
    because.push(`${lengths.length} lengths differ by multiples of ${shape.align} octets, its padding`);
  }
  const most = innerOf(shape, smallest - around);
  const least = most - shape.align + 1;
  const known = telling.find((size) => size >= least && size <= most);
  if (known !== undefined) {
    score += 2;
    because.push(
      `the smallest packet, ${smallest} octets, holds ${least} to ${most} inside: a bare TCP segment of ${known}`,
    );
  }
  const tunnelMtu = layer.fit(linkMtu - around);
  const full = around + layer.wrap(tunnelMtu) === largest;
  if (full) {
    score += 2;
    because.push(`the largest, ${largest} octets, is a full packet of ${tunnelMtu} at a link MTU of ${linkMtu}`);
  }
  const { suites, block, iv, icv } = shape;
  const seen = innerOf(shape, largest - around);
  const mss = mssOf(tunnelMtu);
  return { suites, block, iv, icv, score, tunnelMtu, seen, full, mss, because };
}

/** Largest inner packet of an ESP packet of `length` octets. */
const innerOf = ({ iv, icv }: EspShape, length: number): number => length - ESP_HEADER - iv - icv - ESP_TRAILER;

/** That lengths keep to blocks by chance is less likely with each length, and the wider the block. */
const paddingScore = (lengths: readonly number[], { align }: EspShape): number =>
  align > ESP_ALIGN ? Math.min(SURE, ((lengths.length - 1) * Math.log2(align / ESP_ALIGN)) / 2) : SURE;

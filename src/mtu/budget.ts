import { MtucalcError } from '../error.js';
import type { Part } from './layer.js';
import { LARGEST_PACKET, MINIMUM_MTU, type Mss, mssOf } from './mss.js';
import { fitAll, type Profile, wrapAll } from './profile.js';

/** One layer's share: `room` outside it, `overhead` = room - fit(room), padding included; octets. */
export interface BudgetStep {
  readonly layer: string;
  readonly room: number;
  readonly overhead: number;
  readonly source: string;
}

/** Where the result changes when the link MTU does. */
export interface NextStep {
  readonly linkMtu: number;
  readonly tunnelMtu: number;
}

export interface MtuBudget {
  readonly linkMtu: number;
  /** Outermost first. */
  readonly steps: readonly BudgetStep[];
  /** Largest inner IP packet that is never fragmented outside, octets. */
  readonly tunnelMtu: number;
  readonly mss: Mss;
  /** Octets of the link MTU left unused by a packet of `tunnelMtu` (block padding). */
  readonly slack: number;
  /** The nearest link MTUs below and above at which `tunnelMtu` is another; null outside 68…65535. */
  readonly nextStep: { readonly below: NextStep | null; readonly above: NextStep | null };
}

/** Refuses what is no MTU at all. */
export function checkLinkMtu(linkMtu: number): number {
  if (!Number.isInteger(linkMtu)) {
    throw new MtucalcError(
      'bad-value',
      `link MTU ${linkMtu} is not a whole number of octets`,
      'give octets, as in --link-mtu 1492',
    );
  }
  if (linkMtu < MINIMUM_MTU[4]) {
    throw new MtucalcError(
      'bad-value',
      `link MTU ${linkMtu} is below the IPv4 minimum ${MINIMUM_MTU[4]} (RFC 791 §3.2)`,
    );
  }
  if (linkMtu > LARGEST_PACKET) {
    throw new MtucalcError(
      'bad-value',
      `link MTU ${linkMtu} is above the largest IP packet ${LARGEST_PACKET} (RFC 791 §3.1)`,
    );
  }
  return linkMtu;
}

/**
 * Walks the layers from the outside in.
 * @throws MtucalcError where less than an IPv4 minimum packet (68 octets, RFC 791 §3.2) is left inside.
 */
export function budget({ linkMtu, layers }: Profile): MtuBudget {
  checkLinkMtu(linkMtu);
  const steps: BudgetStep[] = [];
  let room = linkMtu;
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i] as (typeof layers)[number];
    const fits = layer.fit(room);
    steps.push({ layer: layer.name, room, overhead: room - fits, source: layer.source });
    room = fits;
  }
  const tunnelMtu = room;
  if (!(tunnelMtu >= MINIMUM_MTU[4])) {
    throw new MtucalcError(
      'no-room',
      `the stack leaves ${tunnelMtu} octets of a link MTU of ${linkMtu}, below the IPv4 minimum ${MINIMUM_MTU[4]} (RFC 791 §3.2)`,
      'give a larger --link-mtu or take a layer away',
    );
  }
  const used = wrapAll(layers, tunnelMtu);
  const below = used - 1;
  const above = wrapAll(layers, tunnelMtu + 1);
  return {
    linkMtu,
    steps,
    tunnelMtu,
    mss: mssOf(tunnelMtu),
    slack: linkMtu - used,
    nextStep: {
      below: below < MINIMUM_MTU[4] ? null : { linkMtu: below, tunnelMtu: fitAll(layers, below) },
      above: above > LARGEST_PACKET ? null : { linkMtu: above, tunnelMtu: fitAll(layers, above) },
    },
  };
}

/** The full-size packet from its first octet to its last, for a drawing; the parts add up to its size on the link. */
export function packetParts({ layers }: Profile, inner: number): Part[] {
  const before: Part[] = [];
  const after: Part[] = [];
  let own = 0;
  const sizes: number[] = [];
  let size = inner;
  for (let i = layers.length - 1; i >= 0; i--) {
    sizes[i] = size;
    size = (layers[i] as (typeof layers)[number]).wrap(size);
  }
  layers.forEach((layer, i) => {
    const parts = layer.parts(sizes[i] as number);
    for (const part of parts.before) {
      if (part.octets < 0) own -= part.octets;
      else before.push({ ...part, source: layer.source });
    }
    after.unshift(...parts.after.map((part) => ({ ...part, source: layer.source })));
  });
  // A packet protected in place lends its own header to the outside: what is left inside is its payload.
  return [...before, { name: 'inner', octets: inner - own }, ...after];
}

/**
 * The least and the most a packet of any size grows, octets. A single overhead figure is a range in truth:
 * block padding makes it saw-toothed (74 at one size, 58 at the next).
 */
export function overheadRange({ layers }: Profile): { least: number; most: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  // Every known block divides 16, so 64 sizes in a row hold each combination of paddings, also of nested ESP.
  for (let inner = 512; inner < 576; inner++) {
    const overhead = wrapAll(layers, inner) - inner;
    least = Math.min(least, overhead);
    most = Math.max(most, overhead);
  }
  return { least, most };
}

import { MtucalcError } from '../error.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { Catalogue, NumberRow } from './catalogue.js';
import type { Identification, Match, Reading, ReadingKind } from './identification.js';
import { identifyOverhead, identifyPair } from './identify-overhead.js';
import { findWan } from './link.js';
import { IP_HEADER, LARGEST_PACKET, mssOf, TCP_HEADER } from './mss.js';
import { LARGEST_OVERHEAD, type Observed } from './observed.js';
import { fitAll } from './profile.js';
import { type Shape, shapesOf } from './shapes.js';

/** ICMP echo header, RFC 792 p. 14 and RFC 4443 §4.1: what `ping -s` does not count. */
const ECHO_HEADER = 8;

/** A match counts as usual from here; rarer stacks are listed but do not make a number "exact". */
const USUAL = 23;

/** Links whose ping sizes people know by heart: Ethernet and PPPoE. */
const WELL_KNOWN = 8;

export interface IdentifyOptions {
  /** Only this WAN, or only this link MTU. */
  readonly wan?: string | undefined;
  readonly linkMtu?: number | undefined;
}

/** `rarer`: how much less often a number is meant so. */
const readingKinds: Readonly<
  Record<Exclude<ReadingKind, 'overhead'>, { readonly as: string; readonly more: number; readonly rarer: number }>
> = {
  mtu: { as: 'tunnel MTU (interface, ICMP or SA MTU)', more: 0, rarer: 0 },
  mss4: { as: 'MSS for IPv4', more: IP_HEADER[4] + TCP_HEADER, rarer: 0 },
  mss6: { as: 'MSS for IPv6', more: IP_HEADER[6] + TCP_HEADER, rarer: 3 },
  ping4: { as: 'ping payload, IPv4', more: IP_HEADER[4] + ECHO_HEADER, rarer: 4 },
  ping6: { as: 'ping payload, IPv6', more: IP_HEADER[6] + ECHO_HEADER, rarer: 7 },
};

const asked = {
  any: ['mtu', 'mss4', 'mss6', 'ping4'],
  mtu: ['mtu'],
  mss: ['mss4', 'mss6'],
  ping: ['ping4', 'ping6'],
} as const;

/**
 * Which stacks give exactly an observed number, the most often met first.
 * @throws MtucalcError for what is no size, and for an unknown WAN.
 */
export function identify(
  observed: Observed,
  catalogue: Catalogue,
  { wan, linkMtu }: IdentifyOptions = {},
): Identification {
  if (observed.as === 'pair') return identifyPair(observed, catalogue);
  if (observed.as === 'overhead') return identifyOverhead(observed, catalogue);
  const { as, value } = observed;
  if (!Number.isInteger(value) || value < 28 || value > LARGEST_PACKET) {
    throw new MtucalcError('bad-value', `${value} is no size of a packet`, 'give octets, as in mtucalc identify 1422');
  }
  if (as === 'any' && value <= LARGEST_OVERHEAD) {
    const overhead = identifyOverhead({ as: 'overhead', least: value, most: value }, catalogue);
    if (overhead.exact) return { ...overhead, observed };
  }
  const links =
    linkMtu !== undefined
      ? [{ name: 'given link', linkMtu, usual: 10 }]
      : wan !== undefined
        ? [findWan(wan, catalogue)]
        : usualLinks(catalogue);
  const readings = readingsOf(asked[as], value, links, shapesOf(catalogue), as === 'any');
  const known = knownFor(value, as, catalogue);
  const round = known.some(
    (row) => row.chosen && (row.value === value || row.value === readings.find(({ exact }) => exact)?.tunnelMtu),
  );
  return {
    schemaVersion: SCHEMA_VERSION,
    observed,
    exact: !round && readings.some(({ exact }) => exact),
    readings,
    known,
    notes: notesOf(value, as, known, readings),
  };
}

/** The most usual WAN of each link MTU stands for the others. */
function usualLinks({ wan }: Catalogue): { name: string; linkMtu: number; usual: number }[] {
  const seen = new Set<number>();
  return [...wan].sort((a, b) => b.usual - a.usual).filter(({ linkMtu }) => !seen.has(linkMtu) && seen.add(linkMtu));
}

function readingsOf(
  kinds: readonly (keyof typeof readingKinds)[],
  value: number,
  links: readonly { readonly name: string; readonly linkMtu: number; readonly usual: number }[],
  shapes: readonly Shape[],
  open: boolean,
): Reading[] {
  const found = kinds.map((kind) => ({ kind, ...readingKinds[kind], matches: [] as Match[] }));
  for (const { tunnel, suites, mode, natT, outer, layers, usual } of shapes) {
    for (const link of links) {
      const tunnelMtu = fitAll(layers, link.linkMtu);
      for (const { kind, more, matches } of found) {
        // An open number is a ping size only where that is the best-known size of all: a plain link's.
        if (tunnelMtu !== value + more) continue;
        if (open && kind === 'ping4' && (layers.length > 0 || link.usual < WELL_KNOWN)) continue;
        matches.push({
          wan: link.name,
          linkMtu: link.linkMtu,
          tunnel: tunnel.id,
          suites,
          mode,
          natT,
          outer,
          tunnelMtu,
          usual: link.usual + usual,
        });
      }
    }
  }
  return found
    .filter(({ matches }) => matches.length > 0)
    .map(({ kind, as, more, rarer, matches }) => {
      matches.sort((a, b) => b.usual - a.usual);
      const exact = matches.some(({ tunnel, usual }) => usual >= USUAL || tunnel === 'none');
      return {
        likely: (matches[0]?.usual ?? 0) - rarer,
        reading: { kind, as, exact, tunnelMtu: value + more, matches },
      };
    })
    .sort((a, b) => Number(b.reading.exact) - Number(a.reading.exact) || b.likely - a.likely)
    .map(({ reading }) => reading);
}

/** Rows for the number itself, then for the MTU that it is the MSS of. */
function knownFor(value: number, as: 'any' | 'mtu' | 'mss' | 'ping', { numbers }: Catalogue): NumberRow[] {
  const itself = numbers.filter((row) => row.value === value && (as === 'any' || as === row.of));
  if (as !== 'any' && as !== 'mss') return itself;
  const told = itself.some(({ of }) => of === 'mss');
  const through = (['ipv4', 'ipv6'] as const).flatMap((family) =>
    numbers.filter((row) => row.of === 'mtu' && mssOf(row.value)[family] === value),
  );
  return [...itself, ...(told ? [] : through)];
}

function notesOf(
  value: number,
  as: 'any' | 'mtu' | 'mss' | 'ping',
  known: readonly NumberRow[],
  readings: readonly Reading[],
): string[] {
  const mss = mssOf(value);
  const notes = known.map(({ value: row, says, source }) =>
    row === value
      ? `${says} (${source})`
      : `${value} is ${row} - ${row - value}, the MSS of that MTU. ${row}: ${says} (${source})`,
  );
  if (!readings.some(({ exact }) => exact))
    notes.push(
      `${notes.length > 0 ? '' : 'A rounded, conservative or mistaken number, or one that was measured on a narrower link. '}In tunnel mode the exact tunnel MTUs of AES-CBC are 16 apart (1438, 1422, 1406), those of AEADs 4.`,
    );
  if (as === 'mtu' || (as === 'any' && readings[0]?.kind === 'mtu' && readings[0].exact))
    notes.push(`As a tunnel MTU it means MSS ${mss.ipv4} (IPv4) and ${mss.ipv6} (IPv6).`);
  return notes;
}

import { MtucalcError } from '../error.js';
import { SCHEMA_VERSION, type SchemaVersion } from '../schema-version.js';
import type { Catalogue, TunnelRow } from './catalogue.js';
import { findWan } from './link.js';
import { IP_HEADER, LARGEST_PACKET, mssOf, TCP_HEADER } from './mss.js';
import { fitAll } from './profile.js';
import { buildStack, type Stack } from './stack.js';
import { suiteGroups } from './suite-groups.js';
import { expandTunnel, isIpsec } from './tunnel.js';

/** ICMP echo header, RFC 792 p. 14 and RFC 4443 §4.1: what `ping -s` does not count. */
const ECHO_HEADER = 8;

/** What was seen: a number of one kind, or of any; octets. `pair` is Cisco ASA's "ipsec overhead, 74(44)". */
export type Observed =
  | { readonly as: 'any' | 'mtu' | 'mss' | 'ping'; readonly value: number }
  | { readonly as: 'pair'; readonly overhead: number; readonly header: number };

/** A stack that gives exactly the number, with every suite of the same lengths. */
export interface Match {
  readonly wan: string;
  readonly linkMtu: number;
  readonly tunnel: string;
  readonly suites: readonly string[];
  /** Set where ESP is in transport mode with nothing inside, host to host. */
  readonly mode: 'transport' | null;
  readonly natT: boolean | null;
  readonly outer: 4 | 6 | null;
  readonly tunnelMtu: number;
  /** How usual the parts are in the field, for the order only. */
  readonly usual: number;
}

/** One way to read the number. */
export interface Reading {
  readonly as: string;
  /** True where a usual stack gives exactly this. */
  readonly exact: boolean;
  readonly tunnelMtu: number | null;
  readonly matches: readonly Match[];
}

export interface Identification {
  readonly schemaVersion: SchemaVersion;
  readonly observed: Observed;
  /** True where a usual stack gives exactly this number; false for a number known to be a round one. */
  readonly exact: boolean;
  readonly readings: readonly Reading[];
  readonly notes: readonly string[];
}

interface Shape {
  readonly tunnel: TunnelRow;
  readonly suites: readonly string[];
  readonly mode: 'transport' | null;
  readonly natT: boolean | null;
  readonly outer: 4 | 6 | null;
  readonly stack: Stack;
  readonly usual: number;
}

/** A match counts as usual from here; rarer stacks are listed but do not make a number "exact". */
const USUAL = 18;

export interface IdentifyOptions {
  /** Only this WAN, or only this link MTU. */
  readonly wan?: string | undefined;
  readonly linkMtu?: number | undefined;
}

/** Which stacks give exactly an observed number, most usual first. */
export function identify(
  observed: Observed,
  catalogue: Catalogue,
  { wan, linkMtu }: IdentifyOptions = {},
): Identification {
  if (observed.as === 'pair') return identifyPair(observed, catalogue);
  const { value } = observed;
  if (!Number.isInteger(value) || value < 28 || value > LARGEST_PACKET) {
    throw new MtucalcError('bad-value', `${value} is no size of a packet`, 'give octets, as in mtucalc identify 1422');
  }
  const links =
    linkMtu !== undefined
      ? [{ name: 'given link', linkMtu, usual: 10 }]
      : wan !== undefined
        ? [findWan(wan, catalogue)]
        : catalogue.wan;
  const shapes = shapesOf(catalogue);
  const readings = readingsOf(observed).map(({ as, tunnelMtu }): Reading => {
    const matches: Match[] = [];
    for (const shape of shapes) {
      const seen = new Set<number>();
      // The most usual WAN of each link MTU stands for the others.
      for (const link of [...links].sort((a, b) => b.usual - a.usual)) {
        if (seen.has(link.linkMtu) || fitAll(shape.stack.layers, link.linkMtu) !== tunnelMtu) continue;
        seen.add(link.linkMtu);
        matches.push({
          wan: link.name,
          linkMtu: link.linkMtu,
          tunnel: shape.tunnel.id,
          suites: shape.suites,
          mode: shape.mode,
          natT: shape.natT,
          outer: shape.outer,
          tunnelMtu,
          usual: link.usual + shape.usual,
        });
      }
    }
    matches.sort((a, b) => b.usual - a.usual);
    return { as, tunnelMtu, exact: matches.some(({ usual }) => usual >= USUAL), matches };
  });
  const ordered = readings
    .filter(({ matches }) => matches.length > 0)
    .sort((a, b) => (b.matches[0]?.usual ?? 0) - (a.matches[0]?.usual ?? 0));
  // A number known to be a round one is read as that, however it may be explained as an MSS.
  const round = catalogue.numbers.some((row) => row.value === value) && observed.as === 'any';
  const exact = ordered.some((reading) => reading.exact && (!round || reading.tunnelMtu === value));
  return {
    schemaVersion: SCHEMA_VERSION,
    observed,
    exact,
    readings: ordered,
    notes: notesOf(value, observed.as, exact, catalogue),
  };
}

function readingsOf(observed: Extract<Observed, { value: number }>): { as: string; tunnelMtu: number }[] {
  const { as, value } = observed;
  const mtu = [{ as: 'tunnel MTU (interface, ICMP or SA MTU)', tunnelMtu: value }];
  const mss = [
    { as: 'MSS for IPv4', tunnelMtu: value + IP_HEADER[4] + TCP_HEADER },
    { as: 'MSS for IPv6', tunnelMtu: value + IP_HEADER[6] + TCP_HEADER },
  ];
  const ping = [
    { as: 'ping payload, IPv4', tunnelMtu: value + IP_HEADER[4] + ECHO_HEADER },
    { as: 'ping payload, IPv6', tunnelMtu: value + IP_HEADER[6] + ECHO_HEADER },
  ];
  return { mtu, mss, ping, any: [...mtu, ...mss] }[as];
}

/** Suites of equal lengths are one shape: an observer cannot tell them apart. */
function shapesOf(catalogue: Catalogue): Shape[] {
  const groups = suiteGroups(catalogue);
  return catalogue.tunnels.flatMap((tunnel): Shape[] => {
    const outers = tunnel.stack.includes('{outer}') ? ([4, 6] as const) : ([null] as const);
    return outers.flatMap((outer): Shape[] => {
      const rarer = outer === 6 ? 3 : 0;
      const choices = isIpsec(tunnel)
        ? groups.flatMap((group) => [false, true].map((natT) => ({ group, natT: natT as boolean | null })))
        : [{ group: { suite: null, names: [] as string[], usual: 10 }, natT: null }];
      const modes = tunnel.id === 'ipsec' ? ([undefined, 'transport'] as const) : ([undefined] as const);
      return choices.flatMap(({ group, natT }) =>
        modes.map((mode) => ({
          tunnel,
          mode: mode ?? null,
          suites: group.names,
          natT,
          outer,
          stack: buildStack(
            expandTunnel(tunnel, { outer: outer ?? 4, natT: natT === true, suite: group.suite, mode }, catalogue),
            catalogue,
          ),
          usual: tunnel.usual + group.usual / 2 - rarer - (mode === 'transport' ? 1 : 0),
        })),
      );
    });
  });
}

/** Cisco ASA counts a full block of padding: first number = outer IP + ESP + IV (the second) + trailer 2 + block + ICV. */
function identifyPair(observed: Extract<Observed, { as: 'pair' }>, catalogue: Catalogue): Identification {
  const matches: Match[] = [];
  for (const { suite, names, usual } of suiteGroups(catalogue)) {
    if (!suite?.encr) continue;
    for (const outer of [4, 6] as const) {
      for (const natT of [false, true]) {
        const header = IP_HEADER[outer] + (natT ? 8 : 0) + 8 + suite.encr.iv;
        const overhead = header + 2 + Math.max(4, suite.encr.block) + suite.encr.icv + (suite.integ?.icv ?? 0);
        if (header !== observed.header || overhead !== observed.overhead) continue;
        const tunnel = catalogue.tunnels.find(({ id }) => id === 'ipsec') as TunnelRow;
        const stack = buildStack(expandTunnel(tunnel, { outer, natT, suite, mode: undefined }, catalogue), catalogue);
        matches.push({
          wan: 'Ethernet',
          linkMtu: 1500,
          tunnel: tunnel.id,
          suites: names,
          mode: null,
          natT,
          outer,
          tunnelMtu: fitAll(stack.layers, 1500),
          usual: usual + (outer === 4 ? 3 : 0) + 10,
        });
      }
    }
  }
  matches.sort((a, b) => b.usual - a.usual);
  const notes = [
    'Cisco ASA counts a full block of padding: its first number is one octet more than the worst case on the wire.',
  ];
  return {
    schemaVersion: SCHEMA_VERSION,
    observed,
    exact: matches.length > 0,
    readings: matches.length > 0 ? [{ as: 'Cisco ASA ipsec overhead', exact: true, tunnelMtu: null, matches }] : [],
    notes: matches.length > 0 ? notes : [...notes, 'no known suite has this pair'],
  };
}

function notesOf(value: number, as: Observed['as'], exact: boolean, catalogue: Catalogue): string[] {
  const notes = catalogue.numbers
    .filter((row) => row.value === value && (as === 'any' || as === row.of))
    .map(({ says, source }) => `${says} (${source})`);
  if (!exact)
    notes.push(
      `${notes.length > 0 ? '' : 'A rounded, conservative or mistaken number. '}In plain tunnel mode exact tunnel MTUs of AES-CBC end in 14 modulo 16, those of AEADs in 2 modulo 4.`,
    );
  const mss = mssOf(value);
  if (as === 'mtu' || (as === 'any' && exact))
    notes.push(`As a tunnel MTU it means MSS ${mss.ipv4} (IPv4) and ${mss.ipv6} (IPv6).`);
  return notes;
}

import type { ImportedRow } from './imported.js';
import type { Association, PrintedMtu } from './reading.js';
import type { Answered } from './request.js';

/** A row of the answer with the associations behind it. */
export interface RowGroup {
  readonly row: ImportedRow;
  readonly members: readonly Association[];
  readonly answer: Answered | null;
  readonly missing: Missing | null;
}

/** Why a row has no figure: its transform was not printed, or no catalogue row has it. */
export interface Missing {
  readonly why: 'not-printed' | 'unknown';
  readonly says: string;
}

interface Asked {
  readonly answer: Answered | null;
  readonly missing: Missing | null;
}

/** One row for associations that differ in direction, SPI and the order of their addresses only. */
export function rowsOf(associations: readonly Association[], ask: (association: Association) => Asked): RowGroup[] {
  const groups = new Map<string, Association[]>();
  for (const association of associations) {
    const key = keyOf(association);
    const members = groups.get(key);
    if (members) members.push(association);
    else groups.set(key, [association]);
  }
  return [...groups.values()].map((members): RowGroup => {
    const first = members[0] as Association;
    const { answer, missing } = ask(first);
    return { row: rowOf(members, answer, missing?.says ?? null), members, answer, missing };
  });
}

/** What has to agree. In the two directions of one tunnel flags such as esn do, offload and state need not. */
function keyOf(one: Association): string {
  return JSON.stringify([
    one.kind,
    one.name,
    one.protocol,
    [one.source ?? '', one.destination ?? ''].sort(),
    one.outer,
    one.mode,
    one.encr,
    one.keyBits,
    one.integ,
    one.icvOctets,
    one.natT,
    one.ah,
    one.payload,
    one.tunnel,
    one.interface,
    one.ifId,
    one.pathMtu?.value ?? null,
    one.ownMtu?.value ?? null,
    one.flags.filter((flag) => flag === 'align8' || flag.startsWith('mode ')),
  ]);
}

function rowOf(members: readonly Association[], answer: Answered | null, missing: string | null): ImportedRow {
  const first = members[0] as Association;
  const calculation = answer?.calculation ?? null;
  const printed = [first.pathMtu, first.ownMtu].filter((mtu): mtu is PrintedMtu => mtu !== null);
  const asPrinted = [first.encr, first.integ].filter((part) => part !== null).join(' with ') || 'not in the input';
  return {
    kind: first.kind,
    name: first.name,
    protocol: first.protocol,
    between: unique(
      members.map(({ source, destination }) =>
        source === null && destination === null ? '' : `${source ?? '?'} > ${destination ?? '?'}`,
      ),
    ),
    directions: unique(members.flatMap(({ direction }) => (direction === null ? [] : [direction]))),
    spis: unique(members.flatMap(({ spi }) => (spi === null ? [] : [spi]))),
    count: members.length,
    suite:
      calculation?.described.suite ??
      (first.protocol === 'wireguard'
        ? 'WireGuard'
        : first.protocol === 'none'
          ? (calculation?.described.tunnel ?? asPrinted)
          : asPrinted),
    mode: answer?.request.mode ?? first.mode,
    natT: answer ? (answer.request.natT ?? null) : first.natT,
    outer: answer ? (answer.request.outer ?? null) : first.outer,
    payload: first.payload,
    interface: first.interface,
    icvOctets: first.icvOctets,
    ifId: first.ifId,
    flags: unique(members.flatMap(({ flags }) => flags)),
    linkMtu: calculation?.linkMtu ?? null,
    tunnelMtu: calculation?.tunnelMtu ?? null,
    mss: calculation?.mss ?? null,
    printed,
    line: first.line,
    missing,
  };
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)].filter((value) => value !== '');

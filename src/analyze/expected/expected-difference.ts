import type { CalcRequest } from '../../mtu/calculation.js';
import type { Catalogue, HeaderRow } from '../../mtu/catalogue.js';
import { identify } from '../../mtu/identify.js';
import { ifPossible } from '../../mtu/possible.js';

/** Something that could be said otherwise in a description: kind, words, and what then stands there. */
interface Change {
  readonly kind: 'natt' | 'outer' | 'wan';
  readonly says: string;
  readonly patch: Partial<CalcRequest>;
}

/** A header or a link that is this usual can be forgotten; a rarer one explains a number by chance. */
const USUAL = 2;
/** Of two things forgotten together the link must be one that nearly everybody has. */
const VERY_USUAL = 8;
const MOST = 3;

/**
 * What, said otherwise in the description, gives the number that was seen: one thing, all that do it, most usual first;
 * where there is none, two together.
 */
export function changesThatGive(request: CalcRequest, seen: number, catalogue: Catalogue): string[] {
  const wans = [...catalogue.wan].sort((left, right) => right.usual - left.usual);
  const changes: Change[] = [
    { kind: 'natt', says: 'with NAT-T', patch: { natT: true } },
    { kind: 'natt', says: 'without NAT-T', patch: { natT: false } },
    { kind: 'outer', says: 'with IPv6 outside', patch: { outer: 6 } },
    { kind: 'outer', says: 'with IPv4 outside', patch: { outer: 4 } },
    ...wans.map(({ id, name }) => ({ kind: 'wan' as const, says: name, patch: { wan: id, linkMtu: undefined } })),
  ];
  const described = ifPossible(request, catalogue);
  const links = new Set<number>();
  const telling: (Change & { readonly gives: number })[] = [];
  for (const { kind, says, patch } of changes) {
    const result = ifPossible({ ...request, ...patch }, catalogue);
    if (!result || result.tunnelMtu === described?.tunnelMtu) continue;
    const { tunnelMtu: gives, linkMtu } = result;
    if (kind !== 'wan') telling.push({ kind, says, patch, gives });
    // Of links with the same MTU the most usual will do.
    else if (!links.has(linkMtu)) telling.push({ kind, says: `over ${says} (${linkMtu})`, patch, gives });
    if (kind === 'wan') links.add(linkMtu);
  }
  const single = telling.filter(({ gives }) => gives === seen);
  const usual = single.filter(({ kind, patch }) => kind !== 'wan' || isUsual(patch.wan, catalogue));
  if (single.length > 0) return (usual.length > 0 ? usual : single).slice(0, MOST).map(({ says }) => says);
  const pairs: string[] = [];
  for (const [at, first] of telling.entries()) {
    for (const second of telling.slice(at + 1)) {
      if (first.kind === second.kind || pairs.length === MOST) continue;
      if (second.kind === 'wan' && !isUsual(second.patch.wan, catalogue, VERY_USUAL)) continue;
      if (ifPossible({ ...request, ...first.patch, ...second.patch }, catalogue)?.tunnelMtu === seen)
        pairs.push(`${first.says} and ${second.says}`);
    }
  }
  return pairs;
}

const isUsual = (wan: unknown, catalogue: Catalogue, least = USUAL): boolean =>
  catalogue.wan.some(({ id, usual }) => id === wan && usual >= least);

/** "AES-GCM-16, NAT-T, a link MTU of 1492", where a usual stack gives exactly this number. */
export function stackThatGives(mtu: number, catalogue: Catalogue): string | undefined {
  const reading = identify({ as: 'mtu', value: mtu }, catalogue).readings.find(({ exact }) => exact);
  const match = reading?.matches[0];
  if (!match) return undefined;
  return [
    match.suites[0] ?? match.tunnel,
    ...(match.natT ? ['NAT-T'] : []),
    ...(match.mode ? [`${match.mode} mode`] : []),
    ...(match.outer === 6 ? ['IPv6 outside'] : []),
    `a link MTU of ${match.linkMtu}`,
  ].join(', ');
}

/** One usual header of the catalogue, or two, that make exactly this many octets; the most usual. */
export function headersThatMake(octets: number, catalogue: Catalogue): string | undefined {
  const rows = catalogue.headers
    .filter((row) => row.octets > 0 && row.usual >= USUAL)
    .sort((left, right) => right.usual - left.usual);
  let best = rows.filter((row) => row.octets === octets).slice(0, 1);
  for (const outer of rows) {
    for (const inner of rows) {
      const stands = outer !== inner && inner.on.includes(outer.gives) && outer.octets + inner.octets === octets;
      if (stands && rarest([outer, inner]) > rarest(best)) best = [outer, inner];
    }
  }
  if (best.length === 0) return undefined;
  return `${best.map(({ name }) => name).join(' + ')} (${best.map((row) => row.octets).join(' + ')})`;
}

const rarest = (rows: readonly HeaderRow[]): number =>
  rows.length === 0 ? 0 : Math.min(...rows.map(({ usual }) => usual));

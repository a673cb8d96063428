import type { Identification, Match, Reading } from '../../mtu/identification.js';
import type { Look } from '../look.js';
import { tableWithin } from './table.js';
import { wrapText } from './wrap.js';

/** Stacks shown for each reading where nothing else is asked. */
const USUAL_MOST = 8;

/** The likeliest explanation first, then a table for each way to read the number. */
export function identifyText(
  value: Identification,
  { colour, columns, shows: { most = USUAL_MOST } = {} }: Look,
): string {
  const lines = [
    ...headline(value, colour.bold, columns),
    ...value.notes.flatMap((note) => wrapText(note, columns)),
    '',
  ];
  for (const { as, tunnelMtu, matches } of value.readings) {
    lines.push(colour.bold(tunnelMtu === null ? as : `As ${as}: tunnel MTU ${tunnelMtu}`));
    const rows = matches
      .slice(0, most)
      .map((match) => [
        match.tunnel === 'none'
          ? 'none: the plain link'
          : match.mode
            ? `${match.tunnel}, ${match.mode} mode`
            : match.tunnel,
        suitesText(match.suites),
        match.natT === null ? '' : match.natT ? 'yes' : 'no',
        match.outer === null ? '' : `IPv${match.outer}`,
        `${match.wan} ${match.linkMtu}`,
      ]);
    lines.push(
      tableWithin(columns, ['tunnel', 'suite (+ alike)', 'NAT-T', 'outside', 'WAN'], rows, { colour, fold: [1] }),
    );
    if (matches.length > most)
      lines.push(colour.dim(`… and ${matches.length - most} rarer ones (--most ${matches.length})`));
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function headline(
  { observed, exact, readings, known }: Identification,
  bold: (text: string) => string,
  columns: number,
): string[] {
  const what =
    observed.as === 'pair'
      ? `${observed.overhead}(${observed.header})`
      : observed.as !== 'overhead'
        ? String(observed.value)
        : observed.least === observed.most
          ? String(observed.most)
          : `${observed.least}-${observed.most}`;
  const [reading] = readings;
  const best = reading?.matches[0];
  const says =
    exact && reading && best
      ? `is exactly the ${nameOf(reading)} of ${describe(best, reading.kind)}`
      : known.some(({ chosen }) => chosen)
        ? 'is a number that was chosen, not the exact optimum of a usual stack'
        : (known.flatMap(({ of }) => (of === 'frame' || of === 'segment' ? [otherSizes[of]] : []))[0] ??
          'is no exact optimum of any usual stack');
  const [first = '', ...rest] = wrapText(`${what} ${says}`, columns);
  return [first.replace(what, bold(what)), ...rest];
}

const otherSizes = {
  frame: 'is the size of an Ethernet frame, not of a packet',
  segment: 'is the data of a TCP segment, not an MTU or MSS',
} as const;

const names = {
  mtu: 'tunnel MTU',
  mss4: 'MSS for IPv4',
  mss6: 'MSS for IPv6',
  ping4: 'ping payload for IPv4',
  ping6: 'ping payload for IPv6',
  overhead: 'overhead',
} as const;

const nameOf = ({ kind, matches }: Reading): string =>
  kind === 'mtu' && matches[0]?.tunnel === 'none' ? 'link MTU' : names[kind];

/** The best-known suite, and how many more have the same lengths. */
const suitesText = ([first, ...more]: readonly string[]): string =>
  `${first ?? ''}${more.length > 0 ? ` (+${more.length})` : ''}`;

const describe = ({ tunnel, mode, suites, natT, outer, wan, linkMtu }: Match, kind: Reading['kind']): string =>
  [
    tunnel === 'none' ? 'a plain link' : mode ? `${tunnel} in ${mode} mode` : tunnel,
    ...(suites[0] ? [suites[0]] : []),
    ...(natT === null ? [] : [natT ? 'NAT-T' : 'no NAT-T']),
    ...(outer === 6 ? ['IPv6 outside'] : []),
    ...(kind === 'overhead' ? [] : [`${wan} ${linkMtu}`]),
  ].join(', ');

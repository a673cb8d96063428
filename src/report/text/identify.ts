import type { Identification, Match } from '../../mtu/identify.js';
import type { Look } from '../look.js';
import { table } from './table.js';

/** Stacks shown for each reading where nothing else is asked. */
const USUAL_MOST = 8;

/** The most usual explanation first, then a table for each way to read the number. */
export function identifyText(
  { observed, exact, readings, notes }: Identification,
  { colour, shows: { most = USUAL_MOST } = {} }: Look,
): string {
  const what = observed.as === 'pair' ? `${observed.overhead}(${observed.header})` : String(observed.value);
  const best = readings[0]?.matches[0];
  const lines = [
    exact && best && readings[0]?.exact
      ? `${colour.bold(what)} is exactly the ${readings[0].as.replace(/ \(.*/, '')} of ${describe(best)}`
      : `${colour.bold(what)} is no exact optimum of any usual stack`,
    ...notes,
    '',
  ];
  for (const { as, tunnelMtu, matches } of readings) {
    lines.push(colour.bold(tunnelMtu === null ? as : `As ${as}: tunnel MTU ${tunnelMtu}`));
    const rows = matches
      .slice(0, most)
      .map((match) => [
        match.mode ? `${match.tunnel}, ${match.mode} mode` : match.tunnel,
        suitesText(match.suites),
        match.natT === null ? '' : match.natT ? 'yes' : 'no',
        match.outer === null ? '' : `IPv${match.outer}`,
        `${match.wan} ${match.linkMtu}`,
      ]);
    lines.push(table(['tunnel', 'suite', 'NAT-T', 'outside', 'WAN'], rows, { colour }));
    if (matches.length > most)
      lines.push(colour.dim(`… and ${matches.length - most} rarer ones (--most ${matches.length})`));
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const suitesText = (suites: readonly string[]): string =>
  suites.length > 2 ? `${suites.slice(0, 2).join(', ')} and ${suites.length - 2} more` : suites.join(', ');

const describe = ({ tunnel, mode, suites, natT, outer, wan, linkMtu }: Match): string =>
  [
    mode ? `${tunnel} in ${mode} mode` : tunnel,
    ...(suites[0] ? [suites[0]] : []),
    ...(natT === null ? [] : [natT ? 'NAT-T' : 'no NAT-T']),
    ...(outer === 6 ? ['IPv6 outside'] : []),
    `${wan} ${linkMtu}`,
  ].join(', ');

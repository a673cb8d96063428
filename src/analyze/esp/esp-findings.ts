import type { Finding } from '../../finding.js';
import { finding, plural } from '../detector.js';
import type { EspInference } from './esp-only.js';

/** A handful of packets of one length says nothing about the suite. */
const LEAST_LENGTHS = 3;

/** What the lengths say, one finding for each pair of gateways: two where their SAs must have different suites. */
export function espFindings(esp: readonly EspInference[]): Finding[] {
  const pairs = new Map<string, EspInference[]>();
  for (const one of esp) {
    if (one.guesses.length === 0 || one.distinctLengths < LEAST_LENGTHS) continue;
    const key = `${[...one.between].sort().join(' ')} ${one.natt}`;
    const held = pairs.get(key);
    if (held) held.push(one);
    else pairs.set(key, [one]);
  }
  return [...pairs.values()].map((groups) => {
    const { between, natt, outer } = groups[0]!;
    const how = natt ? 'ESP in UDP 4500 (NAT-T)' : 'ESP';
    const apart = groups.length > 1;
    return finding(
      'esp-lengths',
      'info',
      `${between[0]} <-> ${between[1]}: ${how} over IPv${outer}${apart ? ` with ${groups.length} suites` : ''}, ` +
        `${groups.map((group) => reading(group, apart)).join(' ')}`,
      groups.flatMap(evidence),
      '--cipher checks a suite against these lengths',
    );
  });
}

function reading({ guesses, alike, linkMtu, spis }: EspInference, apart: boolean): string {
  const best = guesses[0]!;
  const { least, most, others } = alike;
  const rivals =
    least < most
      ? `; lengths alone do not tell it from ${plural(others, 'other suite')}, with which the tunnel MTU is ${least} to ${most}`
      : '';
  const seen = best.seen < best.tunnelMtu ? `; the largest packet here holds at most ${best.seen}` : '';
  return (
    `${apart ? `SPI ${spis.join(', ')}: ` : ''}lengths as of ${best.suites[0]}: in tunnel mode and at a link MTU of ${linkMtu} ` +
    `the tunnel MTU is ${best.tunnelMtu} and the MSS ${best.mss.ipv4} (IPv4)${rivals}${seen}.`
  );
}

const evidence = ({ distinctLengths, smallest, largest, guesses }: EspInference): Finding['evidence'][number][] => [
  { value: distinctLengths, from: 'different lengths' },
  { value: smallest, from: 'smallest outer IP length' },
  { value: largest, from: 'largest outer IP length' },
  ...guesses[0]!.because.map((why) => ({ value: guesses[0]!.suites[0]!, from: why })),
];

import { type Clamp, type Facts, looksLikeTunnel } from '../facts.js';
import { findingAt, type LintFinding, type LintProfile, type LintRule } from '../rule.js';
import { repeated } from './return-rule-repeats.js';

const fixes: Readonly<Record<Facts['format'], (missing: 'in' | 'out', clamp: Clamp) => string>> = {
  routeros: (missing, { by, interfaces }) =>
    `the same rule once more with ${by === 'policy' ? `ipsec-policy=${missing},ipsec` : `${missing}-interface=${interfaces[0]}`}`,
  iptables: (missing, { by, interfaces }) =>
    `the same rule once more with ${by === 'policy' ? `-m policy --dir ${missing} --pol ipsec` : `-${missing === 'in' ? 'i' : 'o'} ${interfaces[0]}`} in FORWARD`,
  nftables: (missing, { by, interfaces }) =>
    `the same rule once more with ${by === 'policy' ? (missing === 'in' ? 'meta ipsec exists' : 'rt ipsec exists') : `${missing === 'in' ? 'iifname' : 'oifname'} "${interfaces[0]}"`}`,
  swanctl: () => '',
};

const forTunnel = ({ interfaces }: Clamp, { tunnelIf }: LintProfile): boolean =>
  interfaces.some((name) => (tunnelIf === undefined ? looksLikeTunnel(name) : name === tunnelIf));

const way = { out: 'LAN to tunnel', in: 'tunnel to LAN' } as const;

/** Whether some other rule does what is missing; an untied one does both. */
const covers = (other: Clamp, clamp: Clamp, missing: 'in' | 'out'): boolean =>
  (other.family === 0 || other.family === clamp.family) &&
  (other.direction === missing || other.direction === 'both') &&
  (other.by === 'anything' ||
    other.by !== 'interface' ||
    clamp.by !== 'interface' ||
    other.interfaces.some((name) => clamp.interfaces.includes(name)));

export const oneDirectionClamp: LintRule = {
  code: 'one-direction-clamp',
  summary: 'only one of SYN and SYN/ACK is clamped',
  check({ clamps, format }, profile) {
    const seen = new Set<string>();
    return clamps.flatMap((clamp): LintFinding[] => {
      if (clamp.direction === 'both') return [];
      const missing = clamp.direction === 'in' ? 'out' : 'in';
      if (clamps.some((other) => covers(other, clamp, missing)) || repeated(clamps, clamp) !== undefined) return [];
      const key = `${clamp.family} ${clamp.direction} ${clamp.by} ${clamp.interfaces}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [
        findingAt(
          clamp,
          'one-direction-clamp',
          // A clamp on the WAN alone is often meant for PPPoE; its other direction has the router's own PTBs.
          clamp.by === 'interface' && !forTunnel(clamp, profile) ? 'warning' : 'problem',
          `the clamp covers ${way[clamp.direction]} only: ${missing === 'in' ? 'what this side sends' : 'what the far side sends'} stays too large`,
          fixes[format](missing, clamp),
        ),
      ];
    });
  },
};

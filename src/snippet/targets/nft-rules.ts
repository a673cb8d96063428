import type { ClampPlan } from '../plan.js';
import { linuxTunnel, mssFor, type Scope, scopesOf } from '../scope.js';
import type { Script } from '../script.js';

/** SYN and SYN/ACK; `tcp flags == syn` would miss the SYN/ACK. */
export const SYN = 'tcp flags & (syn | rst) == syn';

const set = (networks: readonly string[]): string =>
  networks.length === 1 ? (networks[0] as string) : `{ ${networks.join(', ')} }`;

function addresses(family: 4 | 6, { from, to }: Scope): string {
  const word = family === 4 ? 'ip' : 'ip6';
  return `${from.length > 0 ? `${word} saddr ${set(from)} ` : ''}${to.length > 0 ? `${word} daddr ${set(to)} ` : ''}`;
}

/**
 * One rule for each IP version and direction, each ending in `verdict`; one for both versions where nothing narrows
 * them.
 */
export function nftDirections(out: Script, plan: ClampPlan, head: string, verdict: string): string[] {
  const [outward, inward] = nftMatches(out, plan);
  const scoped = plan.localNets.length + plan.remoteNets.length > 0;
  const families: readonly (4 | 6 | undefined)[] = scoped ? plan.families : [undefined];
  const lead = head === '' ? '' : `${head} `;
  return families.flatMap((family) => {
    const scopes = family ? scopesOf(plan, family) : undefined;
    return [
      `${lead}${family && scopes ? addresses(family, scopes.out) : ''}${outward} ${verdict} comment "mtucalc ${plan.name}: LAN to tunnel"`,
      `${lead}${family && scopes ? addresses(family, scopes.in) : ''}${inward} ${verdict} comment "mtucalc ${plan.name}: tunnel to LAN"`,
    ];
  });
}

/** `rt ipsec` is true for outbound only, `meta ipsec` for inbound only; an interface is matched by its name. */
export function nftMatches(out: Script, plan: ClampPlan): readonly [string, string] {
  if (plan.style === 'policy') return ['rt ipsec exists', 'meta ipsec exists'];
  const tunnel = linuxTunnel(out, plan);
  return [`oifname "${tunnel}"`, `iifname "${tunnel}"`];
}

/** The chain that lowers; the comparison keeps a smaller MSS and a SYN without the option as they are. */
export function nftClampRules(plan: ClampPlan): string[] {
  return plan.families.map((family) => {
    const mss = mssFor(plan, family);
    return `meta nfproto ipv${family} tcp option maxseg size > ${mss} counter tcp option maxseg size set ${mss}`;
  });
}

/**
 * Clears DF of what is too large for the tunnel. Prerouting: ip_forward compares with the MTU before the forward
 * hook. The header checksum is adjusted by nft itself.
 */
export function nftClearDfRules(plan: ClampPlan): string[] {
  const { to, from } = scopesOf(plan, 4).out;
  const lan = plan.lanIf === undefined ? '' : `iifname "${plan.lanIf}" `;
  return [
    `${lan}meta nfproto ipv4 ${addresses(4, { from, to })}ip length > ${plan.tunnelMtu} ip frag-off & 0x4000 != 0 counter ip frag-off set ip frag-off & 0xbfff comment "mtucalc ${plan.name}: clear DF"`,
  ];
}

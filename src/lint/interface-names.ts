import type { Facts } from './facts.js';
import type { LintProfile } from './profile.js';
import { leadingToClamps, type Ruleset, type Test } from './ruleset.js';

/** Names that tunnels usually have. */
export const looksLikeTunnel = (name: string): boolean =>
  /^(ipsec|xfrm|vti|ip_vti|wg|st0|gre|tun|wireguard|sec|vxlan|geneve|l2tp|ovpn|eoip|ipip|sit|he-|tailscale|zt)\d*/i.test(
    name,
  );

/** Names that interfaces towards a provider usually have. */
export const looksLikeWan = (name: string): boolean => /^(ppp|pppoe|wan|dsl|lte|wwan|dialer)/i.test(name);

/** Names that interfaces towards hosts usually have. */
export const looksLikeLan = (name: string): boolean => /^(lan|br|bridge|vlan|wlan|wifi|docker|veth|lo$)/i.test(name);

/** Interface names that rules name, in their order. */
export function namedInterfaces(ruleset: Ruleset): string[] {
  const names = new Set<string>();
  for (const rules of ruleset.chains.values())
    for (const { tests } of rules)
      for (const test of tests)
        if (test.on === 'in' || test.on === 'out')
          for (const name of test.names) if (!name.endsWith('*')) names.add(name);
  return [...names];
}

/** Interfaces towards the Internet: declared, or carrying source NAT without being a tunnel. */
export function wanNames(facts: Facts, { wanIf, tunnelIf }: LintProfile): string[] {
  const tunnels = new Set([...tunnelDevices(facts), ...(tunnelIf === undefined ? [] : [tunnelIf])]);
  return [...new Set([...(wanIf === undefined ? [] : [wanIf]), ...facts.wanNames])].filter(
    (name) => !tunnels.has(name) && (name === wanIf || !looksLikeTunnel(name)),
  );
}

/** Interfaces that the file declares as tunnels. */
export const tunnelDevices = ({ devices }: Facts): string[] =>
  devices.filter(({ kind }) => kind !== 'pppoe' && kind !== 'link').map(({ name }) => name);

/** Interfaces that are of the kind of tunnel the profile describes. */
export function profileInterfaces({ devices }: Facts, { layers = [] }: LintProfile, tied: readonly string[]): string[] {
  const of = (kind: string): boolean =>
    kind === 'wireguard'
      ? layers.includes('WireGuard')
      : kind === 'gre'
        ? layers.includes('GRE')
        : layers.some((layer) => layer.toLowerCase().startsWith(kind));
  const own = devices.filter(({ kind }) => of(kind)).map(({ name }) => name);
  if (own.length > 0) return own;
  const likely = tied.filter(looksLikeTunnel);
  return likely.length > 0 ? likely : [...tied];
}

/** Interfaces that clamps are tied to, by themselves or by the jump that leads to them. */
export const tiedInterfaces = (ruleset: Ruleset): string[] =>
  [...leadingToClamps(ruleset)].flatMap(({ tests }) => {
    const [into, out] = [namesOf(tests, 'in'), namesOf(tests, 'out')];
    // A rule that names both has the LAN on one side.
    return into.length > 0 && out.length > 0
      ? [...into, ...out].filter((name) => looksLikeTunnel(name) || looksLikeWan(name))
      : [...into, ...out];
  });

const namesOf = (tests: readonly Test[], on: 'in' | 'out'): string[] =>
  tests.flatMap((test) => (test.on === on && !test.not ? test.names.map(example) : []));

/** An interface that a pattern stands for: ppp* -> ppp0. */
const example = (name: string): string => (name.endsWith('*') ? `${name.slice(0, -1)}0` : name);

import type { Facts } from './facts.js';
import {
  looksLikeLan,
  looksLikeTunnel,
  looksLikeWan,
  namedInterfaces,
  tiedInterfaces,
  tunnelDevices,
  wanNames,
} from './interface-names.js';
import type { Port } from './packet.js';
import type { LintProfile } from './profile.js';

/** What lies on either side of a tunnel, as far as the file and the profile say. */
export interface Sides {
  /** Interfaces that rules name, those that the file declares as tunnels, and those that clamps are tied to. */
  readonly named: readonly string[];
  readonly declared: readonly string[];
  readonly tied: readonly string[];
  /** Ports towards hosts and towards the Internet, one of no name with each. */
  readonly lan: readonly Port[];
  readonly wan: readonly Port[];
  isWan(name: string): boolean;
  isTunnel(name: string): boolean;
}

/** Interfaces of one side that are looked at. */
const MOST_PORTS = 5;

export function sidesOf(facts: Facts, profile: LintProfile): Sides {
  const named = namedInterfaces(facts.ruleset);
  const declared = tunnelDevices(facts);
  const wan = wanNames(facts, profile);
  const isWan = (name: string): boolean => wan.includes(name) || (looksLikeWan(name) && !declared.includes(name));
  const isTunnel = (name: string): boolean =>
    declared.includes(name) || name === profile.tunnelIf || (looksLikeTunnel(name) && !wan.includes(name));
  const hosts = named.filter((name) => !isWan(name) && !isTunnel(name));
  const uplinks = new Set([...wan, ...named.filter((name) => !looksLikeLan(name) && !isTunnel(name))]);
  return {
    named,
    declared,
    tied: [...new Set(tiedInterfaces(facts.ruleset))],
    lan: [{ role: 'lan' }, ...portsOf(hosts, 'lan')],
    wan: [...portsOf([...uplinks], 'wan'), { role: 'wan' }],
    isWan,
    isTunnel,
  };
}

/** The first of these interfaces as ports of one side. */
export const portsOf = (names: readonly string[], role: Port['role']): Port[] =>
  names.slice(0, MOST_PORTS).map((name) => ({ name, role }));

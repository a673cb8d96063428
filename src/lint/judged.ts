import type { LastNumber } from '../pasted-line.js';
import type { Facts, Place } from './facts.js';
import { type HookedRule, hookedRules } from './facts-netfilter.js';
import { type Crossing, crossingsOf } from './fates.js';
import { wanNames } from './interface-names.js';
import type { LintProfile } from './profile.js';
import { MOST_VIEWS, type View, viewsOf } from './views.js';
import { Walker } from './walk.js';

/** The handshakes of one tunnel in one IP version. */
export interface Group {
  readonly view: View;
  readonly family: 4 | 6;
  readonly crossings: readonly Crossing[];
}

/** A configuration, what is known of the tunnel, and what becomes of its packets: what the rules judge. */
export interface Judged {
  /** The number at the very end, where its line has no end. */
  readonly unfinished?: LastNumber | undefined;
  readonly facts: Facts;
  readonly profile: LintProfile;
  readonly groups: readonly Group[];
  readonly rules: readonly HookedRule[];
  readonly walker: Walker;
  /** The same for data, NAT and PTBs, with a limit of its own. */
  readonly bulk: Walker;
  /** Interfaces towards the Internet. */
  readonly wan: readonly string[];
  /** The first line that says something, for findings about the whole file. */
  readonly start: Place;
}

export function judge(facts: Facts, profile: LintProfile, start: Place, unfinished?: LastNumber): Judged {
  const walker = new Walker(facts.ruleset);
  const families = facts.families.filter((family) => profile.inner === undefined || profile.inner === family);
  const views = viewsOf(facts, profile);
  if (views.length > MOST_VIEWS) walker.truncated = true;
  const groups = views.slice(0, MOST_VIEWS).flatMap((view) =>
    families.map((family): Group => {
      const crossings = crossingsOf(facts, profile, view, walker, [family]);
      if (crossings.length > 0 || view.exits === undefined) return { view, family, crossings };
      const out = { ...view, lan: view.exits.filter(({ name }) => name === undefined || name !== view.name) };
      return { view, family, crossings: crossingsOf(facts, profile, out, walker, [family]) };
    }),
  );
  return {
    facts,
    profile,
    groups,
    rules: hookedRules(facts.ruleset),
    walker,
    bulk: new Walker(facts.ruleset),
    wan: wanNames(facts, profile),
    start,
    unfinished,
  };
}

/** Crossings of one pair of hosts and interfaces: what happens one way is compared with the other. */
export function sameHosts({ crossings }: Group): Crossing[][] {
  const byHosts = new Map<string, Crossing[]>();
  for (const crossing of crossings) {
    const { ends, walked, way } = crossing;
    const [lan, far] = way === 'out' ? [walked.in, walked.out] : [walked.out, walked.in];
    const key = `${ends.lan.value} ${ends.far.value} ${lan.name ?? ''} ${far.name ?? ''} ${crossing.port ?? ''}`;
    byHosts.set(key, [...(byHosts.get(key) ?? []), crossing]);
  }
  return [...byHosts.values()];
}

/**
 * Those pairs of hosts and interfaces that a half clamp is looked for in. Which interface is whose is not known with
 * policies: where the same hosts are wholly clamped between two of them, the other pairings are not theirs.
 */
export function pairings(group: Group): Crossing[][] {
  const all = sameHosts(group);
  if (group.view.by !== 'policy') return all;
  const hosts = ([first]: readonly Crossing[]): string => `${first?.ends.lan.value} ${first?.ends.far.value}`;
  const whole = new Set(all.filter((one) => one.every(({ fate }) => fate.state === 'clamped')).map(hosts));
  return all.filter((one) => !whole.has(hosts(one)));
}

/** Whether nothing in a group is lowered, nor would be but for a rule in the way. */
export const untouched = ({ crossings }: Group): boolean =>
  crossings.length > 0 && crossings.every(({ fate, sure }) => fate.state === 'untouched' && sure);

/** The ways through a tunnel, in words. */
export const wayThrough = { out: 'LAN to tunnel', in: 'tunnel to LAN' } as const;
export const wayThroughWan = { out: 'LAN to WAN', in: 'WAN to LAN' } as const;

/** "SYN/ACK LAN to tunnel", or with the hosts where they make the difference. */
export function crossingText(
  { packet, way, view, ends, port }: Crossing,
  hosts: (ends: Crossing['ends']) => string,
): string {
  const service = port === undefined ? '' : ` (port ${port})`;
  const between = hosts(ends);
  if (view.by === 'networks' || view.by === 'anything') {
    return between === ''
      ? `${packet} of either side${service}`
      : `${packet} ${way === 'out' ? 'from' : 'to'} ${between.replace(' and ', way === 'out' ? ' to ' : ' from ')}`;
  }
  const words = (view.role === 'wan' ? wayThroughWan : wayThrough)[way];
  return `${packet} ${words}${between === '' ? '' : ` (between ${between})`}${service}`;
}

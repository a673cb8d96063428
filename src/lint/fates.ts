import { textOfAddress } from './addresses.js';
import { type Ends, endsOf } from './ends.js';
import type { Facts } from './facts.js';
import { type Packet, SYN, SYN_ACK } from './packet.js';
import { portsOf } from './ports.js';
import type { LintProfile } from './profile.js';
import { packetOn, type Route } from './route.js';
import type { Rule, Span, Test } from './ruleset.js';
import type { View } from './views.js';
import type { Passage, Walker, WalkOptions } from './walk.js';

/** What becomes of the MSS of one SYN or SYN/ACK. */
export type Fate =
  | { readonly state: 'clamped'; readonly to: number | 'pmtu'; readonly by: Rule }
  /** A rule takes it away from a clamp further down. */
  | { readonly state: 'stopped'; readonly stop: Rule; readonly clamp: Rule }
  /** `pmtu`: a clamp to the route's MTU saw it, which here is not the tunnel's. */
  | { readonly state: 'untouched'; readonly pmtu?: Rule | undefined }
  | { readonly state: 'dropped' };

export interface Crossing {
  readonly view: View;
  readonly family: 4 | 6;
  readonly packet: 'SYN' | 'SYN/ACK';
  /** Which way it goes. */
  readonly way: 'out' | 'in';
  /** Who opened the connection. */
  readonly opened: 'lan' | 'far';
  readonly ends: Ends;
  readonly fate: Fate;
  /** Values offered that pass although they are larger than `bound`. */
  readonly holes: readonly Span[];
  /** No condition that is not known decided. */
  readonly sure: boolean;
  /** A port of the one who accepts that rules name; undefined: any other. */
  readonly port?: number | undefined;
  /** Any host and port (the interfaces of) this stands for, in words. */
  readonly of: string;
  /** The packet as it was walked, for a second look. */
  readonly walked: Packet;
  readonly marks: WalkOptions['marks'];
}

const SYN_SIZE = { 4: 60, 6: 80 } as const;
const MOST_STOPS = 6;

/**
 * Walks the handshakes of a view through the rules: both directions, both openers, every host that rules tell apart.
 */
export function crossingsOf(
  facts: Facts,
  profile: LintProfile,
  view: View,
  walker: Walker,
  families: readonly (4 | 6)[],
): Crossing[] {
  const crossings: Crossing[] = [];
  for (const family of families) {
    for (const ends of endsOf(facts, view, family)) {
      // Hosts that only a rule names are walked through the first interface that lets them pass.
      for (const lan of view.lan)
        for (const far of view.far)
          for (const opened of ['lan', 'far'] as const)
            crossings.push(...handshake(facts, profile, walker, { view, family, ends, lan, far, opened }));
    }
  }
  // A service that is accepted by its port above the clamp is one of its own.
  for (const family of families)
    for (const port of portsOf(facts))
      for (const lan of view.lan)
        for (const far of view.far)
          for (const opened of ['lan', 'far'] as const) {
            const [ends] = endsOf(facts, view, family);
            if (ends)
              crossings.push(
                ...handshake(facts, profile, walker, { view, family, ends, lan, far, opened, port }).filter(
                  ({ fate }) => fate.state === 'stopped' && fate.stop.tests.some(({ on }) => on.endsWith('port')),
                ),
              );
          }
  return crossings;
}

interface Opening extends Route {
  readonly view: View;
  readonly opened: 'lan' | 'far';
  readonly port?: number;
}

function packetOf(opening: Opening, way: 'out' | 'in', reply: boolean): Packet {
  const { view, family, port } = opening;
  return packetOn(view, opening, way, {
    flags: reply ? SYN_ACK : SYN,
    size: SYN_SIZE[family],
    state: reply ? 'established' : 'new',
    reply,
    ...(port === undefined ? {} : reply ? { sourcePort: port } : { destinationPort: port }),
  });
}

function handshake(facts: Facts, profile: LintProfile, walker: Walker, opening: Opening): Crossing[] {
  const { opened, view, family, ends, lan, far } = opening;
  const first = packetOf(opening, opened === 'lan' ? 'out' : 'in', false);
  const passed = passing(walker.forward(first, { ignore: ['mss'] }));
  if (passed.length === 0) return [];
  const sure = passed.find(({ unsure }) => !unsure) ?? (passed[0] as Passage);
  const marks = { connectionMark: sure.connectionMark, untracked: sure.untracked };
  const second = packetOf(opening, opened === 'lan' ? 'in' : 'out', true);
  const of = [lan.name, far.name].filter((name) => name !== undefined).join(' and ');
  const one = (packet: Packet, withMarks: WalkOptions['marks']): Crossing => {
    const { fate, sure: known } = fateOf(walker, packet, withMarks, view, facts);
    const holes =
      fate.state === 'clamped' ? holesOf(walker, packet, withMarks, boundOf(profile, view, family, fate.to)) : [];
    const reply = packet === second;
    const way = (opened === 'lan') !== reply ? 'out' : 'in';
    return {
      view,
      family,
      packet: reply ? 'SYN/ACK' : 'SYN',
      way,
      opened,
      ends,
      port: opening.port,
      fate,
      holes,
      sure: known,
      of,
      walked: packet,
      marks: withMarks,
    };
  };
  const syn = one(first, {});
  const ack = one(second, marks);
  return ack.fate.state === 'dropped' ? [] : [syn, ack];
}

const passing = (passages: readonly Passage[]): Passage[] => passages.filter(({ verdict }) => verdict === 'passes');

/** Larger values than this must not pass. */
function boundOf(profile: LintProfile, view: View, family: 4 | 6, to: number | 'pmtu'): number | undefined {
  const limit = view.ofProfile ? (family === 4 ? profile.mss?.ipv4 : profile.mss?.ipv6) : undefined;
  return to === 'pmtu' ? undefined : Math.max(limit ?? 0, to);
}

/** A clamp to the route's MTU knows the tunnel's only where the route leads into it. */
function counts(passage: Passage, packet: Packet, view: View, facts: Facts): boolean {
  if (passage.mss.lowered !== undefined) return true;
  if (!passage.mss.pmtu) return false;
  return view.by !== 'policy' || (packet.ipsecOut && facts.format !== 'routeros');
}

function fateOf(
  walker: Walker,
  packet: Packet,
  marks: WalkOptions['marks'],
  view: View,
  facts: Facts,
): { fate: Fate; sure: boolean } {
  const all = (options: WalkOptions = {}): Passage[] =>
    walker.forward(packet, { ignore: ['mss'], marks: marks ?? {}, ...options });
  const passed = passing(all());
  if (passed.length === 0) return { fate: { state: 'dropped' }, sure: true };
  const bare = passed.filter((passage) => !counts(passage, packet, view, facts));
  if (bare.length === 0) {
    // Of several ways the one that lowers least is what can be relied on.
    const least = passed.reduce((a, b) => ((b.mss.lowered ?? 0) > (a.mss.lowered ?? 0) ? b : a));
    return { fate: { state: 'clamped', ...clampOf(least) }, sure: true };
  }
  const open = bare.find(({ unsure }) => !unsure) ?? (bare[0] as Passage);
  let routed = open.mss.pmtu ? open.steps.find(({ did }) => did === 'clamp')?.rule : undefined;
  const without = new Set<Rule>();
  for (const stop of open.endings.slice(0, MOST_STOPS)) {
    without.add(stop);
    // Without the rule that lets it pass a policy may drop it: behind the clamp all the same.
    const reached = all({ without }).find(
      (passage) => counts(passage, packet, view, facts) && passage.unsure === open.unsure,
    );
    if (!reached) {
      routed ??= all({ without })
        .find(({ mss }) => mss.pmtu)
        ?.steps.find(({ did }) => did === 'clamp')?.rule;
      continue;
    }
    // Of the endings that stand in the way the one without which the clamp is reached is meant.
    const alone = all({ without: new Set([stop]) }).some((passage) => counts(passage, packet, view, facts));
    const culprit = alone ? stop : (open.endings[0] as Rule);
    return { fate: { state: 'stopped', stop: culprit, clamp: clampOf(reached).by }, sure: !open.unsure };
  }
  return { fate: { state: 'untouched', pmtu: routed }, sure: !open.unsure };
}

/** The number that counts, and the rule that set it. */
function clampOf({ mss, steps }: Passage): { to: number | 'pmtu'; by: Rule } {
  const clamps = steps.filter(({ did }) => did === 'clamp');
  const sets = (rule: Rule, to: number | 'pmtu'): boolean =>
    rule.actions.some((action) => action.do === 'clamp' && action.to === to);
  const to = mss.lowered ?? 'pmtu';
  return { to, by: (clamps.find(({ rule }) => sets(rule, to)) ?? clamps[0])?.rule as Rule };
}

/** Offered values above the bound that come through as they are. */
function holesOf(walker: Walker, packet: Packet, marks: WalkOptions['marks'], bound: number | undefined): Span[] {
  if (bound === undefined || bound >= 65535) return [];
  const passed = passing(walker.forward(packet, { marks: marks ?? {}, offered: [bound + 1, 65535] }));
  const spans = passed
    .filter(({ mss, unsure }) => !unsure && !mss.pmtu && (mss.lowered ?? Number.POSITIVE_INFINITY) > bound)
    .map(({ mss }) => mss.offered)
    .sort((a, b) => a[0] - b[0]);
  const joined: Span[] = [];
  for (const [low, high] of spans) {
    const last = joined.at(-1);
    if (last && low <= last[1] + 1) joined[joined.length - 1] = [last[0], Math.max(last[1], high)];
    else joined.push([low, high]);
  }
  return joined;
}

/** What would clamp a packet if these conditions held: tells why a clamp that stands there never matches. */
export function wouldClamp(
  walker: Walker,
  { walked, marks }: Crossing,
  ignore: readonly Test['on'][],
): Rule | undefined {
  const passage = passing(walker.forward(walked, { ignore: ['mss', ...ignore], marks: marks ?? {} })).find(
    ({ steps }) => steps.some(({ did }) => did === 'clamp'),
  );
  return passage?.steps.find(({ did }) => did === 'clamp')?.rule;
}

export const endsText = ({ lan, far, from }: Ends): string =>
  from === 'any' ? '' : `${textOfAddress(lan)} and ${textOfAddress(far)}`;

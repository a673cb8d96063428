import { type Mss, splitAt } from './mss-split.js';
import { type Answer, holds, type Marks, type Packet } from './packet.js';
import {
  type Action,
  type Base,
  chainKey,
  type Hook,
  leadingToClamps,
  type Rule,
  type Ruleset,
  type Span,
  type Test,
} from './ruleset.js';

/** A rule that did something on the way. */
export interface Step {
  readonly rule: Rule;
  readonly did: Action['do'];
}

/** One way through the rules. */
export interface Passage extends Marks {
  readonly mss: Mss;
  readonly verdict: 'passes' | 'dropped';
  readonly steps: readonly Step[];
  /** Rules that ended a chain for the packet (accept, return, a mark without passthrough); the last one first. */
  readonly endings: readonly Rule[];
  /** The rule, or the policy, that dropped it. */
  readonly droppedBy?: { readonly line: number; readonly rule?: Rule | undefined } | undefined;
  /** A condition that is not known decided on this way. */
  readonly unsure: boolean;
}

interface Live extends Marks {
  readonly mss: Mss;
  readonly steps: readonly Step[];
  readonly endings: readonly Rule[];
  readonly unsure: boolean;
}

export interface WalkOptions {
  /** Rules that are left out. */
  readonly without?: ReadonlySet<Rule>;
  /** Conditions that are taken to hold. */
  readonly ignore?: readonly Test['on'][];
  readonly marks?: Partial<Marks>;
  /** MSS values the sender offers; one number for all of them is enough where guards are ignored. */
  readonly offered?: Span;
}

/** Rules asked in one lint, and ways kept apart at one place: a hostile rule set can branch without end. */
const MOST_ASKED = 2_000_000;
const MOST_WAYS = 48;
const DEEPEST = 16;
const order: readonly Hook[] = ['prerouting', 'forward', 'postrouting'];

/** Walks packets through a rule set as the kernel would, keeping apart what is not known. */
export class Walker {
  readonly #ruleset: Ruleset;
  readonly #bases: readonly Base[];
  readonly #leads: ReadonlySet<Rule>;
  #asked = 0;
  /** Not every way was followed: there were too many. */
  truncated = false;

  constructor(ruleset: Ruleset) {
    this.#ruleset = ruleset;
    this.#leads = leadingToClamps(ruleset);
    this.#bases = ruleset.bases
      .filter(({ hook }) => order.includes(hook))
      .sort((a, b) => order.indexOf(a.hook) - order.indexOf(b.hook) || a.priority - b.priority);
  }

  /** Every way a forwarded packet may take. */
  forward(packet: Packet, options: WalkOptions = {}): Passage[] {
    const { mark = '0', connectionMark = '0', untracked = false } = options.marks ?? {};
    const offered = options.offered ?? [1460, 1460];
    let live: Live[] = [
      { mark, connectionMark, untracked, mss: { offered, pmtu: false }, steps: [], endings: [], unsure: false },
    ];
    const ended: Passage[] = [];
    for (const base of this.#bases) {
      if (base.family !== 0 && base.family !== packet.family) continue;
      if (base.newOnly && (packet.state !== 'new' || packet.reply)) continue;
      // What is not tracked is not translated.
      const aside = base.newOnly ? live.filter((state) => state.untracked) : [];
      const asked = base.newOnly ? live.filter((state) => !state.untracked) : live;
      const { left, out, dropped } = this.#chain(base.table, base.chain, packet, asked, options, []);
      const fell = [...aside, ...left, ...out.map(({ state }) => state)];
      ended.push(...dropped);
      const passed = out.filter(({ how }) => how === 'accept').map(({ state }) => state);
      const byPolicy = [...left, ...out.filter(({ how }) => how === 'return').map(({ state }) => state)];
      if (base.policy === 'drop') {
        ended.push(
          ...byPolicy.map((state): Passage => ({ ...state, verdict: 'dropped', droppedBy: { line: base.line } })),
        );
        live = [...aside, ...passed];
      } else live = fell;
      if (live.length > MOST_WAYS) {
        this.truncated = true;
        live = live.slice(0, MOST_WAYS);
      }
    }
    const all = [...ended, ...live.map((state): Passage => ({ ...state, verdict: 'passes' }))];
    // Where not every way was followed nothing is certain.
    return this.truncated ? all.map((passage) => ({ ...passage, unsure: true })) : all;
  }

  #chain(
    table: string,
    name: string,
    packet: Packet,
    states: readonly Live[],
    options: WalkOptions,
    above: readonly string[],
  ): { left: Live[]; out: { state: Live; how: 'accept' | 'return' }[]; dropped: Passage[] } {
    const out: { state: Live; how: 'accept' | 'return' }[] = [];
    const dropped: Passage[] = [];
    let left = [...states];
    for (const rule of this.#ruleset.chains.get(chainKey(table, name)) ?? []) {
      if (left.length === 0) break;
      if (options.without?.has(rule)) continue;
      const next: Live[] = [];
      for (const before of left) {
        if (++this.#asked > MOST_ASKED || next.length > MOST_WAYS) {
          this.truncated = true;
          next.push(before);
          continue;
        }
        const { taken, spared } = this.#match(rule, packet, before, options);
        next.push(...spared);
        for (const one of taken) {
          let state = one;
          let gone = false;
          for (const action of rule.actions) {
            if (action.do === 'accept' || action.do === 'return' || action.do === 'drop') {
              state = { ...state, endings: state.endings.includes(rule) ? state.endings : [rule, ...state.endings] };
              if (action.do === 'drop')
                dropped.push({ ...state, verdict: 'dropped', droppedBy: { line: rule.line, rule } });
              else out.push({ state, how: action.do });
              gone = true;
            } else if (action.do === 'jump' || action.do === 'goto') {
              // The kernel refuses jumps in a circle.
              if (above.includes(action.chain)) continue;
              if (above.length >= DEEPEST) {
                this.truncated = true;
                continue;
              }
              const inner = this.#chain(table, action.chain, packet, [state], options, [...above, name]);
              dropped.push(...inner.dropped);
              out.push(...inner.out.filter(({ how }) => how === 'accept'));
              const back = [...inner.left, ...inner.out.filter(({ how }) => how === 'return').map(({ state: s }) => s)];
              if (action.do === 'jump') next.push(...back);
              else out.push(...back.map((s) => ({ state: s, how: 'return' as const })));
              gone = true;
            } else state = apply(action, rule, state);
            if (gone) break;
          }
          if (!gone) next.push(state);
        }
      }
      left = next;
    }
    return { left, out, dropped };
  }

  /** The state that a rule takes and the one that it spares; both where a condition is not known. */
  #match(rule: Rule, packet: Packet, state: Live, { ignore = [] }: WalkOptions): { taken: Live[]; spared: Live[] } {
    let result: Answer = 'yes';
    const guards: Test[] = [];
    for (const test of rule.tests) {
      if (ignore.includes(test.on)) continue;
      if (test.on === 'mss') {
        guards.push(test);
        continue;
      }
      const one = holds(test, packet, state);
      if (one === 'no') return { taken: [], spared: [state] };
      if (one === 'maybe') result = 'maybe';
    }
    let taken = [state];
    const spared: Live[] = [];
    for (const guard of guards) {
      const parts = taken.map((one) => splitAt(one, guard));
      taken = parts.flatMap(({ inside }) => inside);
      spared.push(...parts.flatMap(({ outside }) => outside));
    }
    if (result === 'yes') return { taken, spared };
    // What a clamp asks for and is not known here is taken to be the tunnel's: that is what it is written for.
    if (this.#leads.has(rule)) return { taken: taken.map((one) => ({ ...one, unsure: true })), spared };
    return {
      taken: taken.map((one) => ({ ...one, unsure: true })),
      spared: [...spared, ...taken.map((one) => ({ ...one, unsure: true }))],
    };
  }
}

function apply(action: Action, rule: Rule, state: Live): Live {
  // A rule that is met again on another way to it says nothing new.
  const known = state.steps.some((step) => step.rule === rule && step.did === action.do);
  const steps = known ? state.steps : [...state.steps, { rule, did: action.do }];
  switch (action.do) {
    case 'clamp': {
      const { mss } = state;
      if (action.to === 'pmtu') return { ...state, steps, mss: { ...mss, pmtu: true } };
      const lowered = Math.min(mss.lowered ?? Number.POSITIVE_INFINITY, action.to);
      return { ...state, steps, mss: { ...mss, lowered } };
    }
    case 'mark':
      return { ...state, mark: action.value };
    case 'connection-mark':
      return { ...state, connectionMark: action.value };
    case 'save-mark':
      return { ...state, connectionMark: state.mark };
    case 'restore-mark':
      return { ...state, mark: state.connectionMark };
    case 'notrack':
      return { ...state, steps, untracked: true };
    case 'continue':
      return state;
    default:
      return { ...state, steps };
  }
}

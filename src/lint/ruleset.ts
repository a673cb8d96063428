import { TCP_FLAG } from '../packet/tcp.js';
import type { AddressSet } from './addresses.js';

/** Numbers from low to high, both included. */
export type Span = readonly [low: number, high: number];

export type State = 'new' | 'established' | 'related' | 'invalid' | 'untracked';

/** One condition of a rule. `not` turns it round. */
export type Test = (
  | { readonly on: 'family'; readonly is: 4 | 6 }
  | { readonly on: 'protocol'; readonly is: readonly string[] }
  /**
   * Names, `ppp*` for all that begin so; `roles`: lists like LAN and WAN of which the file does not say the members.
   */
  | { readonly on: 'in' | 'out'; readonly names: readonly string[]; readonly roles?: readonly Role[] }
  | { readonly on: 'from' | 'to'; readonly set: AddressSet }
  /** (flags & mask) == value; with `any` (flags & mask) != 0. */
  | { readonly on: 'flags'; readonly mask: number; readonly value: number; readonly any?: boolean }
  | { readonly on: 'mss' | 'size' | 'source-port' | 'destination-port' | 'port'; readonly spans: readonly Span[] }
  | { readonly on: 'state'; readonly is: readonly State[] }
  | { readonly on: 'reply'; readonly is: boolean }
  | { readonly on: 'ipsec'; readonly way: 'in' | 'out'; readonly is: boolean }
  /** Marks are numbers, or names (RouterOS); `any`: whatever is not 0. */
  | { readonly on: 'mark' | 'connection-mark'; readonly value: string; readonly mask?: number }
  | { readonly on: 'icmp'; readonly types: readonly { readonly type: number; readonly code?: number }[] }
  | { readonly on: 'never' }
  /** Not known here: it may hold or not. */
  | { readonly on: 'unknown'; readonly text: string }
) & { readonly not?: boolean };

export type Role = 'lan' | 'wan' | 'tunnel';

/** What a rule does with the packets it matches. */
export type Action =
  | {
      readonly do:
        | 'accept'
        | 'drop'
        | 'return'
        | 'continue'
        | 'notrack'
        | 'clear-df'
        | 'source-nat'
        | 'fasttrack'
        | 'flow';
    }
  | { readonly do: 'jump' | 'goto'; readonly chain: string }
  /** Octets, or the MTU of the route. */
  | { readonly do: 'clamp'; readonly to: number | 'pmtu' }
  | { readonly do: 'mark' | 'connection-mark'; readonly value: string; readonly mask?: number }
  /** Copies one mark into the other. */
  | { readonly do: 'save-mark' | 'restore-mark' };

export interface Rule {
  readonly line: number;
  readonly text: string;
  readonly tests: readonly Test[];
  /** In their order; the first that ends the walk is the last that counts. */
  readonly actions: readonly Action[];
}

/** A chain that hangs in a hook. */
export interface Base {
  readonly table: string;
  readonly chain: string;
  readonly hook: Hook;
  readonly priority: number;
  /** 0: both. */
  readonly family: 4 | 6 | 0;
  /** NAT rules are asked for the first packet of a connection alone. */
  readonly newOnly: boolean;
  readonly policy: 'accept' | 'drop';
  /** Line of the policy; 0 where the file does not say it. */
  readonly line: number;
}

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting' | 'other';

export interface Ruleset {
  /** By table and chain: "mangle4 FORWARD", "inet fw forward". */
  readonly chains: ReadonlyMap<string, readonly Rule[]>;
  readonly bases: readonly Base[];
}

export const noRules: Ruleset = { chains: new Map(), bases: [] };

export const ALL_FLAGS = 63;

export const flagBits = (names: readonly string[]): number =>
  names.reduce((bits, name) => {
    const flag = name.trim().toLowerCase();
    return bits | (flag === 'all' ? ALL_FLAGS : (TCP_FLAG[flag as keyof typeof TCP_FLAG] ?? 0));
  }, 0);

/** "22,80:90": numbers and spans of them; an end that is left out is open. */
export function spansOf(text: string, separator = ':'): Span[] | undefined {
  const parsed = text.split(',').map((part): Span => {
    const [low = '', high] = part.split(separator);
    const from = low === '' ? 0 : Number(low);
    return [from, high === undefined ? from : high === '' ? 65535 : Number(high)];
  });
  return parsed.every((span) => span.every(Number.isInteger)) ? parsed : undefined;
}

/** Chains by the name that `Base.chain` and jumps use. */
export const chainKey = (table: string, chain: string): string => `${table} ${chain}`;

export const isClamp = ({ actions }: Rule): boolean => actions.some(({ do: did }) => did === 'clamp');

/** Clamps, and the jumps that lead to one. */
export function leadingToClamps({ chains }: Ruleset): ReadonlySet<Rule> {
  const holding = new Set<string>();
  const leads = (table: string, rule: Rule): boolean =>
    isClamp(rule) ||
    rule.actions.some(
      (action) => (action.do === 'jump' || action.do === 'goto') && holding.has(chainKey(table, action.chain)),
    );
  const tableOf = (key: string): string => key.slice(0, key.lastIndexOf(' '));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [key, rules] of chains) {
      if (holding.has(key) || !rules.some((rule) => leads(tableOf(key), rule))) continue;
      holding.add(key);
      changed = true;
    }
  }
  return new Set([...chains].flatMap(([key, rules]) => rules.filter((rule) => leads(tableOf(key), rule))));
}

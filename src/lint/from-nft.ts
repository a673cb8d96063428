import type { NftToken } from '../config/nft-tokens.js';
import { elementsOf, type NftRule, type NftTable } from '../config/nft-types.js';
import { wordTable } from '../word-table.js';
import { matchAt, selectorAt } from './nft-expressions.js';
import { closing } from './nft-flags.js';
import { mssIn } from './octets.js';
import { type Action, type Base, chainKey, type Hook, type Rule, type Ruleset, type Test } from './ruleset.js';

/** A rule of which something was not understood. */
export interface HalfRead {
  readonly line: number;
  readonly text: string;
  readonly word: string;
  /** Where it is not the word. */
  readonly why?: string;
}

/** The rules of nft; what a rule says that is not known here makes its match uncertain and is named. */
export function rulesOfNft(tables: readonly NftTable[]): { ruleset: Ruleset; halfRead: HalfRead[] } {
  const chains = new Map<string, Rule[]>();
  const bases: Base[] = [];
  const halfRead: HalfRead[] = [];
  for (const { family, name, chains: all, sets, dormant } of tables) {
    const routed = /^(?:ip|ip6|inet)$/.test(family);
    if (!routed || dormant) {
      const why = routed
        ? 'its table is dormant, and does nothing'
        : `what is routed passes no table of family ${family}`;
      const clamps = [...all.values()].flatMap(({ rules }) =>
        rules.filter(({ tokens }) => tokens.some(({ text }) => text === 'maxseg')),
      );
      halfRead.push(...clamps.map(({ line, text }) => ({ line, text, word: '', why })));
      continue;
    }
    const table = `${family} ${name}`;
    for (const chain of all.values()) {
      chains.set(
        chainKey(table, chain.name),
        chain.rules.flatMap((rule) => readRule(rule, sets, halfRead)),
      );
      if (!chain.hook) continue;
      const hook = /^(?:prerouting|input|forward|output|postrouting)$/.test(chain.hook.hook)
        ? (chain.hook.hook as Hook)
        : 'other';
      const { priority, policy, line, type } = chain.hook;
      const of = family === 'ip' ? 4 : family === 'ip6' ? 6 : 0;
      bases.push({ table, chain: chain.name, hook, priority, family: of, newOnly: type === 'nat', policy, line });
    }
  }
  return { ruleset: { chains, bases }, halfRead };
}

/** Statements that change nothing of what matters here, with what may follow them. */
const harmless: Readonly<Record<string, RegExp>> = wordTable({
  counter: /^(?:packets|bytes|name|\d+|".*")$/,
  log: /^(?:prefix|level|group|snaplen|queue-threshold|flags|all|tcp|sequence|options|ip|skuid|ether|info|warn|notice|debug|err|crit|alert|emerg|audit|\d+)$/,
  comment: /^.*$/,
});
const VERDICT = /^(?:accept|drop|reject|return|continue|jump|goto|queue)$/;
const MOST_ELEMENTS = 300;

function readRule(rule: NftRule, sets: ReadonlyMap<string, NftToken[][]>, halfRead: HalfRead[]): Rule[] {
  const { tokens, line, text } = rule;
  const tests: Test[] = [];
  const actions: Action[] = [];
  const word = (at: number): string => tokens[at]?.text ?? '';
  const unknown = (at: number): void => {
    tests.push({ on: 'unknown', text: word(at) });
    halfRead.push({ line, text, word: word(at) });
  };
  for (let at = 0; at < tokens.length; ) {
    const here = word(at);
    const quiet = tokens[at]?.quoted ? undefined : harmless[here];
    if (quiet) {
      at++;
      while (
        at < tokens.length &&
        (quiet.test(word(at)) || tokens[at]?.quoted) &&
        !(here === 'comment' && !tokens[at]?.quoted)
      )
        at++;
      continue;
    }
    if (here === 'limit' || here === 'quota') {
      // A rate: it holds for some packets and not for others.
      tests.push({ on: 'unknown', text: here });
      at++;
      while (
        at < tokens.length &&
        /^(?:rate|over|until|name|burst|packets|packet|bytes|used|\d+.*|[kmg]?bytes.*|.*\/(?:second|minute|hour|day)|\/|second|minute|hour|day)$/.test(
          word(at),
        )
      )
        at++;
      continue;
    }
    const set = statementAt(tokens, at);
    if (set) {
      actions.push(...set.actions);
      at = set.next;
      continue;
    }
    if (VERDICT.test(here)) {
      actions.push(...verdict(here, word(at + 1)));
      break;
    }
    const map = mapAt(tokens, at, sets, { line, text, tests, actions });
    if (map) return map;
    const match = matchAt(tokens, at, sets);
    if (match) {
      tests.push(...match.tests);
      for (const test of match.tests)
        if (test.on === 'unknown' && test.text !== '') halfRead.push({ line, text, word: test.text });
      at = match.next;
      continue;
    }
    unknown(at);
    at++;
    // To the next word that is known, or the verdict.
    while (
      at < tokens.length &&
      !VERDICT.test(word(at)) &&
      !harmless[word(at)] &&
      !selectorAt(tokens, at) &&
      !statementAt(tokens, at)
    )
      at++;
  }
  return [{ line, text, tests, actions: actions.length > 0 ? actions : [{ do: 'continue' }] }];
}

const verdict = (word: string, chain: string): Action[] => {
  switch (word) {
    case 'jump':
    case 'goto':
      return [{ do: word, chain }];
    case 'reject':
      return [{ do: 'drop' }];
    case 'queue':
      return [{ do: 'accept' }];
    default:
      return [{ do: word as 'accept' | 'drop' | 'return' | 'continue' }];
  }
};

/** A statement that does something: `tcp option maxseg size set 1382`, `ct mark set 1`, `masquerade`, `flow add @f`. */
function statementAt(tokens: readonly NftToken[], at: number): { actions: Action[]; next: number } | undefined {
  const words = tokens.slice(at, at + 7).map(({ text }) => text);
  const starts = (...of: readonly string[]): boolean => of.every((word, index) => words[index] === word);
  const to = tokens.length;
  if (starts('tcp', 'option', 'maxseg', 'size', 'set')) {
    // `rt mtu`, or a number; 0: nothing stands there, in a file that was cut.
    const route = words[5] === 'rt';
    return { actions: [{ do: 'clamp', to: route ? 'pmtu' : mssIn(words[5]) || 0 }], next: at + (route ? 7 : 6) };
  }
  const marked = starts('meta', 'mark', 'set') ? 3 : starts('mark', 'set') ? 2 : 0;
  if (marked > 0)
    return words[marked] === 'ct'
      ? { actions: [{ do: 'restore-mark' }], next: at + marked + 2 }
      : { actions: [{ do: 'mark', value: String(Number(words[marked])) }], next: at + marked + 1 };
  if (starts('ct', 'mark', 'set'))
    return words[3] === 'meta' || words[3] === 'mark'
      ? { actions: [{ do: 'save-mark' }], next: at + (words[3] === 'meta' ? 5 : 4) }
      : { actions: [{ do: 'connection-mark', value: String(Number(words[3])) }], next: at + 4 };
  if (starts('ip', 'frag-off', 'set')) return { actions: [{ do: 'clear-df' }], next: to };
  if (starts('notrack')) return { actions: [{ do: 'notrack' }], next: at + 1 };
  if (starts('flow', 'add') || starts('flow', 'offload')) return { actions: [{ do: 'flow' }], next: at + 3 };
  if (/^(?:masquerade|snat)$/.test(words[0] ?? ''))
    return { actions: [{ do: 'source-nat' }, { do: 'accept' }], next: to };
  if (/^(?:dnat|redirect|tproxy)$/.test(words[0] ?? '')) return { actions: [{ do: 'accept' }], next: to };
  if (/^(?:dup|fwd|synproxy)$/.test(words[0] ?? '')) return { actions: [{ do: 'continue' }], next: to };
  // `meta priority set …`, `ip dscp set …`, `ct helper set …`, `ct zone set …`, `meta nftrace set 1`
  if (words[2] === 'set' && /^(?:meta|ip|ip6|ct|tcp|udp)$/.test(words[0] ?? ''))
    return { actions: [{ do: 'continue' }], next: at + 4 };
  if (/^(?:add|update|delete)$/.test(words[0] ?? '') && words[1]?.startsWith('@'))
    return { actions: [{ do: 'continue' }], next: words[2] === '{' ? closing(tokens, at + 2) : at + 2 };
  return undefined;
}

/**
 * `ct state vmap { established : accept, … }`, `iifname . oifname vmap { … }`, `… vmap @map`: one rule for each
 * element.
 */
function mapAt(
  tokens: readonly NftToken[],
  at: number,
  sets: ReadonlyMap<string, NftToken[][]>,
  rule: { line: number; text: string; tests: readonly Test[]; actions: readonly Action[] },
): Rule[] | undefined {
  const parts: { start: number; words: number }[] = [];
  let next = at;
  for (;;) {
    const selector = selectorAt(tokens, next);
    const words = tokens[next]?.text === 'tcp' && tokens[next + 1]?.text === 'flags' ? 2 : selector?.words.length;
    if (words === undefined) return undefined;
    parts.push({ start: next, words });
    next += words;
    if (tokens[next]?.text !== '.') break;
    next++;
  }
  if (tokens[next]?.text !== 'vmap') return undefined;
  const map = tokens[next + 1];
  const elements = map?.text.startsWith('@') ? sets.get(map.text.slice(1)) : elementsOf(tokens.slice(next + 1));
  if (!elements)
    return [
      {
        ...rule,
        tests: [...rule.tests, { on: 'unknown', text: 'vmap' }],
        actions: [...rule.actions, { do: 'accept' }],
      },
    ];
  return elements.slice(0, MOST_ELEMENTS).map((element): Rule => {
    const colon = element.findIndex(({ text }) => text === ':');
    const value = colon < 0 ? [] : element.slice(colon + 1);
    const key = element.slice(0, colon < 0 ? element.length : colon);
    const values = split(key);
    const tests = parts.flatMap(({ start, words }, index): readonly Test[] => {
      const one = values[index] ?? [];
      if (one[0]?.text === '*' || one[0]?.text === '0.0.0.0/0') return [];
      return (
        matchAt([...tokens.slice(start, start + words), ...one], 0, sets)?.tests ?? [{ on: 'unknown', text: 'vmap' }]
      );
    });
    const verb = value[0]?.text ?? 'continue';
    return {
      line: rule.line,
      text: rule.text,
      tests: [...rule.tests, ...tests],
      actions: [...rule.actions, ...verdict(verb, value[1]?.text ?? '')],
    };
  });
}

/** The parts of a concatenated key. */
function split(key: readonly NftToken[]): NftToken[][] {
  const parts: NftToken[][] = [[]];
  for (const token of key) {
    if (token.text === '.' && !token.quoted) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

import { elementsOf } from '../config/nft.js';
import type { NftToken } from '../config/nft-tokens.js';
import { type AddressRange, parseRange } from './addresses.js';
import { flagBits, type Span, type State, type Test } from './ruleset.js';

/** One selector of nft (`ip saddr`, `ct state`) and how its values become a condition. */
interface Selector {
  readonly words: readonly string[];
  /** What it says by itself: `ip saddr` is IPv4. */
  readonly implies?: readonly Test[];
  test(values: readonly string[], operator: string): Test | undefined;
}

const four: Test = { on: 'family', is: 4 };
const six: Test = { on: 'family', is: 6 };
const tcp: Test = { on: 'protocol', is: ['tcp'] };
const unknown = (text: string): Test => ({ on: 'unknown', text });

/** `1361-65535`, `22`, and with an operator `> 1360`. */
function numbers(values: readonly string[], operator: string): Span[] | undefined {
  const spans = values.map((value): Span => {
    const [low, high] = value.split('-').map((part) => services[part] ?? Number(part));
    const from = low ?? Number.NaN;
    switch (operator) {
      case '>':
        return [from + 1, 65535];
      case '>=':
        return [from, 65535];
      case '<':
        return [0, from - 1];
      case '<=':
        return [0, from];
      default:
        return [from, high ?? from];
    }
  });
  return spans.every((span) => span.every(Number.isInteger)) ? spans : undefined;
}
const services: Readonly<Record<string, number>> = { ssh: 22, domain: 53, http: 80, https: 443, smtp: 25, ntp: 123 };

const spanTest =
  (on: 'mss' | 'size' | 'source-port' | 'destination-port' | 'port') =>
  (values: readonly string[], operator: string): Test => {
    const spans = numbers(values, operator);
    return spans ? { on, spans } : unknown(values.join(' '));
  };
const addressTest =
  (on: 'from' | 'to') =>
  (values: readonly string[]): Test => {
    const set = values.map(parseRange);
    return set.every((range) => range !== undefined) ? { on, set: set as AddressRange[] } : unknown(values.join(' '));
  };
const names =
  (on: 'in' | 'out') =>
  (values: readonly string[]): Test => ({ on, names: values });
const protocols: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '50': 'esp',
  '58': 'icmpv6',
  'ipv6-icmp': 'icmpv6',
  icmp6: 'icmpv6',
};
const protocol = (values: readonly string[]): Test => ({
  on: 'protocol',
  is: values.map((value) => protocols[value] ?? value),
});
const mark =
  (on: 'mark' | 'connection-mark') =>
  ([value = '']: readonly string[], operator: string): Test =>
    operator === '' || operator === '==' || operator === '!=' ? { on, value: String(Number(value)) } : unknown(value);
const ICMP: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  redirect: 5,
  'echo-request': 8,
  'time-exceeded': 11,
  'parameter-problem': 12,
};
const ICMP6: Readonly<Record<string, number>> = {
  'destination-unreachable': 1,
  'packet-too-big': 2,
  'time-exceeded': 3,
  'parameter-problem': 4,
};
const icmpTypes =
  (table: Readonly<Record<string, number>>) =>
  (values: readonly string[]): Test => ({
    on: 'icmp',
    // Names that are not in the table (neighbour discovery …) are no answer to a packet that is too large.
    types: values.map((value) => ({ type: table[value] ?? (/^\d+$/.test(value) ? Number(value) : 254) })),
  });

const selectors: readonly Selector[] = [
  ...(['iifname', 'iif', 'meta iifname', 'meta iif'] as const).map((text) => ({
    words: text.split(' '),
    test: names('in'),
  })),
  ...(['oifname', 'oif', 'meta oifname', 'meta oif'] as const).map((text) => ({
    words: text.split(' '),
    test: names('out'),
  })),
  {
    words: ['meta', 'nfproto'],
    test: ([value]) => (value === 'ipv6' ? six : value === 'ipv4' ? four : unknown(value ?? '')),
  },
  {
    words: ['meta', 'protocol'],
    test: ([value]) => (value === 'ip6' ? six : value === 'ip' ? four : unknown(value ?? '')),
  },
  { words: ['meta', 'l4proto'], test: protocol },
  { words: ['meta', 'length'], test: spanTest('size') },
  { words: ['meta', 'mark'], test: mark('mark') },
  { words: ['mark'], test: mark('mark') },
  ...(['ipsec', 'secpath'] as const).map((word) => ({
    words: ['meta', word],
    test: ([value]: readonly string[]): Test => ({ on: 'ipsec', way: 'in', is: value !== 'missing' && value !== '0' }),
  })),
  {
    words: ['rt', 'ipsec'],
    test: ([value]) => ({ on: 'ipsec', way: 'out', is: value !== 'missing' && value !== '0' }),
  },
  { words: ['ip', 'saddr'], implies: [four], test: addressTest('from') },
  { words: ['ip', 'daddr'], implies: [four], test: addressTest('to') },
  { words: ['ip6', 'saddr'], implies: [six], test: addressTest('from') },
  { words: ['ip6', 'daddr'], implies: [six], test: addressTest('to') },
  { words: ['ip', 'protocol'], implies: [four], test: protocol },
  { words: ['ip6', 'nexthdr'], implies: [six], test: protocol },
  { words: ['ip', 'length'], implies: [four], test: spanTest('size') },
  { words: ['ip', 'version'], test: ([value]) => (value === '6' ? six : four) },
  { words: ['tcp', 'sport'], implies: [tcp], test: spanTest('source-port') },
  { words: ['tcp', 'dport'], implies: [tcp], test: spanTest('destination-port') },
  { words: ['th', 'sport'], test: spanTest('source-port') },
  { words: ['th', 'dport'], test: spanTest('destination-port') },
  { words: ['udp', 'sport'], implies: [{ on: 'protocol', is: ['udp'] }], test: spanTest('source-port') },
  { words: ['udp', 'dport'], implies: [{ on: 'protocol', is: ['udp'] }], test: spanTest('destination-port') },
  { words: ['tcp', 'option', 'maxseg', 'size'], implies: [tcp], test: spanTest('mss') },
  {
    words: ['tcp', 'option', 'maxseg'],
    implies: [tcp],
    test: ([value]) => (value === 'missing' ? { on: 'never' } : undefined),
  },
  { words: ['ct', 'direction'], test: ([value]) => ({ on: 'reply', is: value === 'reply' || value === '1' }) },
  { words: ['ct', 'mark'], test: mark('connection-mark') },
  {
    words: ['ct', 'state'],
    test: (values) => ({
      on: 'state',
      is: values.filter((value): value is State => /^(?:new|established|related|invalid|untracked)$/.test(value)),
    }),
  },
  { words: ['icmp', 'type'], implies: [{ on: 'protocol', is: ['icmp'] }], test: icmpTypes(ICMP) },
  { words: ['icmpv6', 'type'], implies: [{ on: 'protocol', is: ['icmpv6'] }], test: icmpTypes(ICMP6) },
  {
    words: ['icmp', 'code'],
    test: (values) => ({
      on: 'icmp',
      types: values.map((value) => ({ type: 3, code: value === 'frag-needed' ? 4 : Number(value) || 0 })),
    }),
  },
];

/** A match read from the tokens of a rule, and where it ends. */
export interface ReadMatch {
  readonly tests: readonly Test[];
  readonly next: number;
  /** The selector, for `vmap`. */
  readonly selector: string;
}

const OPERATOR = /^(?:==|!=|<=?|>=?|=|!|lt|gt|le|ge|eq|ne)$/;
const spelled: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  le: '<=',
  ge: '>=',
  eq: '==',
  ne: '!=',
  '=': '==',
};

export const selectorAt = (tokens: readonly NftToken[], at: number): Selector | undefined =>
  selectors.find(({ words }) =>
    words.every((word, index) => tokens[at + index]?.text === word && !tokens[at + index]?.quoted),
  );

/** The match at a token, undefined where none begins there. */
export function matchAt(
  tokens: readonly NftToken[],
  at: number,
  sets: ReadonlyMap<string, NftToken[][]>,
): ReadMatch | undefined {
  if (tokens[at]?.text === 'tcp' && tokens[at + 1]?.text === 'flags') return flagsAt(tokens, at + 2);
  if (tokens[at]?.text === 'ipsec' && /^(?:in|out)$/.test(tokens[at + 1]?.text ?? '')) {
    const way = tokens[at + 1]?.text === 'in' ? 'in' : 'out';
    const more = tokens[at + 2]?.text === 'ip' || tokens[at + 2]?.text === 'ip6' ? 3 : 2;
    return { tests: [{ on: 'ipsec', way, is: true }], next: at + 2 + more, selector: 'ipsec' };
  }
  const selector = selectorAt(tokens, at);
  if (!selector) return undefined;
  const key = selector.words.join(' ');
  let next = at + selector.words.length;
  if (tokens[next]?.text === 'vmap' || tokens[next]?.text === '.')
    return { tests: selector.implies ?? [], next, selector: key };
  let operator = '';
  if (OPERATOR.test(tokens[next]?.text ?? '') && !tokens[next]?.quoted)
    operator = spelled[tokens[next]?.text ?? ''] ?? (tokens[next]?.text as string);
  if (operator !== '') next++;
  if (operator === '!') operator = '!=';
  const { values, end } = valuesAt(tokens, next, sets);
  if (end === next)
    return { tests: [...(selector.implies ?? []), unknown(key)], next: Math.max(next, at + 1), selector: key };
  const test = values === undefined ? unknown(key) : selector.test(values, operator);
  const turned =
    operator === '!=' && test && test.on !== 'unknown' ? ({ ...test, not: !(test.not ?? false) } as Test) : test;
  return { tests: [...(selector.implies ?? []), ...(turned ? [turned] : [])], next: end, selector: key };
}

/** `value`, `a,b`, `{ a, b }` or `@set`; undefined values where the set is not in the file. */
function valuesAt(
  tokens: readonly NftToken[],
  at: number,
  sets: ReadonlyMap<string, NftToken[][]>,
): { values: string[] | undefined; end: number } {
  const first = tokens[at];
  if (!first) return { values: [], end: at };
  if (first.quoted) return { values: [first.text], end: at + 1 };
  if (first.text.startsWith('@')) {
    const set = sets.get(first.text.slice(1));
    return { values: set && set.length > 0 ? set.map((element) => element[0]?.text ?? '') : undefined, end: at + 1 };
  }
  if (first.text === '{') {
    const end = closing(tokens, at);
    return { values: elementsOf(tokens.slice(at, end)).map((element) => element[0]?.text ?? ''), end };
  }
  if (/^[.&|(){},]$/.test(first.text)) return { values: [], end: at };
  const values = [first.text];
  let end = at + 1;
  // `established,related` without braces.
  while (tokens[end]?.text === ',' && tokens[end + 1]) {
    values.push(tokens[end + 1]?.text as string);
    end += 2;
  }
  if (tokens[end]?.text === '&') return { values: undefined, end: Math.min(tokens.length, end + 4) };
  return { values, end };
}

/** The index behind the brace that closes the one at `at`. */
export function closing(tokens: readonly NftToken[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (tokens[i]?.quoted) continue;
    if (tokens[i]?.text === '{' || tokens[i]?.text === '(') depth++;
    if ((tokens[i]?.text === '}' || tokens[i]?.text === ')') && --depth === 0) return i + 1;
  }
  return tokens.length;
}

/** `tcp flags syn`, `== syn`, `& (syn | rst) == syn`, `syn / syn,rst`. */
function flagsAt(tokens: readonly NftToken[], at: number): ReadMatch {
  const list = (from: number): { bits: number; end: number } => {
    let end = from;
    const found: string[] = [];
    if (tokens[end]?.text === '(') {
      const stop = closing(tokens, end);
      found.push(...tokens.slice(end + 1, stop - 1).map(({ text }) => text));
      return { bits: flagBits(found.flatMap((text) => text.split(/[|,]/))), end: stop };
    }
    if (tokens[end]?.text === '{') {
      const stop = closing(tokens, end);
      return { bits: flagBits(tokens.slice(end + 1, stop - 1).flatMap(({ text }) => text.split(','))), end: stop };
    }
    if (/^0x[0-9a-f]+$|^\d+$/.test(tokens[end]?.text ?? '')) return { bits: Number(tokens[end]?.text), end: end + 1 };
    found.push(...(tokens[end]?.text ?? '').split('/')[0]!.split(','));
    end++;
    while (/^[|,]$/.test(tokens[end]?.text ?? '') && tokens[end + 1]) {
      found.push(tokens[end + 1]?.text as string);
      end += 2;
    }
    return { bits: flagBits(found), end };
  };
  const flags = (
    mask: number,
    value: number,
    end: number,
    extra: { any?: boolean; not?: boolean } = {},
  ): ReadMatch => ({
    tests: [tcp, { on: 'flags', mask, value, ...extra }],
    next: end,
    selector: 'tcp flags',
  });
  const sign = tokens[at]?.text ?? '';
  if (sign === '&') {
    const mask = list(at + 1);
    const operator = tokens[mask.end]?.text ?? '';
    if (!/^(?:==|!=|=)$/.test(operator)) return flags(mask.bits, 0, mask.end, { any: true });
    const value = list(mask.end + 1);
    const not = operator === '!=';
    return flags(mask.bits, value.bits, value.end, not ? { not } : {});
  }
  if (/^(?:==|!=|=)$/.test(sign)) {
    const value = list(at + 1);
    return flags(255, value.bits, value.end, sign === '!=' ? { not: true } : {});
  }
  const slashed = (tokens[at]?.text ?? '').split('/');
  if (slashed.length === 2 && slashed[1] !== '') {
    // "syn/syn,rst": the tokeniser leaves the slash inside the word.
    const mask = [slashed[1] as string];
    let end = at + 1;
    while (tokens[end]?.text === ',' && tokens[end + 1]) {
      mask.push(tokens[end + 1]?.text as string);
      end += 2;
    }
    return flags(flagBits(mask), flagBits([slashed[0] as string]), end);
  }
  const value = list(at);
  if (tokens[value.end]?.text === '/') {
    const mask = list(value.end + 1);
    return flags(mask.bits, value.bits, mask.end);
  }
  return flags(value.bits, 0, value.end, { any: true });
}

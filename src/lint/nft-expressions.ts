import type { NftToken } from '../config/nft-tokens.js';
import { elementsOf } from '../config/nft-types.js';
import { wordTable } from '../word-table.js';
import { parseRange } from './addresses.js';
import { closing, flagsAt, type ReadMatch } from './nft-flags.js';
import { type Selector, selectors, unknown } from './nft-selectors.js';
import type { Test } from './ruleset.js';

const OPERATOR = /^(?:==|!=|<=?|>=?|=|!|lt|gt|le|ge|eq|ne)$/;
const spelled: Readonly<Record<string, string>> = wordTable({
  lt: '<',
  gt: '>',
  le: '<=',
  ge: '>=',
  eq: '==',
  ne: '!=',
  '=': '==',
});

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
  if (tokens[at]?.text === 'fib') return fibAt(tokens, at);
  const selector = selectorAt(tokens, at);
  if (!selector) return undefined;
  const key = selector.words.join(' ');
  let next = at + selector.words.length;
  if (tokens[next]?.text === 'vmap' || tokens[next]?.text === '.')
    return { tests: selector.implies ?? [], next, selector: key };
  if (tokens[next]?.text === '&') {
    const [mask = '', sign = '', value = ''] = tokens.slice(next + 1, next + 4).map(({ text }) => text);
    const test = masked(key, mask, value);
    const turned = sign === '!=' && test.on !== 'unknown' ? ({ ...test, not: true } as Test) : test;
    return { tests: [...(selector.implies ?? []), turned], next: Math.min(tokens.length, next + 4), selector: key };
  }
  let operator = '';
  if (OPERATOR.test(tokens[next]?.text ?? '') && !tokens[next]?.quoted)
    operator = spelled[tokens[next]?.text ?? ''] ?? (tokens[next]?.text as string);
  if (operator !== '') next++;
  if (operator === '!') operator = '!=';
  const { values, end } = valuesAt(tokens, next, sets);
  if (end === next)
    return { tests: [...(selector.implies ?? []), unknown(key)], next: Math.max(next, at + 1), selector: key };
  const test =
    values === undefined
      ? unknown(selector.test([], '')?.on === 'unknown' ? '' : key)
      : selector.test(values, operator);
  const turned =
    operator === '!=' && test && test.on !== 'unknown' ? ({ ...test, not: !(test.not ?? false) } as Test) : test;
  return { tests: [...(selector.implies ?? []), ...(turned ? [turned] : [])], next: end, selector: key };
}

/** `meta mark & 0xff == 1`, `ip saddr & 255.0.0.0 == 10.0.0.0`. */
function masked(key: string, mask: string, value: string): Test {
  if (/mark$/.test(key) && Number.isInteger(Number(mask)) && Number.isInteger(Number(value)))
    return { on: key.startsWith('ct') ? 'connection-mark' : 'mark', value: String(Number(value)), mask: Number(mask) };
  const range = /[sd]addr$/.test(key) ? parseRange(`${value}/${mask}`) : undefined;
  return range ? { on: key.endsWith('saddr') ? 'from' : 'to', set: [range] } : unknown('');
}

/** `fib daddr type local`: what the routing table says; no forwarded packet is for the box itself. */
function fibAt(tokens: readonly NftToken[], at: number): ReadMatch {
  let next = at + 1;
  while (/^(?:saddr|daddr|mark|iif|oif|iifname|oifname|\.)$/.test(tokens[next]?.text ?? '')) next++;
  const type = tokens[next]?.text === 'type';
  if (type || /^(?:check|exists|missing)$/.test(tokens[next]?.text ?? '')) next++;
  const not = tokens[next]?.text === '!=';
  if (OPERATOR.test(tokens[next]?.text ?? '')) next++;
  const local = type && tokens[next]?.text === 'local';
  if (type) next = tokens[next]?.text === '{' ? closing(tokens, next) : next + 1;
  return { tests: [local ? { on: 'never', not } : unknown('')], next, selector: 'fib' };
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

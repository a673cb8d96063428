import type { NftToken } from '../config/nft-tokens.js';
import { tcp } from './nft-selectors.js';
import { flagBits, type Test } from './ruleset.js';

/** A match read from the tokens of a rule, and where it ends. */
export interface ReadMatch {
  readonly tests: readonly Test[];
  readonly next: number;
  /** The selector, for `vmap`. */
  readonly selector: string;
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
export function flagsAt(tokens: readonly NftToken[], at: number): ReadMatch {
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

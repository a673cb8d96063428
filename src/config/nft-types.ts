import { wordTable } from '../word-table.js';
import type { NftToken } from './nft-tokens.js';

export interface NftRule {
  readonly line: number;
  readonly text: string;
  readonly tokens: readonly NftToken[];
}

/** Where a base chain hangs. */
export interface NftHook {
  readonly type: string;
  readonly hook: string;
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
  /** Line of the policy. */
  readonly line: number;
}

export interface NftChain {
  readonly name: string;
  readonly rules: NftRule[];
  hook: NftHook | undefined;
}

export interface NftTable {
  readonly family: string;
  readonly name: string;
  readonly chains: Map<string, NftChain>;
  /** Elements of sets and maps, by name: the tokens between two commas. */
  readonly sets: Map<string, NftToken[][]>;
  /** `flags dormant`: it is there, and its chains are not hooked. */
  dormant: boolean;
}

const priorities: Readonly<Record<string, number>> = wordTable({
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
});

/** `type filter hook forward priority mangle`, `policy drop`, `comment "…"`, `devices = …`: no rules. */
export function hooked(chain: NftChain, statement: readonly NftToken[]): boolean {
  const words = statement.map(({ text }) => text);
  const line = statement[0]?.line ?? 0;
  if (words[0] === 'type' && words.includes('hook')) {
    const after = (word: string): string => words[words.indexOf(word) + 1] ?? '';
    const at = words.indexOf('priority');
    const name = after('priority');
    const base = priorities[name] ?? Number(name === '-' || name === '+' ? `${name}${words[at + 2]}` : name);
    const more = /^[-+]$/.test(words[at + 2] ?? '')
      ? Number(`${words[at + 2]}${words[at + 3]}`)
      : /^[-+]\d+$/.test(words[at + 2] ?? '')
        ? Number(words[at + 2])
        : 0;
    const priority = (Number.isFinite(base) ? base : 0) + (Number.isFinite(more) ? more : 0);
    const policy = chain.hook?.policy ?? 'accept';
    chain.hook = { type: after('type'), hook: after('hook'), priority, policy, line };
    return true;
  }
  if (words[0] === 'policy') {
    const policy = words[1] === 'drop' ? 'drop' : 'accept';
    chain.hook = { ...(chain.hook ?? { type: 'filter', hook: '', priority: 0 }), policy, line };
    return true;
  }
  return words[0] === 'comment' || words[0] === 'devices' || words[0] === 'flags';
}

/** The elements between the braces, parted at commas outside inner braces. */
export function elementsOf(tokens: readonly NftToken[]): NftToken[][] {
  const elements: NftToken[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (!token.quoted && token.text === '{') {
      if (depth++ === 0) {
        elements.push([]);
        continue;
      }
    }
    if (!token.quoted && token.text === '}' && --depth <= 0) break;
    if (depth === 1 && !token.quoted && token.text === ',') elements.push([]);
    else elements.at(-1)?.push(token);
  }
  return elements.filter((element) => element.length > 0);
}

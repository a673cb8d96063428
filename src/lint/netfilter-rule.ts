/** One rule as a packet meets it: jumps followed, so its matches are all that stand on the way to it. */
export interface FlatRule {
  readonly line: number;
  readonly text: string;
  readonly table: string;
  readonly family: 4 | 6 | 0;
  readonly hook: string;
  /** Matches of the jumps that lead here and of the rule itself, in the language of the file. */
  readonly matches: string;
}

export interface ChainRule {
  readonly line: number;
  readonly text: string;
  /** The chain it hands over to, if any. */
  readonly jump: string | undefined;
}

const DEEPEST = 8;
/** Ways through a rule set that are judged; a reader says where there were more. */
export const MOST = 20_000;

/** Follows jumps from the chains that hang in a hook. Bounded: a hostile rule set can branch without end. */
export function flatten(
  chains: ReadonlyMap<string, readonly ChainRule[]>,
  bases: readonly { readonly chain: string; readonly hook: string }[],
  of: { readonly table: string; readonly family: 4 | 6 | 0 },
): FlatRule[] {
  const flat: FlatRule[] = [];
  const follow = (chain: string, hook: string, before: string, depth: number): void => {
    for (const rule of chains.get(chain) ?? []) {
      if (flat.length >= MOST) return;
      const matches = `${before} ${rule.text}`;
      if (matches.length < 4000) flat.push({ ...of, line: rule.line, text: rule.text, hook, matches });
      if (rule.jump !== undefined && depth < DEEPEST && chains.has(rule.jump))
        follow(rule.jump, hook, matches, depth + 1);
    }
  };
  for (const { chain, hook } of bases) follow(chain, hook, '', 0);
  return flat;
}

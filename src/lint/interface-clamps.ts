import { type Base, chainKey, flagBits, type Rule, type Ruleset, type Test } from './ruleset.js';

/** A clamp as boxes have it that are configured by interface, or for all there is. */
export interface InterfaceClamp {
  readonly line: number;
  readonly text: string;
  /** Undefined: whatever the interface. */
  readonly name?: string | undefined;
  /** Packets that IPsec policies take, too. */
  readonly ipsec?: boolean;
  /** Undefined: both IP versions by one number. */
  readonly family?: 4 | 6 | undefined;
  readonly to: number | 'pmtu';
  /** Conditions beside the interface. */
  readonly tests?: readonly Test[];
  /** Default: both ways. */
  readonly ways?: readonly ('in' | 'out')[];
}

const TABLE = 'interfaces';
const SYN: Test = { on: 'flags', mask: flagBits(['syn', 'rst']), value: flagBits(['syn']) };

/** The rules that do what such clamps do. They stand in no one's way: each is asked. */
export function clampRules(clamps: readonly InterfaceClamp[]): Ruleset {
  const rules = clamps.flatMap(({ line, text, name, ipsec, family, to, tests = [], ways = ['out', 'in'] }): Rule[] => {
    const common: Test[] = [
      { on: 'protocol', is: ['tcp'] },
      SYN,
      ...(family === undefined ? [] : [{ on: 'family', is: family } as const]),
      ...tests,
    ];
    const rule = (...more: Test[]): Rule => ({
      line,
      text,
      tests: [...common, ...more],
      actions: [{ do: 'clamp', to }],
    });
    if (name === undefined && !ipsec) return [rule()];
    return ways.flatMap((way) => [
      ...(name === undefined ? [] : [rule({ on: way, names: [name] })]),
      ...(ipsec ? [rule({ on: 'ipsec', way, is: true })] : []),
    ]);
  });
  const base: Base = {
    table: TABLE,
    chain: 'all',
    hook: 'forward',
    priority: 0,
    family: 0,
    newOnly: false,
    policy: 'accept',
    line: 0,
  };
  return { chains: new Map([[chainKey(TABLE, 'all'), rules]]), bases: [base] };
}

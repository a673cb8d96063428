import { type Address, elsewhere, oneOf, textOfAddress } from './addresses.js';
import type { Facts } from './facts.js';
import { type Action, isClamp, type Rule } from './ruleset.js';
import type { View } from './views.js';

/** Two hosts, one on each side. */
export interface Ends {
  readonly lan: Address;
  readonly far: Address;
  /** From a policy of the file, a clamp, a rule that ends a chain, or any two hosts. */
  readonly from: 'policy' | 'clamp' | 'rule' | 'any';
}

const MOST_ENDS = 24;

/** What becomes of a packet, or where it goes on: rules that name hosts for it tell which hosts matter. */
const decides = ({ do: did }: Action): boolean =>
  did === 'accept' || did === 'return' || did === 'goto' || did === 'jump';

/** Hosts whose packets are walked through the rules for a view. */
export function endsOf(facts: Facts, view: View, family: 4 | 6): Ends[] {
  const any: Ends = { lan: elsewhere(family, 'lan'), far: elsewhere(family, 'far'), from: 'any' };
  if (view.by === 'policy' && facts.ipsec.pairs.length > 0)
    return facts.ipsec.pairs
      .filter(({ lan, far }) => lan.family === family && far.family === family)
      .slice(0, MOST_ENDS)
      .map(({ lan, far }) => ({ lan: oneOf(lan), far: oneOf(far), from: 'policy' as const }));
  const rules = [...facts.ruleset.chains.values()].flat();
  const clamps = rules.filter(isClamp);
  const found: Ends[] = [];
  const addressed = clamps.filter(({ tests }) => tests.some(({ on }) => on === 'from' || on === 'to'));
  for (const rule of addressed) found.push(...endsIn(rule, family, any, 'clamp'));
  if (addressed.length < clamps.length || clamps.length === 0) {
    found.unshift(any);
    for (const rule of rules)
      if (!isClamp(rule) && rule.actions.some(decides)) found.push(...endsIn(rule, family, any, 'rule'));
  }
  const seen = new Set<string>();
  return (found.length > 0 ? found : [any])
    .filter(({ lan, far }) => {
      const key = `${textOfAddress(lan)} ${textOfAddress(far)}`;
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, MOST_ENDS);
}

/** The hosts a rule speaks of, both ways round where it does not say which side is which. */
function endsIn({ tests }: Rule, family: 4 | 6, any: Ends, from: 'clamp' | 'rule'): Ends[] {
  const hosts = (on: 'from' | 'to'): Address[] =>
    tests.flatMap((test) =>
      test.on === on
        ? test.set
            .filter((range) => range.family === family)
            .slice(0, 3)
            .map(oneOf)
        : [],
    );
  const [sources, destinations] = [hosts('from'), hosts('to')];
  if (sources.length + destinations.length === 0) return [];
  const out = tests.some((test) => (test.on === 'out' || (test.on === 'ipsec' && test.way === 'out')) && !test.not);
  const into = tests.some((test) => (test.on === 'in' || (test.on === 'ipsec' && test.way === 'in')) && !test.not);
  const found: Ends[] = [];
  for (const source of sources.length > 0 ? sources : [undefined])
    for (const destination of destinations.length > 0 ? destinations : [undefined]) {
      if (source !== undefined && source.value === destination?.value) continue;
      if (!into || out) found.push({ lan: source ?? any.lan, far: destination ?? any.far, from });
      if (!out || into) found.push({ lan: destination ?? any.lan, far: source ?? any.far, from });
    }
  return found;
}

import { textOfAddress } from '../addresses.js';
import { type Facts, languageOfRules } from '../facts.js';
import { type Crossing, endsText, wouldClamp } from '../fates.js';
import { crossingText, type Group, type Judged, pairings, wayThrough, wayThroughWan } from '../judged.js';
import { styleOf } from '../profile.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule, Test } from '../ruleset.js';
import type { View } from '../views.js';

function fixFor(facts: Facts, { by, name }: View, missing: 'in' | 'out'): string {
  const format = languageOfRules(facts);
  const tie = (routeros: string, iptables: string, nft: string): string =>
    `the same rule once more with ${format === 'routeros' ? routeros : format === 'iptables' ? `${iptables} in FORWARD` : nft}`;
  if (by === 'policy')
    return tie(
      `ipsec-policy=${missing},ipsec`,
      `-m policy --dir ${missing} --pol ipsec`,
      missing === 'in' ? 'meta ipsec exists' : 'rt ipsec exists',
    );
  if (by === 'interface')
    return tie(
      `${missing}-interface=${name}`,
      `-${missing === 'in' ? 'i' : 'o'} ${name}`,
      `${missing === 'in' ? 'iifname' : 'oifname'} "${name}"`,
    );
  return 'the same rule once more with source and destination the other way round';
}

const lowered = ({ fate }: Crossing): boolean => fate.state === 'clamped';
const bare = ({ fate }: Crossing): boolean => fate.state === 'untouched';

/** Two clamps whose addresses are turned round though both are for the same direction: one of them never matches. */
function repeated(rules: readonly Rule[], clamp: Rule): Rule | undefined {
  const of = ({ tests }: Rule, on: Test['on']): string =>
    JSON.stringify(
      tests.filter((test) => test.on === on).map((test) => ({ ...test, on: '' })),
      (_, value) => (typeof value === 'bigint' ? String(value) : value),
    );
  if (of(clamp, 'ipsec') === '[]' || (of(clamp, 'from') === '[]' && of(clamp, 'to') === '[]')) return undefined;
  return rules.find(
    (other) =>
      other !== clamp &&
      of(other, 'ipsec') === of(clamp, 'ipsec') &&
      of(other, 'from') === of(clamp, 'to') &&
      of(other, 'to') === of(clamp, 'from'),
  );
}

const said = (format: string, direction: 'in' | 'out'): string =>
  format === 'routeros'
    ? `ipsec-policy=${direction},ipsec`
    : format === 'iptables'
      ? `--dir ${direction}`
      : direction === 'in'
        ? 'meta ipsec exists'
        : 'rt ipsec exists';

function check(judged: Judged, group: Group): LintFinding[] {
  const { facts, profile, walker, rules } = judged;
  const { view } = group;
  const style = styleOf(profile);
  const clamps = rules.map(({ rule }) => rule).filter(({ actions }) => actions.some(({ do: did }) => did === 'clamp'));
  const findings = new Map<number, LintFinding>();
  for (const crossings of pairings(group)) {
    if (crossings.some(({ fate }) => fate.state === 'stopped')) continue;
    for (const missing of ['in', 'out'] as const) {
      const there = crossings.filter((crossing) => crossing.way === missing);
      const other = crossings.filter((crossing) => crossing.way !== missing);
      if (there.length === 0 || !there.every(bare) || !other.some(lowered)) continue;
      const clamped = other.find(lowered) as Crossing & {
        readonly fate: { readonly state: 'clamped'; readonly by: Rule };
      };
      const clamp = clamped.fate.by;
      if (findings.has(clamp.line)) continue;
      const pmtu = there.some(({ fate }) => fate.state === 'untouched' && fate.pmtu !== undefined);
      if (pmtu) continue;
      // Said by policy-match-on-interface.
      if (
        view.by === 'interface' &&
        (style === 'xfrm' || style === 'vti' || style === 'libipsec') &&
        wouldClamp(walker, there[0] as Crossing, ['ipsec'])
      )
        continue;
      const twin = repeated(clamps, clamp);
      const first = twin && twin.line < clamp.line ? twin : clamp;
      const second = twin && twin.line < clamp.line ? clamp : twin;
      if (second && first !== second) {
        const direction = missing === 'in' ? 'out' : 'in';
        const says = `lines ${first.line} and ${second.line} turn the addresses round but both say ${said(languageOfRules(facts), direction)}: one of them never matches and its direction is not clamped`;
        findings.set(
          second.line,
          findingAt(
            placeOf(second),
            'return-rule-repeats',
            'problem',
            says,
            `${said(languageOfRules(facts), missing)} on the one whose ${missing === 'out' ? 'destination' : 'source'} is the far side`,
            placeOf(first),
          ),
        );
        findings.set(first.line, findings.get(second.line) as LintFinding);
        continue;
      }
      const hosts = view.by === 'networks' || view.by === 'anything';
      const { ends } = clamped;
      const [from, to] = missing === 'in' ? [ends.lan, ends.far] : [ends.far, ends.lan];
      const covered = hosts
        ? `from ${textOfAddress(from)} to ${textOfAddress(to)}`
        : (view.role === 'wan' ? wayThroughWan : wayThrough)[missing === 'in' ? 'out' : 'in'];
      const problem =
        clamped.sure &&
        (there[0] as Crossing).sure &&
        view.role !== 'wan' &&
        (!hosts || view.ofProfile) &&
        !(view.by === 'interface' && !view.known && !tunnelish(view));
      findings.set(
        clamp.line,
        findingAt(
          placeOf(clamp),
          'one-direction-clamp',
          problem ? 'problem' : 'warning',
          `the clamp covers ${covered} only: ${hosts ? 'what the other side offers passes as it is' : `${missing === 'in' ? 'what this side sends' : 'what the far side sends'} stays too large`}`,
          fixFor(facts, view, missing),
        ),
      );
    }
  }
  return [...new Set(findings.values()), ...leftOver(judged, group, findings), ...byPolicy(judged, group)];
}

/** Where policies set the MSS, those of the same tunnel that accept connections and set none. */
function byPolicy({ facts: { plainPolicies = [] } }: Judged, { view: { name = '' }, crossings }: Group): LintFinding[] {
  const clamped = crossings.find(lowered);
  const mss = clamped?.fate.state === 'clamped' ? clamped.fate.to : '';
  return plainPolicies.flatMap((policy) => {
    const [opened, who] = policy.from.includes(name)
      ? (['far', 'the far side'] as const)
      : (['lan', 'this side'] as const);
    if (!clamped || !(opened === 'far' || policy.to.includes(name))) return [];
    if (!crossings.some((crossing) => crossing.opened === opened && bare(crossing))) return [];
    const says = `connections that ${who} opens by this policy meet no clamp: another policy of ${name} has one`;
    const fix = `set tcp-mss-sender ${mss} and set tcp-mss-receiver ${mss} here as well`;
    return [findingAt(policy, 'one-direction-clamp', 'warning', says, fix)];
  });
}

/** Packets that pass as offered beside others that are clamped, for a reason that no other rule names. */
function leftOver({ walker }: Judged, group: Group, said: ReadonlyMap<number, LintFinding>): LintFinding[] {
  if (said.size > 0) return [];
  for (const crossings of pairings(group)) {
    const clamped = crossings.find(lowered);
    const missed = crossings.find((crossing) => bare(crossing) && crossing.sure);
    if (!clamped || !missed || clamped.fate.state !== 'clamped') continue;
    if (missed.fate.state === 'untouched' && missed.fate.pmtu) continue;
    // Said by syn-misses-syn-ack and policy-match-on-interface.
    if (wouldClamp(walker, missed, ['flags', 'state', 'reply', 'ipsec'])) continue;
    const what = crossingText(missed, endsText);
    const says = `${what} meets no clamp, other packets of the same hosts do: its MSS stays as offered`;
    return [
      findingAt(placeOf(clamped.fate.by), 'one-direction-clamp', 'warning', says, 'a rule that takes this packet too'),
    ];
  }
  return [];
}

/** Interfaces that are neither declared nor named like a tunnel may be links of any kind. */
const tunnelish = ({ name = '' }: View): boolean =>
  /^(ipsec|xfrm|vti|ip_vti|wg|st0|gre|tun|wireguard|sec)\d*/i.test(name);

export const oneDirectionClamp: LintRule = {
  code: 'one-direction-clamp',
  summary: 'only one direction of the tunnel is clamped',
  check: (judged) => judged.groups.flatMap((group) => check(judged, group)),
};

export const returnRuleRepeats: LintRule = {
  code: 'return-rule-repeats',
  summary: 'the return rule repeats the direction of the first one',
  // Found on the way of one-direction-clamp, which it explains.
  check: () => [],
};

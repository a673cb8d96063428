import { type Place, place } from '../facts.js';
import { wouldClamp } from '../fates.js';
import { type Group, type Judged, untouched } from '../judged.js';
import { portClamps } from '../port-clamps.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import { isClamp } from '../ruleset.js';

/** A number below this is meant for a tunnel: PPPoE's own are 1452 and 1432. */
const TUNNEL_NUMBER = 1432;

/** Clamps on the interface towards the Internet with a number that only a tunnel needs. */
export function clampsOnWan({ rules, wan }: Judged): Place[] {
  return rules
    .filter(({ rule, hooks }) => {
      const named = rule.tests.flatMap((test) =>
        (test.on === 'in' || test.on === 'out') && !test.not ? test.names : [],
      );
      return (
        hooks.includes('forward') &&
        named.length > 0 &&
        named.every((name) => wan.includes(name)) &&
        rule.actions.some((action) => action.do === 'clamp' && action.to !== 'pmtu' && action.to < TUNNEL_NUMBER)
      );
    })
    .map(({ rule }) => placeOf(rule));
}

/** The box lowers the MSS itself on the interface of this tunnel. */
const clampsItself = ({ facts, profile }: Judged, { view }: Group): boolean => {
  const own = facts.devices.filter(({ name, kind }) =>
    view.name === undefined ? kind !== 'pppoe' && kind !== 'link' : name === view.name,
  );
  return (
    view.by === 'interface' &&
    own.length > 0 &&
    own.every((device) => device.clampsItself) &&
    profile.style === undefined
  );
};

const where = ({ facts, start }: Judged, { view }: Group): Place => {
  const device = facts.devices.find(({ name }) => name === view.name);
  return view.by === 'policy'
    ? (facts.ipsec.place ?? start)
    : device
      ? place(device.line, device.text)
      : (facts.ipsec.place ?? start);
};

function check(judged: Judged, group: Group): LintFinding[] {
  const { facts, profile, groups, walker } = judged;
  const { view } = group;
  const shown =
    facts.hasFirewall || facts.devices.length > 0 || (facts.format === 'routeros' && profile.mss !== undefined);
  const elsewhere = judged.rules.filter(
    ({ rule, hooks }) => isClamp(rule) && hooks.every((hook) => hook === 'input' || hook === 'output'),
  );
  // Clamps of the box's own connections name the tunnel too.
  const named = elsewhere.some(({ rule }) =>
    rule.tests.some((test) => (test.on === 'in' || test.on === 'out') && test.names.includes(view.name ?? '')),
  );
  const partly = portClamps(judged, group);
  if (
    !(view.known || named || partly) ||
    view.role === 'wan' ||
    !shown ||
    !untouched(group) ||
    clampsItself(judged, group)
  )
    return [];
  // One IP version clamped and the other not is missing-ipv6-twin.
  if (
    group.family === 6 &&
    groups.some((other) => other.view === view && other.family === 4 && other.crossings.length > 0)
  )
    return [];
  if (view.by === 'interface' && clampsOnWan(judged).length > 0) return [];
  const untied = group.crossings.some(
    ({ fate }) =>
      fate.state === 'untouched' &&
      fate.pmtu !== undefined &&
      !fate.pmtu.tests.some(({ on }) => on === 'in' || on === 'out'),
  );
  if (
    untied ||
    group.crossings.some((crossing) => wouldClamp(walker, crossing, ['flags']) && !wouldClamp(walker, crossing, []))
  )
    return [];
  const described = view.ofProfile && profile.mss !== undefined;
  const severity = described && facts.hasFirewall ? 'problem' : 'warning';
  const at = where(judged, group);
  const what =
    view.by === 'policy'
      ? 'IPsec passes this firewall'
      : view.name === undefined
        ? 'the tunnel passes this firewall'
        : `${view.name} is a tunnel`;
  const local = elsewhere.length > 0 ? ' (the clamps in input and output see the box itself alone)' : '';
  const rest = facts.hasFirewall ? '' : ' in what this file shows';
  if (partly) {
    const [first] = partly.rules;
    return [
      findingAt(
        first ? placeOf(first) : at,
        'no-clamp',
        severity,
        `${what} and its clamp covers TCP ${partly.covers}, and nothing else: all other connections keep their MSS and depend on PTBs (ICMP 3/4, ICMPv6 2)`,
        'the same rules without the port',
        ...partly.rules.slice(1, 3).map(placeOf),
      ),
    ];
  }
  const target = /^(?:routeros|iptables|nftables)$/.test(facts.format) ? facts.format : 'TARGET';
  return [
    findingAt(
      at,
      'no-clamp',
      severity,
      `${what} and nothing lowers the MSS of what it forwards${rest}${local}: TCP depends on PTBs (ICMP 3/4, ICMPv6 2) reaching every host`,
      `mtucalc snippet ${target} with the cipher and WAN of the tunnel`,
      ...elsewhere.slice(0, 2).map(({ rule }) => placeOf(rule)),
    ),
  ];
}

export const noClamp: LintRule = {
  code: 'no-clamp',
  summary: 'a tunnel is there and nothing clamps for it',
  check(judged) {
    const findings = judged.groups.flatMap((group) => check(judged, group));
    const worst = findings.find(({ severity }) => severity === 'problem');
    return worst ? findings.filter(({ severity, line }) => severity === 'problem' || line !== worst.line) : findings;
  },
};

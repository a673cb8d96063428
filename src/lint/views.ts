import { type Address, elsewhere, oneOf, textOfAddress } from './addresses.js';
import { type Facts, looksLikeLan, looksLikeTunnel, looksLikeWan } from './facts.js';
import type { Port } from './packet.js';
import { type LintProfile, styleOf } from './profile.js';
import { type Action, isClamp, leadingToClamps, type Rule, type Ruleset, type Test } from './ruleset.js';

/** Two hosts, one on each side. */
export interface Ends {
  readonly lan: Address;
  readonly far: Address;
  /** From a policy of the file, a clamp, a rule that ends a chain, or any two hosts. */
  readonly from: 'policy' | 'clamp' | 'rule' | 'any';
}

/** A tunnel (or link) as the traffic of it meets the rules. */
export interface View {
  readonly by: 'policy' | 'interface' | 'networks' | 'anything';
  /** Interface of the tunnel, for `by: interface`. */
  readonly name?: string | undefined;
  /** The profile is about this one. */
  readonly ofProfile: boolean;
  /** The file or the profile says that there is a tunnel. */
  readonly known: boolean;
  readonly role: 'tunnel' | 'wan';
  readonly lan: readonly Port[];
  readonly far: readonly Port[];
  /** Where nothing passes between the tunnel and a LAN: the Internet is the other side (a road warrior's way out). */
  readonly exits?: readonly Port[];
  /** Packets out of the tunnel carry a mark of IPsec (xfrm and VTI interfaces do, WireGuard's do not). */
  readonly ipsecIn: boolean;
}

const ends = ({ do: did }: Action): boolean => did === 'accept' || did === 'return' || did === 'goto' || did === 'jump';
const namesOf = (tests: readonly Test[], on: 'in' | 'out'): string[] =>
  tests.flatMap((test) => (test.on === on && !test.not ? test.names.map(example) : []));

/** An interface that a pattern stands for: ppp* -> ppp0. */
const example = (name: string): string => (name.endsWith('*') ? `${name.slice(0, -1)}0` : name);

const MOST_PORTS = 5;
const MOST_ENDS = 24;
/** Tunnels and links that are told apart. */
export const MOST_VIEWS = 32;

/** Interface names that rules name, in their order. */
export function namedInterfaces(ruleset: Ruleset): string[] {
  const names = new Set<string>();
  for (const rules of ruleset.chains.values())
    for (const { tests } of rules)
      for (const test of tests)
        if (test.on === 'in' || test.on === 'out')
          for (const name of test.names) if (!name.endsWith('*')) names.add(name);
  return [...names];
}

/** Interfaces towards the Internet: declared, or carrying source NAT without being a tunnel. */
export function wanNames(facts: Facts, { wanIf, tunnelIf }: LintProfile): string[] {
  const tunnels = new Set([...tunnelDevices(facts), ...(tunnelIf === undefined ? [] : [tunnelIf])]);
  return [...new Set([...(wanIf === undefined ? [] : [wanIf]), ...facts.wanNames])].filter(
    (name) => !tunnels.has(name) && (name === wanIf || !looksLikeTunnel(name)),
  );
}

const tunnelDevices = ({ devices }: Facts): string[] =>
  devices.filter(({ kind }) => kind !== 'pppoe' && kind !== 'link').map(({ name }) => name);

/** The tunnels that the profile and the file speak of, and what clamps of the file are tied to. */
export function viewsOf(facts: Facts, profile: LintProfile): View[] {
  const { ruleset, ipsec } = facts;
  const style = styleOf(profile);
  const named = namedInterfaces(ruleset);
  const wan = wanNames(facts, profile);
  const declared = tunnelDevices(facts);
  const clamps = [...ruleset.chains.values()].flat().filter(isClamp);
  const tied = [...new Set(tiedInterfaces(ruleset))];
  const isWan = (name: string): boolean => wan.includes(name) || (looksLikeWan(name) && !declared.includes(name));
  const isTunnel = (name: string): boolean =>
    declared.includes(name) || name === profile.tunnelIf || (looksLikeTunnel(name) && !wan.includes(name));
  const lan: Port[] = [
    { role: 'lan' },
    ...named
      .filter((name) => !isWan(name) && !isTunnel(name))
      .slice(0, MOST_PORTS)
      .map((name) => ({ name, role: 'lan' as const })),
  ];
  const wanPorts: Port[] = [
    ...[...new Set([...wan, ...named.filter((name) => !looksLikeLan(name) && !isTunnel(name))])]
      .slice(0, MOST_PORTS)
      .map((name) => ({ name, role: 'wan' as const })),
    { role: 'wan' },
  ];
  const views: View[] = [];
  const policyView = (ofProfile: boolean): View => ({
    by: 'policy',
    ofProfile,
    known: true,
    role: 'tunnel',
    lan,
    far: wanPorts,
    ipsecIn: true,
  });
  const marksIpsec = (name: string | undefined): boolean =>
    style === 'xfrm' || style === 'vti' || (style === undefined && /^(ipsec|xfrm|vti|ip_vti)/i.test(name ?? ''));
  const interfaceView = (
    name: string | undefined,
    ofProfile: boolean,
    known: boolean,
    role: 'tunnel' | 'wan' = 'tunnel',
  ): View => ({
    by: 'interface',
    name,
    ofProfile,
    known,
    role,
    lan: lan.filter((port) => port.name === undefined || port.name !== name),
    exits: wanPorts,
    far: [{ ...(name === undefined ? {} : { name }), role }],
    ipsecIn: marksIpsec(name),
  });
  // The IPsec of a file without policies is its interfaces: VTIs, FortiOS, Junos.
  const routed = profile.style || ipsec.byPolicy ? [] : facts.devices.filter(({ kind }) => kind === 'ipsec');
  const own = routed.map(({ name }) => interfaceView(name, true, true));
  if (style === 'policy') views.push(...(own.length > 0 ? own : [policyView(true)]));
  if (style !== undefined && style !== 'policy') {
    const own =
      profile.tunnelIf === undefined
        ? profileInterfaces(
            facts,
            profile,
            tied.filter((name) => !isWan(name)),
          )
        : [profile.tunnelIf];
    for (const name of own.length > 0 ? own : [undefined]) views.push(interfaceView(name, true, true));
  }
  if (style === undefined && profile.tunnelIf !== undefined) views.push(interfaceView(profile.tunnelIf, true, true));
  if (style === undefined && ipsec.byPolicy)
    views.push(policyView(profile.mss !== undefined && profile.tunnelIf === undefined));
  // Rules that forward for an interface with a tunnel's name, in a file without any clamp.
  const shown = clamps.length === 0 && views.length === 0 && facts.couldClamp ? named.filter(isTunnel).slice(0, 4) : [];
  for (const name of [...declared, ...shown])
    if (!views.some((view) => view.name === name)) views.push(interfaceView(name, false, true));
  for (const name of tied) {
    if (views.some((view) => view.name === name)) continue;
    const role = isWan(name) ? 'wan' : 'tunnel';
    // With policies an interface that is no tunnel's is one of the two sides.
    if (role === 'tunnel' && !isTunnel(name) && views.some(({ by }) => by === 'policy')) continue;
    if (named.length > 0) views.push(interfaceView(name, false, false, role));
  }
  if (
    !views.some(({ by }) => by === 'policy') &&
    clamps.some(({ tests }) => tests.some((test) => test.on === 'ipsec')) &&
    style === undefined
  )
    views.push(policyView(profile.mss !== undefined));
  const untied = clamps.filter(({ tests }) => !tests.some(({ on }) => on === 'in' || on === 'out' || on === 'ipsec'));
  const byNetworks =
    untied.length > 0 && untied.every(({ tests }) => tests.some(({ on }) => on === 'from' || on === 'to'));
  const seen = named.filter(isTunnel);
  if (untied.length > 0 && views.length === 0)
    views.push({
      by: byNetworks ? 'networks' : 'anything',
      ofProfile: profile.mss !== undefined,
      known: false,
      role: 'tunnel',
      lan,
      far: [
        { role: 'tunnel' },
        ...seen.slice(0, MOST_PORTS).map((name) => ({ name, role: 'tunnel' as const })),
        ...(seen.length === 0 ? wanPorts : []),
      ],
      ipsecIn: false,
    });
  return views;
}

/** Interfaces that are of the kind of tunnel the profile describes. */
function profileInterfaces({ devices }: Facts, { layers = [] }: LintProfile, tied: readonly string[]): string[] {
  const of = (kind: string): boolean =>
    kind === 'wireguard'
      ? layers.includes('WireGuard')
      : kind === 'gre'
        ? layers.includes('GRE')
        : layers.some((layer) => layer.toLowerCase().startsWith(kind));
  const own = devices.filter(({ kind }) => of(kind)).map(({ name }) => name);
  if (own.length > 0) return own;
  const likely = tied.filter(looksLikeTunnel);
  return likely.length > 0 ? likely : [...tied];
}

/** Interfaces that clamps are tied to, by themselves or by the jump that leads to them. */
const tiedInterfaces = (ruleset: Ruleset): string[] =>
  [...leadingToClamps(ruleset)].flatMap(({ tests }) => {
    const [into, out] = [namesOf(tests, 'in'), namesOf(tests, 'out')];
    // A rule that names both has the LAN on one side.
    return into.length > 0 && out.length > 0
      ? [...into, ...out].filter((name) => looksLikeTunnel(name) || looksLikeWan(name))
      : [...into, ...out];
  });

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
      if (!isClamp(rule) && rule.actions.some(ends)) found.push(...endsIn(rule, family, any, 'rule'));
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

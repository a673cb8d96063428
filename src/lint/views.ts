import type { Facts } from './facts.js';
import { profileInterfaces } from './interface-names.js';
import type { Port } from './packet.js';
import { type LintProfile, styleOf } from './profile.js';
import { isClamp, type Rule } from './ruleset.js';
import { portsOf, type Sides, sidesOf } from './sides.js';

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

/** Tunnels and links that are told apart. */
export const MOST_VIEWS = 32;
/** Interfaces with a tunnel's name that are looked at where nothing else says that there is one. */
const MOST_SHOWN = 4;

/** The tunnels that the profile and the file speak of, and what clamps of the file are tied to. */
export function viewsOf(facts: Facts, profile: LintProfile): View[] {
  const sides = sidesOf(facts, profile);
  const clamps = [...facts.ruleset.chains.values()].flat().filter(isClamp);
  const views = saidViews(facts, profile, sides);
  const isThere = (name: string): boolean => views.some((view) => view.name === name);
  // Rules that forward for an interface with a tunnel's name, in a file without any clamp.
  const shown = clamps.length === 0 && views.length === 0 && facts.couldClamp ? sides.named.filter(sides.isTunnel) : [];
  for (const name of [...sides.declared, ...shown.slice(0, MOST_SHOWN)])
    if (!isThere(name)) views.push(interfaceView(sides, profile, { name, ofProfile: false, known: true }));
  for (const name of sides.tied) {
    if (isThere(name)) continue;
    const role = sides.isWan(name) ? 'wan' : 'tunnel';
    // With policies an interface that is no tunnel's is one of the two sides.
    if (role === 'tunnel' && !sides.isTunnel(name) && views.some(({ by }) => by === 'policy')) continue;
    if (sides.named.length > 0)
      views.push(interfaceView(sides, profile, { name, ofProfile: false, known: false, role }));
  }
  const matchesIpsec = clamps.some(({ tests }) => tests.some(({ on }) => on === 'ipsec'));
  if (matchesIpsec && styleOf(profile) === undefined && !views.some(({ by }) => by === 'policy'))
    views.push(policyView(sides, profile.mss !== undefined));
  return views.length > 0 ? views : untiedViews(sides, profile, clamps);
}

/** The tunnel that the options describe, and what policies of the file show. */
function saidViews(facts: Facts, profile: LintProfile, sides: Sides): View[] {
  const style = styleOf(profile);
  const own = (name: string | undefined): View => interfaceView(sides, profile, { name, ofProfile: true, known: true });
  const { tunnelIf } = profile;
  if (style === 'policy') {
    // The IPsec of a file without policies is its interfaces: VTIs, FortiOS, Junos.
    const routed = profile.style || facts.ipsec.byPolicy ? [] : facts.devices.filter(({ kind }) => kind === 'ipsec');
    return routed.length > 0 ? routed.map(({ name }) => own(name)) : [policyView(sides, true)];
  }
  if (style !== undefined) {
    const likely = sides.tied.filter((name) => !sides.isWan(name));
    const names = tunnelIf === undefined ? profileInterfaces(facts, profile, likely) : [tunnelIf];
    return (names.length > 0 ? names : [undefined]).map(own);
  }
  return [
    ...(tunnelIf === undefined ? [] : [own(tunnelIf)]),
    ...(facts.ipsec.byPolicy ? [policyView(sides, profile.mss !== undefined && tunnelIf === undefined)] : []),
  ];
}

const policyView = ({ lan, wan }: Sides, ofProfile: boolean): View => ({
  by: 'policy',
  ofProfile,
  known: true,
  role: 'tunnel',
  lan,
  far: wan,
  ipsecIn: true,
});

function interfaceView(
  { lan, wan }: Sides,
  profile: LintProfile,
  { name, ofProfile, known, role = 'tunnel' }: Pick<View, 'name' | 'ofProfile' | 'known'> & { role?: View['role'] },
): View {
  return {
    by: 'interface',
    name,
    ofProfile,
    known,
    role,
    lan: lan.filter((port) => port.name === undefined || port.name !== name),
    exits: wan,
    far: [{ ...(name === undefined ? {} : { name }), role }],
    ipsecIn: marksIpsec(profile, name),
  };
}

function marksIpsec(profile: LintProfile, name: string | undefined): boolean {
  const style = styleOf(profile);
  return style === 'xfrm' || style === 'vti' || (style === undefined && /^(ipsec|xfrm|vti|ip_vti)/i.test(name ?? ''));
}

/** Clamps that name no interface: for the networks they name, or for all that is forwarded. */
function untiedViews(sides: Sides, profile: LintProfile, clamps: readonly Rule[]): View[] {
  const untied = clamps.filter(({ tests }) => !tests.some(({ on }) => on === 'in' || on === 'out' || on === 'ipsec'));
  if (untied.length === 0) return [];
  const byNetworks = untied.every(({ tests }) => tests.some(({ on }) => on === 'from' || on === 'to'));
  const tunnels = portsOf(sides.named.filter(sides.isTunnel), 'tunnel');
  return [
    {
      by: byNetworks ? 'networks' : 'anything',
      ofProfile: profile.mss !== undefined,
      known: false,
      role: 'tunnel',
      lan: sides.lan,
      far: [{ role: 'tunnel' }, ...tunnels, ...(tunnels.length === 0 ? sides.wan : [])],
      ipsecIn: false,
    },
  ];
}

import { MtucalcError } from '../error.js';
import { calculate } from '../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { findWan } from '../mtu/link.js';
import { cipherText } from '../mtu/proposals.js';
import { chooseLink, type LinkChoice } from './link-choice.js';
import type { Merged } from './merge.js';
import { MTU_FITS, tinyMtu } from './not-plausible.js';
import type { Association, Payload } from './reading.js';
import { type Transform, transformOf } from './transform.js';
import { underlayOf } from './underlay.js';

/** One association with the question it makes and the answer. */
export interface Answered {
  readonly association: Association;
  readonly request: CalcRequest;
  readonly catalogue: Catalogue;
  readonly calculation: Calculation;
  readonly link: LinkChoice | null;
}

/** What each payload is called among the calculator's tunnels. */
const tunnels: Record<Payload, string> = {
  ip: 'ipsec',
  gre: 'gre-ipsec',
  'gre-key': 'dmvpn',
  gretap: 'gretap-ipsec',
  eoip: 'eoip-ipsec',
  ipip: 'ipip-ipsec',
  l2tp: 'l2tp-ipsec',
  vxlan: 'vxlan-ipsec',
  geneve: 'geneve-ipsec',
};

/** The calculator with a memory: a gateway has thousands of SAs and a handful of suites. */
export type Calculator = (request: CalcRequest, catalogue: Catalogue) => Calculation;

export function rememberingCalculator(): Calculator {
  const known = new Map<string, Calculation>();
  return (request, catalogue) => {
    // A suite's text names its rows, those that a device's ICV lengths made among them.
    const key = JSON.stringify({ ...request, cipher: request.cipher && cipherText(request.cipher) });
    const calculation = known.get(key) ?? calculate(request, catalogue);
    known.set(key, calculation);
    return calculation;
  };
}

/**
 * Asks the calculator about one association. Options given on the command line (`overrides`) win over what was read.
 * Null where the transform is missing and was not given.
 * @throws MtucalcError where the calculator refuses: an unknown transform, an impossible MTU.
 */
export function answer(
  association: Association,
  transform: Transform | null,
  merged: Merged,
  overrides: CalcRequest,
  base: Catalogue,
  calculator: Calculator,
  above: readonly string[] = [],
): Answered | null {
  const given: { -readonly [K in keyof CalcRequest]: CalcRequest[K] } = { ...withoutUndefined(overrides) };
  if (transform === null && given.cipher === undefined && given.stack === undefined) return null;
  const inside = insideOf(association, merged, overrides, base, calculator, above);
  if (inside !== null) {
    // What is said of the link holds for the tunnel around this one.
    delete given.linkMtu;
    delete given.wan;
  }
  const said = given.linkMtu !== undefined || given.wan !== undefined;
  const link = said ? null : (inside ?? chooseLink(association, merged.links, merged.defaultDevices));
  if (link !== null && tinyMtu(link.linkMtu))
    throw new MtucalcError(
      'bad-value',
      `link MTU ${link.linkMtu} from ${link.from} is not plausible: ${MTU_FITS}`,
      'is the input cut off there? --link-mtu says what it is',
    );
  const { catalogue, request: asked } = transform ?? { catalogue: base, request: {} };
  const wireguard = association.protocol === 'wireguard';
  const ipsec = association.protocol === 'esp' || association.protocol === 'ah';
  const read: CalcRequest = {
    ...asked,
    ...(given.cipher === undefined ? {} : { cipher: undefined, auth: undefined, ah: undefined }),
    tunnel: association.tunnel ?? (wireguard ? 'wireguard' : tunnels[association.payload]),
    ...outerOf(association, given, base),
    ...(!ipsec ? {} : { mode: association.mode ?? 'tunnel' }),
    ...(!ipsec || association.natT === null || asked.ah ? {} : { natT: association.natT }),
    ...(link === null ? {} : { linkMtu: link.linkMtu }),
  };
  const request = withoutUndefined(
    given.stack === undefined ? { ...read, ...given } : { linkMtu: read.linkMtu, ...given },
  );
  return { association, request, catalogue, calculation: calculator(request, catalogue), link };
}

const DEEPEST = 4;

/**
 * A tunnel inside another tunnel of the paste has that one's MTU for its link, or what fits that one where that is
 * less.
 */
function insideOf(
  association: Association,
  merged: Merged,
  overrides: CalcRequest,
  base: Catalogue,
  calculator: Calculator,
  above: readonly string[],
): LinkChoice | null {
  if (association.pathMtu !== null || above.length > DEEPEST) return null;
  const around = underlayOf(association, merged.links);
  if (!around || around.name === association.interface || above.includes(around.name)) return null;
  const path = [...above, around.name];
  const fits = merged.associations
    .filter((one) => one.interface === around.name && one.kind !== 'sa')
    .slice(0, MOST_AROUND)
    .flatMap((one) => {
      const outside = answer(one, transformOf(one, base), merged, overrides, base, calculator, path);
      return outside ? [outside.calculation.tunnelMtu] : [];
    });
  const linkMtu = Math.min(around.mtu, ...fits);
  const why = linkMtu < around.mtu ? ': what fits it' : '';
  return { linkMtu, name: around.name, from: `${around.name}, which it runs inside of (line ${around.line})${why}` };
}

/** Peers and proposals of the tunnel around that are looked at. */
const MOST_AROUND = 20;

/** A WireGuard peer that is a name, or calls in itself, may come over IPv6: the smaller value is the safe one. */
function outerOf({ protocol, outer }: Association, { wan }: CalcRequest, base: Catalogue): Pick<CalcRequest, 'outer'> {
  if (outer !== null) return { outer };
  return protocol === 'wireguard' && (wan === undefined || findWan(wan, base).carries === undefined)
    ? { outer: 6 }
    : {};
}

/** A request holds only what was said. */
export function withoutUndefined(request: CalcRequest): CalcRequest {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as CalcRequest;
}

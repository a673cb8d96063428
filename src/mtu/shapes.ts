import type { Catalogue, TunnelRow } from './catalogue.js';
import { type EspMode, espLayer } from './esp.js';
import type { Layer } from './layer.js';
import { openvpnLayer, openvpnName } from './openvpn.js';
import { parseSuites } from './proposals.js';
import { buildStack } from './stack.js';
import { type SuiteGroup, suiteGroups } from './suite-groups.js';
import { expandTunnel, isIpsec, isOpenvpn } from './tunnel.js';

/** A tunnel with every choice made, and with all suites of equal lengths: an observer cannot tell them apart. */
export interface Shape {
  readonly tunnel: TunnelRow;
  readonly suites: readonly string[];
  /** Set where ESP is in transport mode with nothing inside, host to host. */
  readonly mode: 'transport' | null;
  readonly natT: boolean | null;
  readonly outer: 4 | 6 | null;
  readonly layers: readonly Layer[];
  /** How often a person meets it, 0 to 20: tunnel and suite. Orders lists only. */
  readonly usual: number;
}

/** Where no suite is chosen nothing makes the stack rarer. */
const NO_SUITE = 10;
const IPV6_OUTSIDE = -3;
/** Two hosts that protect their own packets: no tunnel, and nobody reads its MTU off an interface. */
const BARE_TRANSPORT = -12;
/** CBC suites of OpenVPN that are in use: RouterOS 6, old pfSense. */
const OPENVPN_CBC = ['aes-cbc-sha1', 'aes-cbc-sha256', 'aes-cbc-sha512'];
const OPENVPN_CBC_USUAL = 5;

/** Every stack the catalogue can make of its named tunnels. */
export function shapesOf(catalogue: Catalogue): Shape[] {
  const groups = suiteGroups(catalogue);
  return catalogue.tunnels.flatMap((tunnel) => {
    const outers = tunnel.stack.includes('{outer}') ? ([4, 6] as const) : ([null] as const);
    return outers.flatMap((outer) => {
      const usual = tunnel.usual + (outer === 6 ? IPV6_OUTSIDE : 0);
      if (isIpsec(tunnel)) return ipsecShapes(tunnel, outer, usual, groups, catalogue);
      const choice = { outer: outer ?? 4, natT: false, suite: null, mode: undefined } as const;
      const { layers } = buildStack(expandTunnel(tunnel, choice, catalogue), catalogue);
      const plain = { tunnel, suites: [], mode: null, natT: null, outer, layers, usual: usual + NO_SUITE };
      return isOpenvpn(tunnel) ? [plain, ...openvpnShapes(plain, catalogue)] : [plain];
    });
  });
}

/**
 * One stack is built for each arrangement of headers; the suites take turns in its ESP layer, which is all they change.
 */
function ipsecShapes(
  tunnel: TunnelRow,
  outer: 4 | 6 | null,
  usual: number,
  groups: readonly SuiteGroup[],
  catalogue: Catalogue,
): Shape[] {
  const modes: readonly (EspMode | undefined)[] = tunnel.id === 'ipsec' ? [undefined, 'transport'] : [undefined];
  const sample = groups[0]?.suite ?? null;
  const esps = groups.map(({ suite, names, usual: met }) => ({
    names,
    met,
    layer: espLayer({
      name: 'ESP',
      block: suite?.encr?.block ?? 1,
      iv: suite?.encr?.iv ?? 0,
      icv: (suite?.encr?.icv ?? 0) + (suite?.integ?.icv ?? 0),
      source: '',
    }),
  }));
  return modes.flatMap((mode) =>
    [false, true].flatMap((natT) => {
      const elements = expandTunnel(tunnel, { outer: outer ?? 4, natT, suite: sample, mode }, catalogue);
      const { layers, esp } = buildStack(elements, catalogue);
      return esps.map(({ names, met, layer }) => ({
        tunnel,
        suites: names,
        mode: mode === 'transport' ? ('transport' as const) : null,
        natT,
        outer,
        layers: layers.map((one, index) => (index === esp ? layer : one)),
        usual: usual + met + (mode === 'transport' ? BARE_TRANSPORT : 0),
      }));
    }),
  );
}

function openvpnShapes(plain: Shape, catalogue: Catalogue): Shape[] {
  const over = plain.tunnel.stack.includes('/tcp/') ? 'tcp' : 'udp';
  // IP and UDP or TCP stand before the data channel.
  const [ip, transport, , ...inside] = plain.layers;
  if (!ip || !transport) return [];
  return OPENVPN_CBC.flatMap((text) =>
    parseSuites(text, catalogue).map((suite) => ({
      ...plain,
      suites: [openvpnName(suite)],
      layers: [ip, transport, openvpnLayer(suite, over), ...inside],
      usual: plain.usual - NO_SUITE + OPENVPN_CBC_USUAL,
    })),
  );
}

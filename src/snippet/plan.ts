import { MtucalcError } from '../error.js';
import type { Calculation } from '../mtu/calculation.js';
import { DEFAULT_MSS, MINIMUM_MTU, type Mss } from '../mtu/mss.js';
import { checkedLabel, labelFrom } from './label.js';
import { type Network, parseNetwork } from './network.js';
import { checkClearDf, checkFamilies, checkIfId, checkMode, checkStyle } from './plan-checks.js';
import { isLayer2, kindOfStack, type TunnelKind } from './tunnel-kind.js';

/** How the gateway sees the tunnel; it decides which match works. `none`: an ordinary interface (WireGuard, GRE). */
export type IpsecStyle = 'policy' | 'xfrm' | 'vti' | 'libipsec' | 'none';
export const ipsecStyles = ['policy', 'xfrm', 'vti', 'libipsec'] as const satisfies readonly IpsecStyle[];

/** How IPsec is kept off RouterOS's FastTrack. */
export const fasttrackStyles = ['defconf', 'mark', 'exclude', 'raw'] as const;
export type FasttrackStyle = (typeof fasttrackStyles)[number];

/** What the user says about the boxes, beyond the numbers; everything is optional. */
export interface PlanChoices {
  /** What tags, chains, tables and files are called; by default after the tunnel. */
  readonly name?: string | undefined;
  /** How the gateway does IPsec; unless told as boxes of the target's kind usually do. */
  readonly ipsec?: IpsecStyle | undefined;
  /** Names of interfaces, in the language of the box: the tunnel's own, towards the Internet, towards the hosts. */
  readonly tunnelIf?: string | undefined;
  readonly wanIf?: string | undefined;
  readonly lanIf?: string | undefined;
  /** Networks on both sides of the tunnel, `10.1.0.0/16`, `2001:db8::/32`; an address is a host. */
  readonly localNets?: readonly string[] | undefined;
  readonly remoteNets?: readonly string[] | undefined;
  /** Connection and child of swanctl.conf. */
  readonly conn?: string | undefined;
  readonly child?: string | undefined;
  /** XFRM interface ID, 1 to 4294967295. */
  readonly ifId?: number | undefined;
  /** FortiOS policies, LAN to VPN and back. */
  readonly policyIds?: readonly number[] | undefined;
  readonly fasttrack?: FasttrackStyle | undefined;
  /** nftables: with a flowtable that leaves IPsec alone; OpenWrt: flow offloading off. */
  readonly flowtable?: boolean | undefined;
  /** Clear DF of inner packets, so that they are fragmented instead of refused. */
  readonly clearDf?: boolean | undefined;
  /** False: the outer packet goes without DF, so routers on the way may fragment it. */
  readonly copyDf?: boolean | undefined;
  /** As requested, not as computed: true forces UDP encapsulation. */
  readonly natT?: boolean | undefined;
  /** As requested: the only IP version inside. */
  readonly inner?: 4 | 6 | undefined;
  /** The tunnel's interface as device output names it; --tunnel-if goes before it. */
  readonly readIf?: ReadInterface | undefined;
}

/** An interface found in device output. */
export interface ReadInterface {
  readonly name: string;
  /** Whose names they are. */
  readonly box: 'routeros' | 'linux' | 'cisco' | 'fortios';
}

/** Everything a target needs to write its configuration. All lengths in octets. */
export interface ClampPlan extends Omit<PlanChoices, 'name' | 'ipsec' | 'localNets' | 'remoteNets' | 'inner'> {
  /** Which option gave `tunnelIf`, for messages: of a link without a tunnel it is the link's own interface. */
  readonly tunnelOption: '--tunnel-if' | '--wan-if';
  /** Label of this tunnel: [A-Za-z0-9_-], at most 20. */
  readonly name: string;
  readonly tunnelMtu: number;
  readonly linkMtu: number;
  readonly mss: Mss;
  readonly kind: 'ipsec' | 'wireguard' | 'other';
  /** What the box sees as the tunnel. */
  readonly tunnel: TunnelKind;
  /** IPsec between the hosts themselves, nothing inside: no forwarded packet is in it. */
  readonly transport: boolean;
  /** Carries Ethernet. */
  readonly layer2: boolean;
  readonly outer: 4 | 6;
  readonly style: IpsecStyle;
  /** False where `style` is an assumption. */
  readonly styleSaid: boolean;
  /** IP versions inside the tunnel. */
  readonly families: readonly (4 | 6)[];
  readonly localNets: readonly Network[];
  readonly remoteNets: readonly Network[];
  /** Suite, tunnel and WAN in words. */
  readonly described: string;
  readonly wan: string;
  /** GRE is among the headers. */
  readonly gre: boolean;
  /** What was assumed, and the calculator's warnings. */
  readonly notes: readonly string[];
}

/**
 * The plan a calculation and the user's choices make.
 * @throws MtucalcError for choices that contradict each other or the tunnel.
 */
export function planOf(calculation: Calculation, choices: PlanChoices = {}): ClampPlan {
  const { described, tunnelMtu, linkMtu, mss } = calculation;
  const kind = kindOf(calculation);
  const plain = described.layers.length === 0;
  // A narrow link (PPPoE) wants a clamp too; its interface stands for the tunnel's.
  const tunnelIf = choices.tunnelIf ?? (plain ? choices.wanIf : undefined);
  if (plain && tunnelIf === undefined) {
    throw new MtucalcError(
      'incomplete',
      'there is no tunnel to clamp for',
      'describe one (--cipher aes256-sha256, --tunnel wireguard), or name the interface of the link itself with --wan-if',
    );
  }
  const tunnel = kindOfStack(described.headers, choices.inner === 6 && described.outer === 4);
  const ownInterface = tunnel !== 'ipsec';
  const transport = tunnel === 'ipsec' && /:transport$/.test(described.headers.at(-1) ?? '');
  checkStyle(choices.ipsec, kind === 'ipsec', ownInterface, described.tunnel);
  const notes = [...calculation.assumptions.map(({ says }) => says), ...calculation.warnings.map(({ says }) => says)];
  const style: IpsecStyle = ownInterface ? 'none' : (choices.ipsec ?? (choices.ifId === undefined ? 'policy' : 'xfrm'));
  const styleSaid = choices.ipsec !== undefined || choices.ifId !== undefined;
  if (styleSaid) checkMode(style, transport);
  checkIfId(choices.ifId, style);
  const localNets = (choices.localNets ?? []).map((text) => parseNetwork(text, '--local-net'));
  const remoteNets = (choices.remoteNets ?? []).map((text) => parseNetwork(text, '--remote-net'));
  const families = familiesOf(choices.inner, localNets, remoteNets);
  checkFamilies(families);
  notes.push(...tooSmall(families, tunnelMtu, mss));
  if (choices.clearDf) checkClearDf(families, remoteNets);
  return {
    ...choices,
    name: nameOfTunnel({ ...choices, tunnelIf }, style, tunnel),
    tunnelIf,
    tunnelOption: choices.tunnelIf === undefined && tunnelIf !== undefined ? '--wan-if' : '--tunnel-if',
    tunnelMtu,
    linkMtu,
    mss,
    kind,
    tunnel,
    transport,
    layer2: isLayer2(tunnel),
    outer: described.outer ?? 4,
    style,
    styleSaid,
    families,
    localNets,
    remoteNets,
    described: `${described.suite ? `${described.suite}, ` : ''}${transport ? 'IPsec transport mode' : described.tunnel}${natText(calculation)}, IPv${described.outer ?? 4} outside, over ${described.wan}`,
    wan: described.wan,
    gre: described.headers.includes('gre'),
    notes,
  };
}

/** Numbers below what every host takes. */
const tooSmall = (families: readonly (4 | 6)[], tunnelMtu: number, mss: Mss): string[] => [
  ...(families.includes(6) && tunnelMtu < MINIMUM_MTU[6]
    ? [
        `tunnel MTU ${tunnelMtu} is below the IPv6 minimum ${MINIMUM_MTU[6]} (RFC 8200 section 5): IPv6 inside needs the gateway to fragment outside`,
      ]
    : []),
  ...(families.includes(4) && mss.ipv4 < DEFAULT_MSS[4]
    ? [`MSS ${mss.ipv4} is below TCP's default of ${DEFAULT_MSS[4]} (RFC 9293 section 3.7.1): some stacks refuse it`]
    : []),
];

/** What tells this tunnel from another one on the same box. */
function nameOfTunnel(
  { name, conn, child, tunnelIf, readIf, localNets = [], remoteNets = [] }: PlanChoices,
  style: IpsecStyle,
  tunnel: TunnelKind,
): string {
  if (name !== undefined) return checkedLabel(name);
  if (tunnelIf !== undefined) return labelFrom(tunnelIf);
  if (conn !== undefined) return labelFrom(child === undefined || child === conn ? conn : `${conn}-${child}`);
  if (readIf !== undefined && style !== 'policy') return labelFrom(readIf.name);
  const nets = [remoteNets, localNets].filter((side) => side.length > 0).map((side) => side.join('+'));
  if (nets.length > 0 && style === 'policy')
    return labelFrom(nets.join('-'), (remoteNets[0] ?? localNets[0]) as string);
  return style === 'policy' || style === 'none' ? tunnel : style;
}

const natText = ({ described: { natT } }: Calculation): string =>
  natT === null ? '' : natT ? ' with NAT-T' : ' without NAT-T';

function kindOf({ described: { headers } }: Calculation): ClampPlan['kind'] {
  if (headers.some((header) => /^(?:esp|ah):/.test(header))) return 'ipsec';
  return headers.includes('wireguard') ? 'wireguard' : 'other';
}

/** Without networks both; with them the versions that both sides have. */
function familiesOf(inner: 4 | 6 | undefined, ...sides: readonly (readonly Network[])[]): (4 | 6)[] {
  const said = inner === undefined ? ([4, 6] as const) : [inner];
  return said.filter((family) => sides.every((nets) => nets.length === 0 || nets.some((net) => net.family === family)));
}

import { MtucalcError } from '../error.js';
import type { Calculation } from '../mtu/calculation.js';
import type { Mss } from '../mtu/mss.js';
import { type Network, parseNetwork } from './network.js';

/** How the gateway sees the tunnel; it decides which match works. `none`: an ordinary interface (WireGuard, GRE). */
export type IpsecStyle = 'policy' | 'xfrm' | 'vti' | 'libipsec' | 'none';
export const ipsecStyles = ['policy', 'xfrm', 'vti', 'libipsec'] as const satisfies readonly IpsecStyle[];

/** How IPsec is kept off RouterOS's FastTrack. */
export type FasttrackStyle = 'defconf' | 'mark' | 'raw';
export const fasttrackStyles = ['defconf', 'mark', 'raw'] as const satisfies readonly FasttrackStyle[];

/** What the user says about the boxes, beyond the numbers; everything is optional. */
export interface PlanChoices {
  readonly ipsec?: IpsecStyle | undefined;
  readonly tunnelIf?: string | undefined;
  readonly wanIf?: string | undefined;
  readonly lanIf?: string | undefined;
  readonly localNets?: readonly string[] | undefined;
  readonly remoteNets?: readonly string[] | undefined;
  readonly conn?: string | undefined;
  readonly child?: string | undefined;
  /** XFRM interface ID, 1 to 4294967295. */
  readonly ifId?: number | undefined;
  /** FortiOS policies, LAN to VPN and back. */
  readonly policyIds?: readonly number[] | undefined;
  readonly fasttrack?: FasttrackStyle | undefined;
  readonly flowtable?: boolean | undefined;
  readonly clearDf?: boolean | undefined;
  /** False: the outer packet goes without DF, so routers on the way may fragment it. */
  readonly copyDf?: boolean | undefined;
  /** As requested, not as computed: true forces UDP encapsulation. */
  readonly natT?: boolean | undefined;
  /** As requested: the only IP version inside. */
  readonly inner?: 4 | 6 | undefined;
}

/** Everything a target needs to write its configuration. All lengths in octets. */
export interface ClampPlan extends Omit<PlanChoices, 'ipsec' | 'localNets' | 'remoteNets' | 'inner'> {
  readonly tunnelMtu: number;
  readonly linkMtu: number;
  readonly mss: Mss;
  readonly kind: 'ipsec' | 'wireguard' | 'other';
  readonly style: IpsecStyle;
  /** IP versions inside the tunnel. */
  readonly families: readonly (4 | 6)[];
  readonly localNets: readonly Network[];
  readonly remoteNets: readonly Network[];
  /** Suite, tunnel and WAN in words. */
  readonly described: string;
  readonly wan: string;
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
  // In transport mode the inner header is the host's own, counted outside: no layer of a tunnel.
  const innermost = described.layers.findLast((layer) => !layer.startsWith('own IP')) ?? '';
  const ownInterface = !/^(ESP|AH)\b/.test(innermost);
  if (choices.ipsec !== undefined && kind !== 'ipsec') {
    throw new MtucalcError('impossible', `--ipsec ${choices.ipsec} needs an IPsec tunnel; ${described.tunnel} is none`);
  }
  if (choices.ipsec !== undefined && ownInterface) {
    throw new MtucalcError(
      'impossible',
      `--ipsec ${choices.ipsec} does not apply: ${described.tunnel} has an interface of its own`,
      'leave --ipsec out, --tunnel-if names the interface',
    );
  }
  const notes = [...calculation.assumptions.map(({ says }) => says), ...calculation.warnings.map(({ says }) => says)];
  const style: IpsecStyle = ownInterface ? 'none' : (choices.ipsec ?? (choices.ifId === undefined ? 'policy' : 'xfrm'));
  if (!ownInterface && choices.ipsec === undefined && choices.ifId === undefined) {
    notes.push('policy-based IPsec assumed: no interface of its own (--ipsec xfrm, vti or libipsec if it has one)');
  }
  if (/transport mode$/.test(innermost)) {
    notes.push(
      'transport mode protects the packets of the two hosts themselves: a clamp in the forward path sees none of them, and the kernel knows the MTU of the SA',
    );
  }
  if (
    choices.ifId !== undefined &&
    !(choices.ifId >= 1 && choices.ifId <= 0xffffffff && Number.isInteger(choices.ifId))
  ) {
    throw new MtucalcError('bad-value', `--if-id ${choices.ifId} is outside 1 to 4294967295`);
  }
  if (choices.ifId !== undefined && style !== 'xfrm') {
    throw new MtucalcError('impossible', `--if-id belongs to an xfrm interface, not to --ipsec ${style}`);
  }
  const localNets = (choices.localNets ?? []).map((text) => parseNetwork(text, '--local-net'));
  const remoteNets = (choices.remoteNets ?? []).map((text) => parseNetwork(text, '--remote-net'));
  const families = familiesOf(choices.inner, localNets, remoteNets);
  if (families.length === 0) {
    throw new MtucalcError(
      'impossible',
      'the networks given leave no IP version inside the tunnel',
      '--local-net and --remote-net of the same IP version as each other and as --inner',
    );
  }
  if (families.includes(6) && tunnelMtu < 1280) {
    notes.push(
      `tunnel MTU ${tunnelMtu} is below the IPv6 minimum 1280 (RFC 8200 section 5): IPv6 inside needs the gateway to fragment outside`,
    );
  }
  if (families.includes(4) && mss.ipv4 < 536) {
    notes.push(`MSS ${mss.ipv4} is below TCP's default of 536 (RFC 9293 section 3.7.1): some stacks refuse it`);
  }
  if (choices.clearDf && remoteNets.length === 0) {
    throw new MtucalcError(
      'incomplete',
      'clearing DF without --remote-net would strip it from all traffic',
      'give --remote-net, for example --remote-net 10.2.0.0/24',
    );
  }
  if (choices.clearDf && !families.includes(4)) {
    throw new MtucalcError(
      'impossible',
      'IPv6 has no DF bit: routers never fragment it (RFC 8200 section 5)',
      'leave --clear-df out',
    );
  }
  return {
    ...choices,
    tunnelIf,
    tunnelMtu,
    linkMtu,
    mss,
    kind,
    style,
    families,
    localNets,
    remoteNets,
    described: `${described.suite ? `${described.suite}, ` : ''}${described.tunnel}${natText(calculation)}, IPv${described.outer ?? 4} outside, over ${described.wan}`,
    wan: described.wan,
    gre: described.layers.includes('GRE'),
    notes,
  };
}

const natText = ({ described: { natT } }: Calculation): string =>
  natT === null ? '' : natT ? ' with NAT-T' : ' without NAT-T';

function kindOf({ described: { layers } }: Calculation): ClampPlan['kind'] {
  if (layers.some((layer) => /^(ESP|AH)\b/.test(layer))) return 'ipsec';
  if (layers.includes('WireGuard')) return 'wireguard';
  return 'other';
}

/** Without networks both; with them the versions that both sides have. */
function familiesOf(inner: 4 | 6 | undefined, ...sides: readonly (readonly Network[])[]): (4 | 6)[] {
  const said = inner === undefined ? ([4, 6] as const) : [inner];
  return said.filter((family) => sides.every((nets) => nets.length === 0 || nets.some((net) => net.family === family)));
}

import type { CaptureFacts } from '../facts.js';
import { type FlowFacts, type OddPtb, reverseOf } from '../flow/flow-facts.js';
import { smallestMtu, USEFUL_IPV4_MTU } from '../log/ptb-log.js';
import { hostName } from './elsewhere.js';
import { hopsOf } from './hops.js';
import { isAbout } from './prohibited-signs.js';

/** Ways there and back may differ by so many routers. */
const DETOUR = 2;

/**
 * An MTU that IPv4 allows (RFC 791 3.2, RFC 1191 7.1) and that hardly any link has: what speaks for it, and what
 * against it.
 */
export interface SmallPtb {
  readonly from: string | null;
  /** Reasons to call it false; none: it may be true. */
  readonly against: readonly string[];
  readonly supports: readonly string[];
}

export const isSmall = (family: 4 | 6, mtu: number): boolean =>
  family === 4 && mtu >= smallestMtu(4) && mtu < USEFUL_IPV4_MTU;

export function smallPtb(
  flow: FlowFacts,
  side: 0 | 1,
  { mtu, quoted, largestAfter }: OddPtb,
  capture: CaptureFacts,
): SmallPtb {
  const direction = flow.directions[side];
  const record = capture.ptbs.find((one) => one.mtu === mtu && isAbout(one, direction));
  const against: string[] = [];
  const supports: string[] = [];
  const all = flow.protocol === 'tcp' && direction.acknowledged && direction.outstanding === 0;
  if (all && direction.retransmitted === 0 && direction.deliveredIp >= quoted)
    against.push('what it refuses arrived, and was sent once');
  // Below 552 senders go no lower; what they send then may be cut on the way (net.ipv4.route.min_pmtu).
  if (largestAfter > USEFUL_IPV4_MTU) {
    if (all && direction.deliveredIp >= largestAfter)
      against.push(`packets of ${largestAfter} octets arrive all the same`);
    else supports.push(`the sender went on with up to ${largestAfter} octets, not acknowledged`);
  } else if (largestAfter > 0) supports.push(`the sender followed: at or below ${largestAfter} octets from then on`);
  const away = record ? hopsOf(record.ttl, capture) : null;
  const peer = hopsOf(reverseOf(flow, side).synTtl, capture);
  if (record && away !== null && peer !== null) {
    const far = `${record.from} is ${away} hops away by its TTL of ${record.ttl}, ${hostName(direction.to)} ${peer}`;
    if (away > peer + DETOUR) against.push(`${far}: it is not on the path`);
    else supports.push(`${far}: it may be on the path`);
  }
  return { from: record?.from ?? null, against, supports };
}

import { fixedHeaders } from '../../mtu/mss.js';
import type { CaptureFacts } from '../facts.js';
import { type DirectionFacts, type FlowFacts, type GapFacts, reverseOf } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { arrivedElsewhere } from './elsewhere.js';
import { telling } from './silence.js';

/** Data that a receiver waits for: seen from its side, where what vanished is not in the capture. */
export interface HoleSigns {
  readonly gap: GapFacts;
  /** Whole IP packet that is missing: a full segment, or all that is missing where that is less. */
  readonly missing: number;
  readonly waited: number;
  readonly sender: DirectionFacts;
  readonly receiver: DirectionFacts;
}

/** A packet as large as this share of a full one counts as one: timestamps and odd options take some. */
const NEARLY = 0.95;

/**
 * The size that is missing decides: full segments never come, while what is smaller arrives behind them. Held by time,
 * or by the receiver's own word (RFC 2018) where nothing of that size ever came to it.
 */
export function holeSigns(flow: FlowFacts, side: 0 | 1, capture: CaptureFacts): HoleSigns | undefined {
  const sender = flow.directions[side];
  const receiver = reverseOf(flow, side);
  const { gap, run } = sender;
  if (!gap || run || receiver.mss === null || receiver.packets === 0 || !sender.acknowledged) return undefined;
  if (sender.merged || sender.ptb || sender.oddPtb) return undefined;
  const fixed = fixedHeaders(flow.family);
  // A sender keeps to the lower of both announcements: its own link takes no more.
  const missing = Math.min(gap.octets, receiver.mss, sender.mss ?? receiver.mss) + fixed;
  if (missing <= SMALL_PACKET) return undefined;
  const full = missing * NEARLY;
  if (Math.max(gap.behindIp, sender.deliveredIp, sender.largestIp) >= full) return undefined;
  // Behind it come packets as large as any before, which arrived: what is missing was hardly larger.
  if (isUsual(gap, sender)) return undefined;
  if (arrivedElsewhere(capture, flow, sender, gap.start) >= full) return undefined;
  const quiet = flow.quiet?.seconds ?? 0;
  const waited = Math.max(gap.seconds, gap.seconds < telling(flow) ? quiet : 0);
  // RFC 5681 4.2: what comes behind a hole is acknowledged at once, by blocks where they are agreed upon.
  const agreed = sender.sackPermitted && receiver.sackPermitted;
  const reported = agreed ? (receiver.sack?.blocks ?? 0) > 0 : sender.echoed && gap.behind > 0;
  if (waited < telling(flow) && !reported) return undefined;
  return { gap, missing, waited, sender, receiver };
}

/** An application's own size, or a clamp's behind this point: no loss by size, whatever the MSS allows. */
const isUsual = ({ behindIp, frame }: GapFacts, { largestIp, largestFrame }: DirectionFacts): boolean =>
  behindIp > SMALL_PACKET && behindIp >= largestIp * NEARLY && largestFrame < frame;

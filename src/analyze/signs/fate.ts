import type { DirectionFacts, FlowFacts } from '../flow/flow-facts.js';
import { MOST_REQUEST } from '../flow/sizes.js';
import { isFresh } from '../flow/ttl.js';
import { SUSPECT_TIMEOUTS } from './black-hole-signs.js';
import { telling } from './silence.js';

/**
 * What became of a flow as far as the capture shows: all its data arrived, it is stuck at its end, it stood still and
 * went on, or nothing proves either.
 */
export type Fate = 'delivered' | 'stuck' | 'healed' | 'unproven';

export function fateOf(flow: FlowFacts): Fate {
  const [a, b] = flow.directions;
  if (flow.protocol === 'udp') return udpFate(a, b);
  if (isStuck(flow, a, b) || isStuck(flow, b, a) || isMute(flow)) return 'stuck';
  if (a.stall || b.stall || a.late || b.late) return 'healed';
  const sent = flow.directions.filter(({ segments }) => segments > 0);
  const all =
    sent.length > 0 && sent.every(({ acknowledged, outstanding, gap }) => acknowledged && outstanding === 0 && !gap);
  return all && a.packets > 0 && b.packets > 0 ? 'delivered' : 'unproven';
}

/** A segment sent again after each timeout, or data that is waited for: until the end. */
function isStuck(flow: FlowFacts, direction: DirectionFacts, back: DirectionFacts): boolean {
  const { run, gap } = direction;
  if (run && run.count >= SUSPECT_TIMEOUTS) return true;
  if (!gap || back.packets === 0 || !direction.acknowledged) return false;
  return gap.seconds >= telling(flow) || (gap.behind === 0 && (flow.quiet?.seconds ?? 0) >= telling(flow));
}

/** A request was acknowledged, and then nothing came, for long: until the end, or until the one that asked gave up. */
export function isMute(flow: FlowFacts): boolean {
  const [a, b] = flow.directions;
  if (flow.protocol !== 'tcp' || flow.client === null || a.mss === null || b.mss === null) return false;
  if (a.segments > 0 === b.segments > 0) return false;
  const [asked, answer] = a.segments > 0 ? [a, b] : [b, a];
  if (asked.outstanding > 0 || asked.gap || !asked.acknowledged) return false;
  if (asked.octets > MOST_REQUEST) return false;
  if (answer.finished && !asked.finished) return false;
  return isSilent(flow);
}

/** Nothing came for long: until the end, or until somebody gave up. */
function isSilent(flow: FlowFacts): boolean {
  const over = flow.directions.some(({ reset, finished }) => reset || finished);
  if (over && !flow.quiet) return false;
  return Math.max(flow.idle, flow.quiet?.seconds ?? 0) >= telling(flow);
}

/**
 * A handshake and nothing behind it, with the client behind a router: that it sent nothing (a browser's spare
 * connection) or that it was lost before it got here looks the same.
 */
export function isUnheard(flow: FlowFacts): boolean {
  const [a, b] = flow.directions;
  if (flow.protocol !== 'tcp' || flow.client === null || a.mss === null || b.mss === null) return false;
  if (a.segments > 0 || b.segments > 0 || a.gap || b.gap) return false;
  return !isFresh(flow.directions[flow.client].synTtl) && isSilent(flow);
}

function udpFate(a: DirectionFacts, b: DirectionFacts): Fate {
  const asked = [a, b].flatMap((one) => one.asked ?? []);
  if (asked.some(({ answered, unanswered }) => unanswered.large > 1 && answered.large === 0)) return 'stuck';
  return asked.some(({ answered }) => answered.large + answered.small > 0) ? 'delivered' : 'unproven';
}

import { type Detector, duration, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { type DirectionFacts, type FlowFacts, reverseOf } from '../flow/flow-facts.js';
import { boundBetween } from '../flow/path-bounds.js';
import { arrivedElsewhere, hostName } from '../signs/elsewhere.js';
import { explainsStandstill } from '../signs/explained.js';
import { fateOf, isMute, isUnheard } from '../signs/fate.js';
import { peerGoneSigns } from '../signs/peer-gone-signs.js';
import { prohibited } from '../signs/prohibited-signs.js';

/** A connection that stands still at its end for a reason that this capture does not show: it is named, and no all-clear is given. */
export const stuck: Detector = {
  id: 'stuck',
  capture(capture, found) {
    if (explainsStandstill(found)) return [];
    return capture.flows.flatMap((flow) => {
      if (flow.protocol !== 'tcp') return [];
      if (fateOf(flow) === 'stuck') return ([0, 1] as const).flatMap((side) => sayOf(flow, side, capture));
      return isUnheard(flow) && !isKnown(flow, capture) ? [unheard(flow)] : [];
    });
  },
};

function sayOf(flow: FlowFacts, side: 0 | 1, capture: CaptureFacts) {
  const direction = flow.directions[side];
  const back = reverseOf(flow, side);
  const { run, gap } = direction;
  const ends = `${direction.from} -> ${direction.to}`;
  if (run && (prohibited(capture, direction, run.ip) || peerGoneSigns(flow, side, capture))) return [];
  if (run && run.count > 1) return [stuckRun(flow, direction, back, capture)];
  if (gap && back.packets > 0) {
    return [
      finding(
        'inconclusive',
        'info',
        `${ends}: ${plural(gap.octets, 'octet')} of data are missing and never came until the end` +
          `${gap.seconds > 0 ? `, ${duration(gap.seconds)} later` : ''}: the transfer is stuck, why is not in this capture.`,
        [inFrame(gap.octets, gap.frame, 'octets missing before this sequence number')],
        'capture at the sender, or on both sides of the gateway (--before, --after)',
      ),
    ];
  }
  if (!isMute(flow) || direction.segments === 0) return [];
  return [
    finding(
      'inconclusive',
      'info',
      `${ends}: the handshake and ${direction.octets} octets of data passed, then nothing more came ` +
        `either way for ${duration(Math.max(flow.idle, flow.quiet?.seconds ?? 0))}: whether something large was lost is not in this capture.`,
      [{ value: direction.largestIp, from: 'largest packet of the connection' }],
      'capture at the other end, or on both sides of the gateway (--before, --after)',
    ),
  ];
}

/** Whether any data is known to have arrived between the two hosts: then a spare connection of theirs is no riddle. */
function isKnown({ directions }: FlowFacts, { paths }: CaptureFacts): boolean {
  const [one, other] = [hostName(directions[0].from), hostName(directions[0].to)];
  return (boundBetween(paths, one, other) ?? boundBetween(paths, other, one)) !== undefined;
}

function unheard(flow: FlowFacts) {
  const { from, to, mss, mssFrame } = flow.directions[flow.client ?? 0];
  return finding(
    'inconclusive',
    'info',
    `${from} -> ${to}: the handshake passed, then nothing for ${duration(Math.max(flow.idle, flow.quiet?.seconds ?? 0))}, and of these two ` +
      'hosts nothing else is here: a connection that was not used, or its first data was lost before this point.',
    [inFrame(mss ?? 0, mssFrame, 'MSS option')],
    `capture at ${hostName(from)} as well`,
  );
}

function stuckRun(flow: FlowFacts, direction: DirectionFacts, back: DirectionFacts, capture: CaptureFacts) {
  const run = direction.run!;
  const larger = Math.max(direction.deliveredIp, arrivedElsewhere(capture, flow, direction, run.start));
  const why = back.zeroWindow
    ? 'the receiver has shut its window'
    : larger > run.ip
      ? `packets of ${larger} octets arrive between the same hosts: no matter of size, rather a filter that looks inside`
      : larger === run.ip
        ? 'others of that size arrived between the same hosts: whether the path or the peer changed is not in this capture'
        : 'whether its size is the reason is not in this capture';
  return finding(
    'inconclusive',
    'info',
    `${direction.from} -> ${direction.to} is stuck: a ${run.ip}-octet packet was sent again ${plural(run.count, 'time')} in ` +
      `${duration(run.seconds)} and never acknowledged; ${why}.`,
    [
      inFrame(run.ip, run.firstFrame, 'IP length of the first retransmission'),
      inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
      ...(larger > 0 ? [{ value: larger, from: 'largest packet that arrived in this direction' }] : []),
    ],
    'capture at both ends, or measure the path: `mtucalc probe`',
  );
}

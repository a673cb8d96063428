import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, duration, type Found, finding, inFrame } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import type { FlowFacts } from '../flow/flow-facts.js';
import { type BlackHoleSigns, blackHoleSigns } from '../signs/black-hole-signs.js';
import { hostOf } from '../signs/clamp-signs.js';
import { hostName } from '../signs/elsewhere.js';

/** Large packets vanish and no PTB comes back: the sender repeats the same segment until it gives up (RFC 2923 2.1). */
export const blackHole: Detector = {
  id: 'black-hole',
  capture(capture) {
    return capture.flows.flatMap((flow) => ofFlow(flow, capture));
  },
};

function ofFlow(flow: FlowFacts, capture: CaptureFacts): Found[] {
  if (flow.protocol !== 'tcp') return [];
  return ([0, 1] as const).flatMap((side) => {
    const signs = blackHoleSigns(flow, side, capture);
    if (!signs) return [];
    const { run, direction } = signs;
    const certain = signs.certain && !isPeerGone(capture, flow, signs);
    const least = direction.deliveredIp;
    const after = direction.ptb
      ? `, although the sender obeyed the PTB of ${direction.ptb.mtu}: another hop further on drops them silently`
      : ' and no PTB came back';
    const mss = direction.ptb ? direction.ptb.mtu - fixedHeaders(flow.family) : null;
    return [
      {
        ...finding(
          certain ? 'black-hole' : 'black-hole-suspected',
          certain ? 'problem' : 'warning',
          `${direction.from} -> ${direction.to}: a ${run.ip}-octet packet was retransmitted ${run.count} times in ` +
            `${duration(run.seconds)} and never acknowledged, ${passed(flow, signs)}${signs.alone ? '' : after}.`,
          [
            inFrame(run.ip, run.firstFrame, 'IP length of the first retransmission'),
            inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
            ...(least > 0 ? [{ value: least, from: 'largest packet acknowledged in this direction' }] : []),
          ],
          `clamp the MSS on the gateway in both directions${mss === null ? '' : ` well below ${mss}`}: ` +
            '`mtucalc probe` measures what fits, `mtucalc snippet` writes the rule; and let ICMP 3/4 and ICMPv6 type 2 pass',
        ),
        lost: { from: hostName(direction.from), to: hostName(direction.to), octets: run.ip },
      },
    ];
  });
}

/** What did pass, as far as the capture shows it. */
function passed(flow: FlowFacts, { run, direction, alone, instead }: BlackHoleSigns): string {
  if (instead > 0)
    return `while a later connection of the two hosts gets its full packets of ${instead} octets through`;
  if (alone) return 'as far as can be seen: only one direction is in this capture, so that the waits alone speak';
  const least = direction.deliveredIp;
  if (least >= run.ip)
    return `while packets of up to ${least} octets arrived before, and of the later ones only smaller pieces do`;
  if (least > 0) return `while packets up to ${least} octets arrived`;
  return flow.client === null ? 'while its peer kept answering' : 'while the handshake passed';
}

/** Another connection of the same two hosts loses, at the same time, packets of a size that it had delivered before. */
function isPeerGone(capture: CaptureFacts, flow: FlowFacts, { run, direction }: BlackHoleSigns): boolean {
  return capture.flows.some((other) => {
    if (other === flow || other.protocol !== 'tcp' || other.point !== flow.point) return false;
    return other.directions.some((one) => {
      if (hostOf(one.from) !== hostOf(direction.from) || hostOf(one.to) !== hostOf(direction.to)) return false;
      return one.run !== null && one.run.count > 1 && one.run.lastFrame > run.firstFrame && one.deliveredIp >= run.ip;
    });
  });
}

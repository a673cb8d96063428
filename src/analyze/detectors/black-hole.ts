import type { Finding } from '../../finding.js';
import { type Detector, duration, finding, inFrame } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { type FlowFacts, fixedHeaders } from '../flow/flow-facts.js';
import { type BlackHoleSigns, blackHoleSigns, CERTAIN_TIMEOUTS } from '../signs/black-hole-signs.js';
import { hostOf } from '../signs/clamp-signs.js';

/** Large packets vanish and no PTB comes back: the sender repeats the same segment until it gives up (RFC 2923 2.1). */
export const blackHole: Detector = {
  id: 'black-hole',
  capture(capture) {
    return capture.flows.flatMap((flow) => ofFlow(flow, capture));
  },
};

function ofFlow(flow: FlowFacts, capture: CaptureFacts): Finding[] {
  if (flow.protocol !== 'tcp') return [];
  return ([0, 1] as const).flatMap((side) => {
    const signs = blackHoleSigns(flow, side);
    if (!signs) return [];
    const { run, direction } = signs;
    if (run.count < CERTAIN_TIMEOUTS && passesElsewhere(capture, flow, signs)) return [];
    const certain = signs.certain && !isPeerGone(capture, flow, signs);
    const least = direction.deliveredIp;
    const passed =
      least >= run.ip
        ? `packets of up to ${least} octets arrived before, and of the later ones only smaller pieces do`
        : least > 0
          ? `packets up to ${least} octets arrived`
          : 'the handshake passed';
    const after = direction.ptb
      ? `, although the sender obeyed the PTB of ${direction.ptb.mtu}: another hop further on drops them silently`
      : ' and no PTB came back';
    const mss = direction.ptb ? direction.ptb.mtu - fixedHeaders(flow.family) : null;
    return [
      finding(
        certain ? 'black-hole' : 'black-hole-suspected',
        certain ? 'problem' : 'warning',
        `${direction.from} -> ${direction.to}: a ${run.ip}-octet packet was retransmitted ${run.count} times in ` +
          `${duration(run.seconds)} and never acknowledged, while ${passed}${after}.`,
        [
          inFrame(run.ip, run.firstFrame, 'IP length of the first retransmission'),
          inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
          ...(least > 0 ? [{ value: least, from: 'largest packet acknowledged in this direction' }] : []),
        ],
        `clamp the MSS on the gateway in both directions${mss === null ? '' : ` well below ${mss}`}: ` +
          '`mtucalc probe` measures what fits, `mtucalc snippet` writes the rule; and let ICMP 3/4 and ICMPv6 type 2 pass',
      ),
    ];
  });
}

/** Two timeouts may be chance where another connection of the same two hosts gets packets of that size through. */
function passesElsewhere(capture: CaptureFacts, flow: FlowFacts, { run, direction }: BlackHoleSigns): boolean {
  return capture.flows.some((other) => {
    if (other === flow || other.protocol !== 'tcp' || other.point !== flow.point) return false;
    return other.directions.some((one) => {
      return (
        hostOf(one.from) === hostOf(direction.from) &&
        hostOf(one.to) === hostOf(direction.to) &&
        one.deliveredIp >= run.ip
      );
    });
  });
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

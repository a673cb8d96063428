import { blackHoleSigns } from '../black-hole-signs.js';
import { type Detector, duration, finding, inFrame } from '../detector.js';
import { fixedHeaders } from '../flow-facts.js';

/** Large packets vanish and no PTB comes back: the sender repeats the same segment until it gives up (RFC 2923 2.1). */
export const blackHole: Detector = {
  id: 'black-hole',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const signs = blackHoleSigns(flow, side);
      if (!signs) return [];
      const { run, direction, certain } = signs;
      const least = direction.deliveredIp;
      const passed = least > 0 ? `packets up to ${least} octets arrived` : 'the handshake passed';
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
  },
};

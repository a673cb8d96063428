import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, finding, inFrame } from '../detector.js';
import { reverseOf } from '../flow/flow-facts.js';
import { blackHoleSigns } from '../signs/black-hole-signs.js';
import { isOpen } from '../signs/ptb-signs.js';

/** The MSS in the SYN allows packets that the path, by the word of a PTB, does not carry. */
export const mssAbovePath: Detector = {
  id: 'mss-above-path',
  flow(flow, capture) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      const peer = reverseOf(flow, side);
      const { ptb } = direction;
      if (!ptb || peer.mss === null) return [];
      const right = ptb.mtu - fixedHeaders(flow.family);
      if (peer.mss <= right || isOpen(direction) || blackHoleSigns(flow, side, capture)) return [];
      return [
        finding(
          'mss-above-path',
          'info',
          `MSS ${peer.mss} reached ${direction.from}, where the path MTU of ${ptb.mtu} allows ${right}: ` +
            `${peer.mss - right} octets too many.`,
          [inFrame(peer.mss, peer.mssFrame, 'MSS option'), inFrame(ptb.mtu, ptb.lowestFrame, 'MTU of the PTB')],
          `clamp the MSS to ${right} (\`mtucalc snippet\`)`,
        ),
      ];
    });
  },
};

import { type Detector, finding, inFrame } from '../detector.js';
import { SMALL_PACKET } from '../flow/sizes.js';

/** A receiver that got something small behind a hole that stayed open: the large segments before it never came. */
export const receiveGap: Detector = {
  id: 'receive-gap',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const sender = flow.directions[side];
      const receiver = flow.directions[side === 0 ? 1 : 0];
      const { gap } = sender;
      if (!gap || gap.octets < 1000 || sender.largestIp > SMALL_PACKET || receiver.packets === 0) return [];
      if (sender.mss === null || sender.finished || !sender.acknowledged || receiver.sack?.blocks) return [];
      return [
        finding(
          'black-hole-suspected',
          'warning',
          `${sender.from} -> ${sender.to}: ${gap.octets} octets of data never arrived, while packets of up to ` +
            `${sender.largestIp} octets before and behind them did.`,
          [inFrame(gap.octets, gap.frame, 'octets missing before this sequence number')],
          'capture at the sender to see the size that vanishes, or measure it: `mtucalc probe`',
        ),
      ];
    });
  },
};

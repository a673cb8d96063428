import { type Detector, duration, finding, inFrame } from '../detector.js';
import { hostName } from '../signs/elsewhere.js';
import { holeSigns } from '../signs/hole-signs.js';
import { telling } from '../signs/silence.js';

/** The receiver's side of a black hole: the small rest of the data arrives, the full segments before it never do. */
export const hole: Detector = {
  id: 'hole',
  flow(flow, capture) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const signs = holeSigns(flow, side, capture);
      if (!signs) return [];
      const { gap, missing, waited, sender, receiver } = signs;
      const { sack } = receiver;
      const behind =
        gap.behindIp > 0
          ? `while packets of up to ${gap.behindIp} octets behind them did`
          : 'as its sequence numbers show';
      const time = waited >= telling(flow) ? ` for ${duration(waited)}` : '';
      return [
        {
          ...finding(
            'black-hole-suspected',
            'warning',
            `${sender.from} -> ${sender.to}: ${gap.octets} octets of data never arrived${time}, ${behind}: ` +
              `packets of up to ${missing} octets are lost on the way.`,
            [
              inFrame(gap.octets, gap.frame, 'octets missing before this sequence number'),
              ...(sack?.blocks ? [inFrame(sack.hole, sack.frame, 'hole before a SACK block')] : []),
              inFrame(receiver.mss ?? 0, receiver.mssFrame, 'MSS that the receiver announced'),
            ],
            'capture at the sender to see the size that vanishes, or measure it: `mtucalc probe`',
          ),
          lost: { from: hostName(sender.from), to: hostName(sender.to), octets: missing },
        },
      ];
    });
  },
};

import { blackHoleSigns } from '../black-hole-signs.js';
import { type Detector, finding, plural } from '../detector.js';

/** Fewer retransmissions are everyday life. */
const LEAST = 3;

/** Segments are lost, and others of the same size get through: congestion or a bad link, not the MTU. */
export const loss: Detector = {
  id: 'loss',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      if (direction.retransmitted < LEAST || direction.ptb || direction.oddPtb || direction.stall) return [];
      if (blackHoleSigns(flow, side) || direction.deliveredIp < direction.largestIp) return [];
      return [
        finding(
          'loss-not-mtu',
          'info',
          `${direction.from} -> ${direction.to}: ${plural(direction.retransmitted, 'retransmission')} among ` +
            `${direction.segments} segments, and packets of the full ${direction.largestIp} octets arrived: loss, not size.`,
          [
            { value: direction.retransmitted, from: 'retransmitted segments' },
            { value: direction.deliveredIp, from: 'largest packet acknowledged' },
          ],
        ),
      ];
    });
  },
};

import { type Detector, finding, inFrame, plural } from '../detector.js';

/** Packets no link of their sender carries: GRO, LRO or TSO put them together at the capture point. */
export const merged: Detector = {
  id: 'merged',
  flow(flow) {
    return flow.directions.flatMap((direction) => {
      if (!direction.merged) return [];
      const { count, largest, frame } = direction.merged;
      const jumbo = direction.mss === null ? ', or a link with jumbo frames' : '';
      return [
        finding(
          'offload-artifact',
          'info',
          `${direction.from} -> ${direction.to}: ${plural(count, 'packet')} of up to ${largest} octets: segmentation or ` +
            `receive offload of the capturing host${jumbo}; the wire carried smaller ones.`,
          [inFrame(largest, frame, 'IP length')],
          'for true sizes capture with offload off: ethtool -K DEV gro off gso off tso off lro off',
        ),
      ];
    });
  },
};

import { type Detector, finding, inFrame, plural } from '../detector.js';

/**
 * PTBs that quote more than the sender ever sent: something behind the capture point puts segments together, and the
 * next hop refuses the result.
 */
export const mergedBehind: Detector = {
  id: 'merged-behind',
  flow(flow) {
    return flow.directions.flatMap(({ from, to, ptbBehind, largestIp, largestFrame }) => {
      if (!ptbBehind) return [];
      const { count, mtu, quoted, frame } = ptbBehind;
      return [
        finding(
          'offload-artifact',
          'info',
          `${from} -> ${to}: ${plural(count, 'PTB')} (MTU ${mtu}) ${count === 1 ? 'quotes' : 'quote'} a packet of ${quoted} octets, where at most ${largestIp} were sent: ` +
            'a device behind this capture point merges segments (LRO, GRO), and the next hop refuses the result. The MSS is right; each time costs a retransmission.',
          [
            inFrame(quoted, frame, 'length of the quoted packet'),
            inFrame(mtu, frame, 'MTU of the PTB'),
            inFrame(largestIp, largestFrame, 'largest packet sent'),
          ],
          'turn off LRO (and GRO without its forwarding) on the device that merges: ethtool -K DEV lro off gro off',
        ),
      ];
    });
  },
};

import { type Detector, finding, inFrame, plural } from '../detector.js';

/** UDP with DF that draws PTBs: nobody retransmits it smaller unless the application does (RFC 8899). */
export const udpDfPtb: Detector = {
  id: 'udp-df-ptb',
  flow(flow) {
    if (flow.protocol !== 'udp') return [];
    return flow.directions.flatMap((direction) => {
      const { ptb } = direction;
      if (!ptb) return [];
      const kept = ptb.overAfter > 0 ? `; ${plural(ptb.overAfter, 'packet')} above that followed` : '';
      return [
        finding(
          'udp-df-ptb',
          'warning',
          `${direction.from} -> ${direction.to}: UDP packets of ${direction.largestIp} octets with DF drew ` +
            `${plural(ptb.count, 'PTB')} announcing MTU ${ptb.mtu}${kept}.`,
          [
            inFrame(direction.largestIp, direction.largestFrame, 'IP length'),
            inFrame(ptb.mtu, ptb.lowestFrame, 'MTU of the PTB'),
          ],
          `the application must send at most ${ptb.mtu - (flow.family === 4 ? 28 : 48)} octets of UDP payload, or without DF`,
        ),
      ];
    });
  },
};

import { IP_HEADER } from '../../packet/ip-header.js';
import { UDP_HEADER } from '../../packet/udp.js';
import { type Detector, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts, FlowFacts } from '../flow/flow-facts.js';
import { hostName } from '../signs/elsewhere.js';

/** UDP with DF that draws PTBs: nobody retransmits it smaller unless the application does (RFC 8899). */
export const udpDfPtb: Detector = {
  id: 'udp-df-ptb',
  flow(flow, capture) {
    if (flow.protocol !== 'udp') return [];
    return flow.directions.flatMap((direction) => {
      const { ptb } = direction;
      if (!ptb || (ptb.overAfter === 0 && (ptb.shrunkTo !== null || isObeyed(capture, flow, direction)))) return [];
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
          `the application must send at most ${ptb.mtu - IP_HEADER[flow.family] - UDP_HEADER} octets of UDP payload, or without DF`,
        ),
      ];
    });
  },
};

/**
 * The path MTU belongs to the address: another flow of the two hosts, later, in packets that fit (tracepath changes the
 * port).
 */
const isObeyed = (capture: CaptureFacts, own: FlowFacts, { from, to, ptb }: DirectionFacts): boolean =>
  capture.flows.some(
    (flow) =>
      flow !== own &&
      flow.firstFrame > (ptb?.lowestFrame ?? 0) &&
      flow.directions.some(
        (one) =>
          hostName(one.from) === hostName(from) &&
          hostName(one.to) === hostName(to) &&
          one.largestIp > 0 &&
          one.largestIp <= (ptb?.mtu ?? 0),
      ),
  );

import { type Detector, duration, finding, inFrame, plural } from '../detector.js';

/** A transfer that stood still so long is worth a word, seconds, although it went on. */
const LONG = 1;

/** A stall that healed: what a person waits for, whatever came of it. What explains it is said by others. */
export const stalled: Detector = {
  id: 'stalled',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return flow.directions.flatMap((direction) => {
      const { stall, late, from, to, deliveredIp, merged } = direction;
      if (stall && stall.to >= stall.ip && stall.seconds >= LONG) {
        return [
          finding(
            'stalled',
            'info',
            `${from} -> ${to} stood still for ${duration(stall.seconds)}: a ${stall.ip}-octet packet was sent again ${plural(stall.count, 'time')}, ` +
              `then ${deliveredIp < stall.ip && !merged ? 'its data got through in smaller packets' : 'the same size got through'}.`,
            [
              inFrame(stall.ip, stall.firstFrame, 'IP length of the first retransmission'),
              inFrame(stall.count, stall.lastFrame, 'acknowledgement that ended it'),
            ],
          ),
        ];
      }
      if (!late || late.seconds < LONG || late.octets < direction.largestPayload) return [];
      return [
        finding(
          'stalled',
          'info',
          `${from} -> ${to} stood still for ${duration(late.seconds)}: then ${late.octets} octets were missing that had been sent meanwhile` +
            `${late.ip > 0 ? `, and came in packets of up to ${late.ip}` : ''}.`,
          [inFrame(late.octets, late.frame, 'octets missing before this sequence number')],
        ),
      ];
    });
  },
};

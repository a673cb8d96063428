import { type Detector, duration, finding, inFrame } from '../detector.js';
import { reverseOf } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { CERTAIN_TIMEOUTS } from '../signs/black-hole-signs.js';
import { hostName } from '../signs/elsewhere.js';

/** A smaller try is one by a tenth at least. */
const SMALLER = 0.9;

/** As a black hole, but the sender lowered its segments by itself after timeouts (RFC 4821; Windows: black hole detection). */
export const blackHolePlpmtud: Detector = {
  id: 'black-hole-plpmtud',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      // With one direction alone, that the sender went on is all that shows it.
      const alone = reverseOf(flow, side).packets === 0;
      const { stall } = direction;
      if (!stall || stall.ip <= SMALL_PACKET || direction.ptb || direction.oddPtb) return [];
      const { deliveredIp } = direction;
      if (deliveredIp >= stall.ip) return [];
      // Not much smaller, and nothing of that size ever arrived: told by a PTB that is not here, or by itself.
      const little = stall.to > stall.ip * SMALLER;
      if (little && (stall.count < CERTAIN_TIMEOUTS || deliveredIp <= SMALL_PACKET || direction.merged)) return [];
      const doubtful = alone || little;
      const to = little ? deliveredIp : stall.to;
      return [
        {
          ...finding(
            doubtful ? 'black-hole-suspected' : 'black-hole-plpmtud',
            doubtful ? 'warning' : 'problem',
            `${direction.from} -> ${direction.to}: ${stall.ip}-octet packets vanished without a PTB; after ${stall.count} ` +
              `${stall.count === 1 ? 'retransmission' : 'timeouts'} (${duration(stall.seconds)}) the sender tried ${to} octets${little ? '' : ' by itself'}, and ${alone ? 'then went on' : 'that arrived'}.`,
            [
              inFrame(stall.ip, stall.firstFrame, 'IP length of the first retransmission'),
              inFrame(to, stall.lastFrame, 'acknowledgement of the smaller segment'),
              { value: deliveredIp, from: 'largest packet acknowledged in this direction' },
            ],
            'every new connection pays this stall: clamp the MSS on the gateway (`mtucalc snippet`), or let PTB pass',
          ),
          lost: { from: hostName(direction.from), to: hostName(direction.to), octets: stall.ip },
        },
      ];
    });
  },
};

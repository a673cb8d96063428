import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, finding, inFrame, plural } from '../detector.js';
import { hostOf } from '../signs/clamp-signs.js';
import { isIgnored } from '../signs/ptb-signs.js';

/** PTBs reach the sender, and more than a round trip later it still sends above the MTU they announced. */
export const ptbIgnored: Detector = {
  id: 'ptb-ignored',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return flow.directions.flatMap((direction) => {
      const { ptb } = direction;
      if (!ptb || !isIgnored(ptb, direction.largestIp)) return [];
      return [
        finding(
          'ptb-ignored',
          'problem',
          `${direction.from} -> ${direction.to}: ${plural(ptb.count, 'PTB')} announced MTU ${ptb.mtu}, and the sender ` +
            `went on with ${plural(ptb.overAfter, 'larger packet')} more than a round trip later.`,
          [
            inFrame(ptb.mtu, ptb.firstFrame, 'MTU of the first PTB'),
            inFrame(direction.largestIp, direction.largestFrame, 'IP length of the largest packet'),
            inFrame(ptb.overAfter, ptb.overFrame, 'first oversize packet after a round trip of grace'),
            inFrame(ptb.overAfter, ptb.overLastFrame, 'last oversize packet'),
          ],
          `a firewall on ${hostOf(direction.from)} drops ICMP 3/4 or ICMPv6 type 2, or its stack does: let them in, and clamp the ` +
            `MSS to ${ptb.mtu - fixedHeaders(flow.family)} meanwhile (\`mtucalc snippet\`)`,
        ),
      ];
    });
  },
};

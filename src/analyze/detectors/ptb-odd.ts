import { type Detector, finding, inFrame, plural } from '../detector.js';
import { fixedHeaders } from '../flow/flow-facts.js';
import { smallestMtu } from '../log/ptb-log.js';
import { SUSPECT_TIMEOUTS } from '../signs/black-hole-signs.js';

/**
 * PTBs whose MTU no sender can use: 0 (a router older than RFC 1191), below the minimum of the protocol (RFC 791 3.2,
 * RFC 8200 5), or not below the packet they refuse.
 */
export const ptbOdd: Detector = {
  id: 'ptb-odd',
  flow(flow) {
    return flow.directions.flatMap((direction) => {
      const { oddPtb } = direction;
      if (!oddPtb) return [];
      const { mtu, quoted, count, frame, largestAfter } = oddPtb;
      const evidence = [
        inFrame(mtu, frame, 'next-hop MTU'),
        inFrame(quoted, frame, 'length of the quoted packet'),
        ...(largestAfter > 0 ? [{ value: largestAfter, from: 'largest packet more than a round trip later' }] : []),
      ];
      const then =
        largestAfter === 0
          ? ''
          : largestAfter >= quoted
            ? `; the sender went on with up to ${largestAfter} octets`
            : `; the sender then stayed at or below ${largestAfter} octets`;
      if (mtu === 0) {
        return [
          finding(
            'ptb-zero-mtu',
            'problem',
            `${plural(count, 'PTB')} about ${direction.from} -> ${direction.to} carry next-hop MTU 0 (RFC 792, before RFC 1191)${then}.`,
            evidence,
            'the router names no size, and senders guess far too low: fix the router, or clamp the MSS on the gateway (`mtucalc snippet`)',
          ),
        ];
      }
      const minimum = smallestMtu(flow.family);
      if (quoted > 0 && mtu >= quoted) {
        const { run } = direction;
        const stuck = run !== null && run.count >= SUSPECT_TIMEOUTS && run.ip <= mtu;
        return [
          finding(
            'ptb-bogus-mtu',
            stuck ? 'problem' : 'warning',
            `${plural(count, 'PTB')} about ${direction.from} -> ${direction.to} announce MTU ${mtu} for a packet of ` +
              `${quoted} octets, which fits it${stuck ? `; it was sent again ${run.count} times and never arrived` : then}.`,
            evidence,
            stuck
              ? `clamp the MSS well below ${mtu - fixedHeaders(flow.family)} (\`mtucalc snippet\`), and repair the router that sends this PTB`
              : undefined,
          ),
        ];
      }
      return [
        finding(
          'ptb-bogus-mtu',
          'problem',
          `${plural(count, 'PTB')} about ${direction.from} -> ${direction.to} announce MTU ${mtu}, ` +
            `${mtu < minimum ? `below the IPv${flow.family} minimum of ${minimum}` : 'too small to be useful'}${then}.`,
          evidence,
          'a forged or broken PTB: find its sender by the source address, and filter PTBs with such an MTU at the border',
        ),
      ];
    });
  },
};

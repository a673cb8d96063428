import type { Evidence } from '../../finding.js';
import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import type { DirectionFacts, OddPtb } from '../flow/flow-facts.js';
import { smallestMtu } from '../log/ptb-log.js';
import { SUSPECT_TIMEOUTS } from '../signs/black-hole-signs.js';
import { hostName } from '../signs/elsewhere.js';
import { isSmall, type SmallPtb, smallPtb } from '../signs/small-ptb.js';

/**
 * PTBs whose MTU no sender can use: 0 (a router older than RFC 1191), below the minimum of the protocol (RFC 791 3.2,
 * RFC 8200 5), or not below the packet they refuse.
 */
export const ptbOdd: Detector = {
  id: 'ptb-odd',
  flow(flow, capture) {
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
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
      if (isSmall(flow.family, mtu))
        return [smallMtu(direction, oddPtb, smallPtb(flow, side, oddPtb, capture), evidence)];
      return [
        finding(
          'ptb-bogus-mtu',
          'problem',
          `${plural(count, 'PTB')} about ${direction.from} -> ${direction.to} announce MTU ${mtu}, ` +
            `below the IPv${flow.family} minimum of ${minimum}${then}.`,
          evidence,
          'a forged or broken PTB: find its sender by the source address, and filter PTBs with such an MTU at the border',
        ),
      ];
    });
  },
};

/** Legal for IPv4 and hardly ever true: what the capture says for it and against it. */
function smallMtu(direction: DirectionFacts, odd: OddPtb, found: SmallPtb, evidence: readonly Evidence[]): Found {
  const { mtu, count } = odd;
  const { from, against, supports } = found;
  const isFalse = against.length > 0;
  const by = from === null ? '' : ` from ${from}`;
  const what =
    `${plural(count, 'PTB')}${by} about ${direction.from} -> ${direction.to} ${count === 1 ? 'announces' : 'announce'} MTU ${mtu}, ` +
    'which IPv4 allows (RFC 791 3.2) and hardly any link has';
  const reasons = [...against, ...supports].join('; ');
  return finding(
    isFalse ? 'ptb-bogus-mtu' : 'ptb-small-mtu',
    isFalse ? 'problem' : 'warning',
    `${what}${reasons === '' ? '' : `: ${reasons}`}.`,
    evidence,
    isFalse
      ? `a forged or broken PTB: find who sends it, and filter PTBs with such an MTU at the border`
      : `measure the path (\`mtucalc probe ${hostName(direction.to)}\`): if more than ${mtu} fits, the PTB is forged or its router is broken`,
  );
}

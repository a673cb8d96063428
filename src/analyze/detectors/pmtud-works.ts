import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, duration, finding, inFrame, plural } from '../detector.js';
import { blackHoleSigns } from '../signs/black-hole-signs.js';
import { isIgnored, isOpen } from '../signs/ptb-signs.js';

/** Oversize packets, a PTB, a sender that shrank: RFC 1191 and RFC 8201 at work, at the price of a round trip. */
export const pmtudWorks: Detector = {
  id: 'pmtud-works',
  flow(flow, capture) {
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      const { ptb } = direction;
      if (!ptb || isIgnored(ptb, direction.largestIp) || ptb.shrunkTo === null) return [];
      if (flow.protocol === 'udp' && ptb.overAfter > 0) return [];
      const soon = ptb.shrunkSeconds === null ? '' : ` ${duration(Math.max(0, ptb.shrunkSeconds))} later`;
      // A PTB that asks for no less than what is sent has changed nothing.
      if (ptb.mtu >= direction.largestIp) return [];
      // Obeyed, and sent again at that size: the number it names may not be what the path takes.
      if (isOpen(direction) || blackHoleSigns(flow, side, capture)) return [];
      const mss = ptb.mtu - fixedHeaders(flow.family);
      const twice = ptb.highest > ptb.mtu ? ` (an earlier one said ${ptb.highest}; the lowest counts)` : '';
      return [
        finding(
          'pmtud-works',
          'info',
          `${direction.from} -> ${direction.to}: ${plural(ptb.count, 'PTB')} announced MTU ${ptb.mtu}${twice}, and the ` +
            `sender went from ${direction.largestIp} to at most ${ptb.shrunkTo} octets${soon}.`,
          [
            inFrame(direction.largestIp, direction.largestFrame, 'IP length'),
            inFrame(ptb.mtu, ptb.lowestFrame, 'MTU of the PTB'),
            inFrame(ptb.shrunkTo, ptb.shrunkFrame, 'first packet that fits'),
          ],
          flow.protocol === 'udp'
            ? undefined
            : `an MSS of ${mss} (clamped on the gateway, \`mtucalc snippet\`) saves every connection this round trip`,
        ),
      ];
    });
  },
};

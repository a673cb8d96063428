import { type Detector, finding, inFrame } from '../detector.js';

const IPV6_MINIMUM = 1280;

/** A path below the IPv6 minimum link MTU (RFC 8200 5): a sender must then add a fragment header, and few do. */
export const ipv6Below1280: Detector = {
  id: 'ipv6-below-1280',
  capture(capture) {
    return capture.ptbs.flatMap((ptb) => {
      if (ptb.family !== 6 || ptb.mtu >= IPV6_MINIMUM) return [];
      return [
        finding(
          'ipv6-below-1280',
          'warning',
          `${ptb.from} announces MTU ${ptb.mtu} for IPv6, below the minimum of ${IPV6_MINIMUM} (RFC 8200 5).`,
          [inFrame(ptb.mtu, ptb.firstFrame, 'MTU of the PTB')],
          `the link behind ${ptb.from} must carry ${IPV6_MINIMUM} octets, by fragmenting below IPv6 where it cannot otherwise`,
        ),
      ];
    });
  },
};

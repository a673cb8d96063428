import { type Detector, type Found, finding, inFrame } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { type AskedFacts, type DirectionFacts, type FlowFacts, reverseOf } from '../flow/flow-facts.js';
import { arrivedElsewhere, hostName } from '../signs/elsewhere.js';

/** Small questions that were answered, beside large ones without an answer and none with one. */
const LEAST_ANSWERED = 2;
/** Large ones that repeat the one before: three in all. */
const LEAST_AGAIN = 2;
/** Doublings in a row that are no coincidence. */
const LEAST_WAITS = 4;

/**
 * UDP by itself: small requests are answered and large ones never (RADIUS, QUIC, DNS over VPN), or one large packet
 * goes out again after waits that double and nothing comes back (RFC 6298 5.5): a connection that times out inside
 * WireGuard, OpenVPN, any tunnel.
 */
export const udpLost: Detector = {
  id: 'udp-lost',
  flow(flow, capture) {
    if (flow.protocol !== 'udp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      const { asked } = direction;
      if (!asked || reverseOf(flow, side).packets === 0 || isGroup(direction.to)) return [];
      if (direction.ptb || direction.oddPtb) return [];
      return ofDirection(flow, direction, asked, capture);
    });
  },
};

function ofDirection(
  flow: FlowFacts,
  direction: DirectionFacts,
  { answered, unanswered, lost, waits }: AskedFacts,
  capture: CaptureFacts,
): Found[] {
  const { deliveredIp } = direction;
  // Larger than all that was answered; or answered once amid the waits, which go on: that was no answer.
  const own = answered.large === 1 && (lost?.lastFrame ?? 0) > (waits?.lastFrame ?? 0);
  const doubled = waits !== null && waits.count >= LEAST_WAITS && (waits.ip > deliveredIp || own) ? waits : null;
  const alone =
    (lost?.ip ?? 0) > deliveredIp &&
    answered.small + answered.large >= LEAST_ANSWERED &&
    answered.small >= unanswered.small &&
    // A request is sent again as it was; what has another size each time is a stream that needs no answer.
    unanswered.again >= LEAST_AGAIN;
  const size = doubled?.ip ?? lost?.ip ?? 0;
  if ((!doubled && !alone) || size === 0 || arrivedElsewhere(capture, flow, direction, 0) >= size) return [];
  const cut = capture.fragments.find(
    (group) => group.kind === 'udp' && group.from === hostName(direction.from) && group.to === hostName(direction.to),
  );
  const [what, more] = cut
    ? [`${cut.largestDatagram || size} octets in fragments`, '']
    : [`${size} octets`, ' and more'];
  const says = doubled
    ? `packets of ${what} go out after waits that double ${doubled.count} times, and nothing comes back: a sender ` +
      'that times out, in a tunnel a connection inside it'
    : `${answered.small + answered.large} smaller packets were answered, and ${unanswered.large} of ${what}${more} never`;
  const [first, last] = doubled
    ? [doubled.firstFrame, doubled.lastFrame]
    : [lost?.firstFrame ?? 0, lost?.lastFrame ?? 0];
  return [
    {
      ...finding(
        'black-hole-suspected',
        'warning',
        `${direction.from} -> ${direction.to} (UDP): ${says}.`,
        [
          inFrame(size, first, 'IP length'),
          inFrame(unanswered.large, last, 'large packets without an answer, the last'),
        ],
        cut
          ? 'send datagrams that fit in one packet (RFC 8900), or let fragments pass where they are dropped'
          : 'measure the path with `mtucalc probe`; lower the MTU of the tunnel or the size that the application sends (RFC 8899)',
      ),
      // Of a datagram in pieces any may be the one that is lost.
      ...(cut ? {} : { lost: { from: hostName(direction.from), to: hostName(direction.to), octets: size } }),
    },
  ];
}

/** Multicast and broadcast: nobody needs to answer. */
const isGroup = (endpoint: string): boolean => /^(22[4-9]|23\d)\.|^255\.|^\[ff/.test(endpoint);

import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { reverseOf } from '../flow/flow-facts.js';
import { boundBetween } from '../flow/path-bounds.js';
import { hostName } from '../signs/elsewhere.js';

/** Large questions that make silence worth a word. */
const LEAST = 3;
const LARGE = 1000;
/** Repetitions of one large packet at even intervals (TFTP, RFC 1350 2). */
const LEAST_AGAIN = 4;
/** Waits that double so often are told by `udp-lost`. */
const DOUBLED = 4;

/**
 * Nothing but large packets went to a host and nothing came back: whether size is the reason cannot be told, and is not
 * denied.
 */
export const unanswered: Detector = {
  id: 'unanswered',
  capture(capture) {
    const echoes = capture.echoes.flatMap(({ from, to, sizes, refused }) => {
      const [first] = sizes;
      const sent = sizes.reduce((sum, one) => sum + one.sent, 0);
      const silent = refused === 0 && sizes.every(({ answered, octets }) => answered === 0 && octets >= LARGE);
      return first && silent && sent >= LEAST
        ? say(capture, from, to, `${sent} echo requests`, first.octets, first.firstFrame)
        : [];
    });
    const datagrams = capture.flows.flatMap((flow) =>
      ([0, 1] as const).flatMap((side) => {
        const { from, to, asked, ptb, oddPtb } = flow.directions[side];
        const lost = asked?.lost;
        if (flow.protocol !== 'udp' || !lost || ptb || oddPtb) return [];
        const { large, small, again } = asked.unanswered;
        // The same again after a longer wait, or ever again to a host that has answered before: a request, no stream.
        const heard = reverseOf(flow, side).packets > 0;
        const waits = asked.waits?.count ?? 0;
        const asks = heard ? asked.answered.large === 0 && again >= LEAST_AGAIN && waits < DOUBLED : waits >= LEAST - 1;
        if (!asks || small > 0 || large < LEAST || again < LEAST - 1 || lost.ip < LARGE) return [];
        return say(
          capture,
          hostName(from),
          hostName(to),
          `${plural(large, 'UDP packet')} to ${to}`,
          lost.ip,
          lost.firstFrame,
        );
      }),
    );
    return [...echoes, ...datagrams];
  },
};

function say(capture: CaptureFacts, from: string, to: string, what: string, octets: number, frame: number): Found[] {
  const told =
    [...capture.ptbs, ...capture.prohibitions].some((one) => one.quotedFrom === from && one.quotedTo === to) ||
    capture.fragments.some((one) => one.from === from && one.to === to && one.complete < one.datagrams);
  const arrived = boundBetween(capture.paths, from, to)?.arrived ?? 0;
  if (told || arrived >= octets) return [];
  const cut = capture.fragments.some((one) => one.from === from && one.to === to) ? ' and more, in fragments,' : '';
  const why =
    arrived > 0
      ? `smaller ones of up to ${arrived} are: size, or what was asked`
      : 'none smaller was tried: size or host';
  return [
    finding(
      'inconclusive',
      'info',
      `${from} -> ${to}: ${what} of ${octets} octets${cut} are not answered, and ${why}, that cannot be told.`,
      [inFrame(octets, frame, 'IP length')],
      `try a small one, or \`mtucalc probe ${to}\``,
    ),
  ];
}

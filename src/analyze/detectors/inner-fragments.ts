import { type Detector, finding, inFrame, plural } from '../detector.js';
import { ETHERNET_MTU } from '../flow/sizes.js';
import type { FragmentGroup } from '../log/fragment-log.js';

/** No gateway cuts packets smaller than this on a path of today; smaller pieces are made on purpose. */
const LEAST_PIECE = 576;
/** Fewer datagrams than this may be cut off by the end of the capture. */
const LEAST_CUT = 3;

/** Fragments of ordinary packets: cut by their sender (harmless), or by a gateway on the way, before it encrypts. */
export const innerFragments: Detector = {
  id: 'inner-fragments',
  capture(capture) {
    return capture.fragments.flatMap((group) => {
      if (group.kind !== 'tcp' && group.kind !== 'udp' && group.kind !== 'icmp' && group.kind !== 'other') return [];
      if (group.datagrams === 0) return [];
      const what = `${plural(group.datagrams, `${group.kind.toUpperCase()} datagram`)} from ${group.from} to ${group.to}`;
      const sizes = `up to ${group.largestDatagram || group.largestPiece} octets in pieces of ${group.largestPiece}`;
      const evidence = group.frames.slice(0, 4).map((frame) => inFrame('piece', frame, 'fragment offset'));
      if (group.datagrams >= LEAST_CUT && group.firstOnly === group.datagrams) {
        return [
          finding(
            'inconclusive',
            'info',
            `${what}: only their first pieces are in this capture. A hop before it drops the later ones, or a capture filter ` +
              'with ports leaves them out.',
            evidence,
            'capture without ports in the filter (`host …`); where pieces are dropped, send smaller datagrams (RFC 8900)',
          ),
        ];
      }
      if (!cutOnTheWay(group)) {
        return [
          finding(
            'source-frag',
            'info',
            `${what} (${sizes}) were fragmented by the sending host itself; the path takes the pieces.`,
            evidence,
          ),
        ];
      }
      return [
        finding(
          'pre-frag',
          'warning',
          `${what} (${sizes}) were fragmented by a gateway on the way: they came without DF and did not fit its tunnel.`,
          [{ value: group.largestPiece, from: 'largest piece, octets' }, ...evidence],
          group.kind === 'tcp'
            ? `clamp the MSS so that segments fit whole (\`mtucalc snippet\`), and let the sender use DF`
            : `have the application send at most ${group.largestPiece} octets per packet, headers included`,
        ),
      ];
    });
  },
};

function cutOnTheWay(group: FragmentGroup): boolean {
  // IPv6 routers never fragment (RFC 8200 4.5).
  if (group.family === 6 || group.largestPiece < LEAST_PIECE) return false;
  if (group.uneven > 0) return true;
  if (group.largestDatagram === 0 || group.largestDatagram > ETHERNET_MTU) return false;
  // TCP sizes its segments to its own link, so that a host does not fragment them; others may, at their own TTL.
  return group.kind === 'tcp' || group.fresh < group.pieces;
}

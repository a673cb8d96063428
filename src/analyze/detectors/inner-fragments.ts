import type { Evidence } from '../../finding.js';
import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import { ETHERNET_MTU } from '../flow/sizes.js';
import type { EchoPath } from '../log/echo-log.js';
import type { FragmentGroup, FragmentKind } from '../log/fragment-log.js';
import { isEncapsulated } from '../signs/fragment-signs.js';

/**
 * Hardly a gateway cuts smaller pieces on a path of today (a link of 576 makes 572); smaller ones are made on purpose.
 */
const LEAST_PIECE = 552;
/** No link of a path takes less than this; a TCP segment in smaller pieces was cut on purpose. */
const LEAST_LINK = 256;
/** Echo requests without an answer, datagrams that were not put together: one may be an ordinary loss. */
const LEAST_UNANSWERED = 2;
/** What is cut; IKE and tunnels are looked at elsewhere. */
const names: Partial<Record<FragmentKind, string>> = {
  tcp: 'TCP segment',
  udp: 'UDP datagram',
  icmp: 'ICMP message',
  other: 'packet',
};

/** Fragments of ordinary packets: cut by their sender (harmless), or by a gateway on the way, before it encrypts. */
export const innerFragments: Detector = {
  id: 'inner-fragments',
  capture(capture) {
    return capture.fragments.flatMap((group) => {
      if (!(group.kind in names) || group.datagrams === 0 || isEncapsulated(group)) return [];
      const what = `${plural(group.datagrams, names[group.kind] ?? '')} from ${group.from} to ${group.to}`;
      const were = group.datagrams === 1 ? 'was' : 'were';
      const sizes = `up to ${group.largestDatagram || group.largestPiece} octets in pieces of ${group.largestPiece}`;
      const evidence = group.frames.slice(0, 4).map((frame) => inFrame('piece', frame, 'fragment offset'));
      const told = capture.echoes.find((path) => path.missingPieces.count >= LEAST_UNANSWERED && isOf(path, group));
      if (told) return [incomplete(what, told, evidence)];
      if (group.laterOnly === group.datagrams) {
        return [
          finding(
            'inconclusive',
            'info',
            `${what}: only their later pieces are in this capture. A firewall, a NAT or a capture filter with ports lost the first ones: ` +
              'whoever receives these can deliver nothing.',
            evidence,
            'capture without ports in the filter (`host …`); where first pieces are dropped, send smaller datagrams (RFC 8900)',
          ),
        ];
      }
      if (group.firstOnly === group.datagrams || group.complete === 0) {
        return [
          finding(
            'inconclusive',
            'info',
            `${what}: only ${group.firstOnly === group.datagrams ? 'their first pieces are' : 'parts of them are'} in this capture, ` +
              'neither their size nor their arrival is known. A hop before it drops the later ones, or a capture filter with ports leaves them out.',
            evidence,
            'capture without ports in the filter (`host …`); where pieces are dropped, send smaller datagrams (RFC 8900)',
          ),
        ];
      }
      const unheard = group.kind === 'icmp' && capture.echoes.find((path) => isUnheard(path, group));
      if (unheard) return [unanswered(what, unheard, evidence)];
      if (!cutOnTheWay(group)) {
        return [
          finding(
            'source-frag',
            'info',
            `${what} (${sizes}) ${were} fragmented by the sending host itself; all pieces of ${group.complete} are here.`,
            evidence,
          ),
        ];
      }
      return [
        finding(
          'pre-frag',
          'warning',
          `${what} (${sizes}) ${were} fragmented by a hop on the way: without DF, and too large for its next link or tunnel.`,
          [{ value: group.largestPiece, from: 'largest piece, octets' }, ...evidence],
          group.kind === 'tcp'
            ? `clamp the MSS so that segments fit whole (\`mtucalc snippet\`), and let the sender use DF`
            : `have the application send at most ${group.largestPiece} octets per packet, headers included`,
        ),
      ];
    });
  },
};

/** Echo requests in pieces, of which none is answered although whole ones are. */
const isUnheard = (path: EchoPath, group: FragmentGroup): boolean =>
  isOf(path, group) &&
  path.inPieces.sent >= LEAST_UNANSWERED &&
  path.inPieces.answered === 0 &&
  path.sizes.some(({ answered }) => answered > 0);

const isOf = ({ from, to }: EchoPath, group: FragmentGroup): boolean => from === group.from && to === group.to;

/** The target itself says that some pieces come and others do not. */
const incomplete = (what: string, { to, missingPieces }: EchoPath, evidence: readonly Evidence[]): Found =>
  finding(
    'black-hole-suspected',
    'warning',
    `${what} in fragments: ${to} says ${plural(missingPieces.count, 'time')} that it waited for the rest of a datagram in vain ` +
      '(ICMP time exceeded in reassembly): a hop on the way drops fragments.',
    [inFrame(missingPieces.count, missingPieces.frame, 'ICMP time exceeded, code 1'), ...evidence],
    'send datagrams that fit in one packet (RFC 8900), or let fragments pass where they are dropped',
  );

const unanswered = (what: string, { inPieces }: EchoPath, evidence: readonly Evidence[]): Found =>
  finding(
    'inconclusive',
    'info',
    `${what} in fragments: ${plural(inPieces.sent, 'echo request')} and no answer, although smaller ones that go whole are answered. ` +
      'Fragments are dropped on the way there or back, or the target answers no large echo.',
    evidence,
    'try one that fits and one that does not: `ping -s 1400` and `ping -s 1600`, both without DF',
  );

function cutOnTheWay(group: FragmentGroup): boolean {
  // IPv6 routers never fragment (RFC 8200 4.5).
  if (group.family === 6) return false;
  // TCP sizes its segments to its own link: no stack fragments them, whatever the size of the pieces.
  if (group.kind === 'tcp') return group.largestPiece >= LEAST_LINK;
  if (group.largestPiece < LEAST_PIECE) return false;
  if (group.uneven > 0) return true;
  if (group.largestDatagram === 0 || group.largestDatagram > ETHERNET_MTU) return false;
  // A host may fragment what it sends, at its own TTL.
  return group.fresh < group.pieces;
}

import type { Evidence } from '../../finding.js';
import { headerOfPorts } from '../../frame/decode-udp.js';
import { HEADER } from '../../frame/header.js';
import { fixedHeaders } from '../../mtu/mss.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { PORT } from '../../packet/ports.js';
import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { largestBound } from '../flow/path-bounds.js';
import { isOddMtu, type PtbRecord } from '../log/ptb-log.js';

/** Packets of this size cross the path or do not. */
const LARGE = 1000;

/**
 * Nothing large of anybody arrived in this capture: a filter kept the PTBs, and what they quote is all that is known.
 */
const isAlone = (capture: CaptureFacts, { family, mtu, quotedLength }: PtbRecord): boolean =>
  quotedLength > 0 && !isOddMtu(family, mtu, quotedLength) && largestBound(capture.paths) < LARGE;

/** What carries other packets: its PTB is about the outside, and the inside takes less by the overhead. */
const isTunnel = ({ quotedProtocol, sourcePort, destinationPort }: PtbRecord): boolean =>
  quotedProtocol === PROTOCOL_NUMBER.udp
    ? sourcePort >= 0 &&
      (headerOfPorts(sourcePort, destinationPort) !== HEADER.end ||
        [sourcePort, destinationPort].includes(PORT.openvpn))
    : tunnels.includes(quotedProtocol);

const { tcp, ipv4, ipv6, gre, esp, ah, etherIp, l2tp, mpls } = PROTOCOL_NUMBER;
const tunnels: readonly number[] = [ipv4, ipv6, gre, esp, ah, etherIp, l2tp, mpls];

const fixOf = (ptb: PtbRecord): string => {
  if (isTunnel(ptb))
    return `a packet of ${ptb.mtu} octets with the tunnel around it fits: \`mtucalc calc --link-mtu ${ptb.mtu}\` says what fits inside`;
  if (ptb.quotedProtocol === PROTOCOL_NUMBER.udp) return `UDP packets of ${ptb.mtu} octets fit, headers included`;
  if (ptb.quotedProtocol !== tcp) return `packets of ${ptb.mtu} octets fit`;
  return `an MSS of ${ptb.mtu - fixedHeaders(ptb.family)} fits (\`mtucalc snippet\`)`;
};

/** A quoted header holds size and ends of what was refused (RFC 792, RFC 4443 3.2). */
const measured = (ptb: PtbRecord, evidence: readonly Evidence[]): Found =>
  finding(
    'path-measured',
    'info',
    `${plural(ptb.count, 'PTB')} from ${ptb.from} to ${ptb.to} ${ptb.count === 1 ? 'refuses' : 'refuse'} packets of ${ptb.quotedLength} octets to ${ptb.quotedTo}` +
      `${ptb.destinationPort >= 0 ? ` port ${ptb.destinationPort}` : ''}: the hop behind it takes ${ptb.mtu}.`,
    [...evidence, inFrame(ptb.quotedLength, ptb.firstFrame, 'length of the quoted packet')],
    `${fixOf(ptb)}; whether ${ptb.to} obeys, a capture of its packets shows`,
  );

/** A router older than RFC 1191 names no size; that is so whatever its receiver makes of it. */
const withoutSize = ({ from, to, count, quotedTo, firstFrame }: PtbRecord, evidence: readonly Evidence[]): Found =>
  finding(
    'ptb-zero-mtu',
    'warning',
    `${plural(count, 'PTB')} from ${from} to ${to} about packets to ${quotedTo} ${count === 1 ? 'carries' : 'carry'} next-hop MTU 0 ` +
      '(RFC 792, before RFC 1191): a sender can only guess.',
    [...evidence, inFrame(0, firstFrame, 'next-hop MTU')],
    'fix or update that router, or clamp the MSS on the gateway (`mtucalc snippet`)',
  );

/** PTBs that no flow of this capture answers to: for another connection, or sent to an address that NAT made up. */
export const strayPtb: Detector = {
  id: 'stray-ptb',
  capture(capture) {
    return capture.ptbs.flatMap((ptb) => {
      const quoted = `${ptb.quotedFrom} -> ${ptb.quotedTo}`;
      const evidence = [inFrame(ptb.mtu, ptb.firstFrame, 'MTU'), inFrame(quoted, ptb.firstFrame, 'quoted packet')];
      if (ptb.quotedFrom !== '?' && ptb.quotedFrom !== ptb.to) {
        return [
          finding(
            'ptb-translated',
            'warning',
            `${plural(ptb.count, 'PTB')} from ${ptb.from} went to ${ptb.to}, but quote a packet from ${ptb.quotedFrom}: ` +
              'only one of the two addresses was translated, so that the sender cannot relate it to its connection.',
            evidence,
            'the NAT gateway must translate the quoted header as well (RFC 5508 4): update it, or clamp the MSS there',
          ),
        ];
      }
      if (ptb.match === 'flow' || ptb.match === 'tunnel' || ptb.match === 'echo') return [];
      if (ptb.translated !== null) {
        return [
          finding(
            'ptb-translated',
            'warning',
            `${plural(ptb.count, 'PTB')} (MTU ${ptb.mtu}) from ${ptb.from} went to ${ptb.to}, the translated address of ` +
              `${ptb.translated}: the sender itself was not told here.`,
            evidence,
            'see whether the NAT gateway passes the PTB on to the inner host; if not, clamp the MSS there (`mtucalc snippet`)',
          ),
        ];
      }
      const other = ptb.match === 'other-sequence' ? 'octets that its connection did not send' : 'another connection';
      if (ptb.match === 'none' && !ptb.receiverSeen) {
        if (isAlone(capture, ptb)) return [measured(ptb, evidence)];
        if (ptb.mtu === 0) return [withoutSize(ptb, evidence)];
        return [
          finding(
            'ptb-alone',
            'info',
            `${plural(ptb.count, 'PTB')} from ${ptb.from} to ${ptb.to} announced MTU ${ptb.mtu}${
              isTunnel(ptb)
                ? ` about its tunnel packets of ${ptb.quotedLength} octets: what goes into the tunnel must be smaller.`
                : '; the packets they refuse are not in this capture.'
            }`,
            evidence,
            isTunnel(ptb) ? fixOf(ptb) : undefined,
          ),
        ];
      }
      if (ptb.quotedFrom === '?')
        return [
          finding(
            'inconclusive',
            'info',
            `${plural(ptb.count, 'PTB')} from ${ptb.from} to ${ptb.to} (MTU ${ptb.mtu}): what they refuse is not recorded.`,
            evidence,
            'record longer pieces of the frames (`tcpdump -s 256`)',
          ),
        ];
      return [
        finding(
          'ptb-unrelated',
          'info',
          `${plural(ptb.count, 'PTB')} from ${ptb.from} to ${ptb.to} (MTU ${ptb.mtu}) quote ${other}, ${quoted}: ` +
            'they had no effect on the connections seen here.',
          evidence,
        ),
      ];
    });
  },
};

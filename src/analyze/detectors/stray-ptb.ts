import { type Detector, finding, inFrame, plural } from '../detector.js';

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
      if (ptb.match === 'flow' || ptb.match === 'tunnel') return [];
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
        return [
          finding(
            'ptb-alone',
            'info',
            `${plural(ptb.count, 'PTB')} from ${ptb.from} to ${ptb.to} announced MTU ${ptb.mtu}; the packets they refuse ` +
              'are not in this capture.',
            evidence,
          ),
        ];
      }
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

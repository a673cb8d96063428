import { type Detector, finding, inFrame } from '../detector.js';
import { SMALL_PACKET } from '../flow/sizes.js';

/** A hole that large cannot be one small packet: full segments are missing between the small pieces that came. */
const LARGE_HOLE = 1000;

/**
 * The receiver's side of a black hole: only the small remainders of the data arrive, so that its selective
 * acknowledgements (RFC 2018) report short blocks between holes of full segments, and nothing moves any more.
 */
export const sackHoles: Detector = {
  id: 'sack-holes',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const receiver = flow.directions[side];
      const sender = flow.directions[side === 0 ? 1 : 0];
      const { sack } = receiver;
      if (!sack || sack.blocks < 2 || sack.longest > SMALL_PACKET || sack.hole < LARGE_HOLE) return [];
      // Where the large segments themselves are in the capture, their retransmissions say more.
      if (sender.largestIp > SMALL_PACKET || receiver.finished) return [];
      return [
        finding(
          'black-hole-suspected',
          'warning',
          `${receiver.from} received only pieces of up to ${sack.longest} octets from ${sender.from}, with holes of ` +
            `${sack.hole} octets and more between them, and nothing filled them: the large packets are lost on the way.`,
          [
            inFrame(sack.blocks, sack.frame, 'SACK blocks'),
            inFrame(sack.hole, sack.frame, 'smallest hole before a SACK block'),
            inFrame(sack.longest, sack.frame, 'longest SACK block'),
          ],
          'capture at the sender to see the size that vanishes, or measure it: `mtucalc probe`',
        ),
      ];
    });
  },
};

import { type Detector, finding, inFrame } from '../detector.js';
import { LENGTHS } from '../log/tunnel-log.js';

/** Doublings in a row that are no coincidence. */
const LEAST_WAITS = 4;
/** Where nothing of this size is acknowledged, no connection sends more than its initial window of ten (RFC 6928). */
const INITIAL_WINDOWS = 60;

/**
 * The outside of a stalled transfer: one large ESP packet after waits that double, and nothing comes back (RFC 6298
 * 5.5).
 */
export const tunnelWaits: Detector = {
  id: 'tunnel-waits',
  capture(capture) {
    return capture.tunnels.flatMap((tunnel) => {
      if (tunnel.waits < LEAST_WAITS || tunnel.fragmented > 0) return [];
      // A transfer had been going on with packets of this length: its peer is gone, which is no question of size.
      const same = tunnel.lengths[Math.min(LENGTHS - 1, tunnel.waitLength)]! - tunnel.waits;
      if (same > INITIAL_WINDOWS) return [];
      const first = tunnel.waitFrames[0] ?? tunnel.lastFrame;
      return [
        finding(
          'black-hole-suspected',
          'warning',
          `${tunnel.from} -> ${tunnel.to}: ESP packets of ${tunnel.waitLength} octets go out after waits that double ` +
            `${tunnel.waits} times, and nothing comes back: a connection inside keeps retransmitting a large packet.`,
          [
            inFrame(tunnel.waitLength, first, 'outer IP length'),
            inFrame(tunnel.waits, tunnel.lastFrame, 'last of them'),
          ],
          'capture on the LAN side to see which connection, and measure the WAN: `mtucalc probe` between the gateways',
        ),
      ];
    });
  },
};

import { type Detector, finding, inFrame } from '../detector.js';
import { ETHERNET_MTU } from '../flow/sizes.js';
import { rewrites } from '../signs/clamp-signs.js';

/** Room that stays empty in every full packet before it is called waste: more than any access link takes away. */
const WASTE = 148;

/** A clamp so low that full segments leave much of the WAN's packet unused; needs both sides of the gateway. */
export const clampTooLow: Detector = {
  id: 'clamp-too-low',
  capture(capture, found) {
    // Segments that offload cut on the way do not fill what they could.
    if (found.has('resegmentation')) return [];
    const clamped = rewrites(capture)[0];
    if (!clamped || capture.tunnels.length === 0) return [];
    const largest = Math.max(...capture.tunnels.map((tunnel) => tunnel.largest));
    const full = capture.flows.some(({ directions }) =>
      directions.some(({ atLargest, largestIp }) => atLargest >= 3 && largestIp >= clamped.after + 20),
    );
    const room = ETHERNET_MTU - largest;
    if (!full || room < WASTE || capture.tunnels.some(({ fragmented }) => fragmented > 0)) return [];
    const where = capture.tunnels.find((tunnel) => tunnel.largest === largest)!;
    return [
      finding(
        'clamp-too-low',
        'warning',
        `The MSS is lowered to ${clamped.after}, and the encrypted packets reach only ${largest} octets: ${room} short ` +
          `of an Ethernet WAN's ${ETHERNET_MTU}.`,
        [
          inFrame(clamped.after, clamped.afterFrame, 'MSS option behind the clamp'),
          inFrame(largest, where.largestFrame, 'outer IP length of the largest ESP packet'),
        ],
        '`mtucalc calc --cipher … --wan …` gives the MSS that fits; a larger one saves packets',
      ),
    ];
  },
};

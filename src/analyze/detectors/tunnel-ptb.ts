import { type Detector, finding, inFrame, plural } from '../detector.js';
import { isSmall } from '../signs/small-ptb.js';

/**
 * PTBs about ESP packets: the gateway is their receiver, and must pass a smaller MTU on to the inside (RFC 4301 8.2).
 */
export const tunnelPtb: Detector = {
  id: 'tunnel-ptb',
  capture(capture) {
    return capture.tunnels.flatMap((tunnel) => {
      if (tunnel.ptb === 0 && tunnel.oddPtb > 0) {
        const small = isSmall(tunnel.family, tunnel.oddMtu);
        return [
          finding(
            tunnel.oddMtu === 0 ? 'ptb-zero-mtu' : small ? 'ptb-small-mtu' : 'ptb-bogus-mtu',
            tunnel.oddMtu === 0 ? 'problem' : 'warning',
            `${tunnel.from} -> ${tunnel.to}: ${plural(tunnel.oddPtb, 'PTB')} about its ESP packets announce MTU ${tunnel.oddMtu}, ` +
              (small ? 'which IPv4 allows and hardly any link has.' : 'which tells the gateway no size.'),
            [inFrame(tunnel.oddMtu, tunnel.ptbFrame, 'MTU of the PTB')],
            `set the tunnel MTU on ${tunnel.from} by hand: \`mtucalc probe\` measures what the WAN carries`,
          ),
        ];
      }
      if (tunnel.ptb === 0) return [];
      const what = `${tunnel.from} -> ${tunnel.to}: ${plural(tunnel.ptb, 'PTB')} about its ESP packets announced MTU ${tunnel.ptbMtu}`;
      const evidence = [
        inFrame(tunnel.largest, tunnel.largestFrame, 'outer IP length'),
        inFrame(tunnel.ptbMtu, tunnel.ptbFrame, 'MTU of the PTB'),
      ];
      if (tunnel.overAfterPtb >= 2) {
        return [
          finding(
            'ptb-ignored',
            'problem',
            `${what}, and the gateway went on with ${plural(tunnel.overAfterPtb, 'larger packet')}.`,
            evidence,
            `lower the tunnel MTU on ${tunnel.from}: \`mtucalc calc --link-mtu ${tunnel.ptbMtu}\` says to what`,
          ),
        ];
      }
      return [
        finding(
          'pmtud-works',
          'info',
          `${what}, and what followed stayed within it.`,
          evidence,
          `\`mtucalc calc --link-mtu ${tunnel.ptbMtu}\` says what fits inside`,
        ),
      ];
    });
  },
};

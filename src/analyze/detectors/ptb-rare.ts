import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, duration, finding, inFrame, plural } from '../detector.js';
import { SUSPECT_TIMEOUTS } from '../signs/black-hole-signs.js';

/**
 * A sender that timed out over a packet that is too large before the first PTB came: the others were lost or never
 * sent, as routers limit their rate (RFC 1812 4.3.2.8, RFC 4443 2.4 f). It works at last; the next connection may wait
 * as long, or for good.
 */
export const ptbRare: Detector = {
  id: 'ptb-rare',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return flow.directions.flatMap(({ from, to, ptb, stall }) => {
      if (!ptb || !stall || stall.count < SUSPECT_TIMEOUTS) return [];
      if (stall.ip <= ptb.mtu || ptb.firstFrame < stall.firstFrame || ptb.firstFrame > stall.lastFrame) return [];
      return [
        finding(
          'ptb-rare',
          'warning',
          `${from} -> ${to}: a ${stall.ip}-octet packet was sent again for ${duration(stall.seconds)}, ${plural(stall.count, 'time')}, before ` +
            `a PTB (MTU ${ptb.mtu}) came: earlier ones were lost, or their router limits their rate.`,
          [
            inFrame(stall.ip, stall.firstFrame, 'IP length of the first retransmission'),
            inFrame(ptb.mtu, ptb.firstFrame, 'MTU of the first PTB'),
          ],
          `clamp the MSS to ${ptb.mtu - fixedHeaders(flow.family)} (\`mtucalc snippet\`), so that nothing waits for PTBs`,
        ),
      ];
    });
  },
};

import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, finding, inFrame } from '../detector.js';
import { reverseOf } from '../flow/flow-facts.js';
import { blackHoleSigns } from '../signs/black-hole-signs.js';
import { rewrites } from '../signs/clamp-signs.js';

/** The MSS was lowered, but segments that fill it are still too large for the path. */
export const clampTooHigh: Detector = {
  id: 'clamp-too-high',
  flow(flow, capture) {
    if (flow.protocol !== 'tcp') return [];
    const fixed = fixedHeaders(flow.family);
    return ([0, 1] as const).flatMap((side) => {
      const signs = blackHoleSigns(flow, side, capture);
      const direction = flow.directions[side];
      const received = reverseOf(flow, side).mss;
      const own = direction.mss;
      if (received === null || own === null || received >= own) return [];
      const { ptb } = direction;
      if (!signs && ptb && ptb.mtu < received + fixed && direction.largestIp === received + fixed) {
        const right = ptb.mtu - fixed;
        return [
          finding(
            'clamp-too-high',
            'warning',
            `MSS ${received} arrived at ${direction.from} where ${own} is usual, and the packets of ${direction.largestIp} octets ` +
              `that fill it still draw PTBs announcing ${ptb.mtu}: ${received - right} octets too many.`,
            [
              inFrame(received, reverseOf(flow, side).mssFrame, 'MSS option'),
              inFrame(ptb.mtu, ptb.lowestFrame, 'MTU of the PTB'),
            ],
            `clamp to ${right} (\`mtucalc snippet\`)`,
          ),
        ];
      }
      if (!signs?.certain) return [];
      // Full segments to the octet: they obey the lowered MSS, and vanish all the same.
      if (signs.run.ip !== received + fixed) return [];
      const { back, run } = signs;
      return [
        finding(
          'clamp-too-high',
          'problem',
          `MSS ${received} arrived from ${back.from} where ${own} is usual, and still the packets of ${run.ip} octets that ` +
            'fill it vanish: the clamp leaves out an overhead of the path.',
          [
            inFrame(received, back.mssFrame, 'MSS option'),
            inFrame(run.ip, run.firstFrame, 'IP length of the first retransmission'),
            inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
          ],
          'take the tunnel into account: `mtucalc calc` gives the MSS, `mtucalc snippet` the rule',
        ),
      ];
    });
  },
  capture(capture) {
    return rewrites(capture).flatMap((rewrite) => {
      const refusal = capture.ptbs.find(({ family, match, mtu }) => {
        return match === 'flow' && family === rewrite.family && mtu > 0 && mtu < rewrite.after + fixedHeaders(family);
      });
      if (!refusal || refusal.mtu < 552) return [];
      return [
        finding(
          'clamp-too-high',
          'warning',
          `The MSS is lowered to ${rewrite.after}, but a PTB from ${refusal.from} allows packets of ${refusal.mtu} ` +
            `octets only, MSS ${refusal.mtu - fixedHeaders(rewrite.family)}.`,
          [
            inFrame(rewrite.after, rewrite.afterFrame, 'MSS option behind the clamp'),
            inFrame(refusal.mtu, refusal.firstFrame, 'MTU of the PTB'),
          ],
          `clamp to ${refusal.mtu - fixedHeaders(rewrite.family)} (\`mtucalc snippet\`)`,
        ),
      ];
    });
  },
};

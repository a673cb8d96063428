import { findingAt, type LintRule } from '../rule.js';

export const policyMatchOnInterface: LintRule = {
  code: 'policy-match-on-interface',
  summary: 'a policy match never sees what enters an xfrm interface',
  check: ({ clamps, format }, { style, tunnelIf }) =>
    style !== 'xfrm' && style !== 'vti' && style !== 'libipsec'
      ? []
      : clamps
          .filter(
            ({ by, direction }) =>
              format !== 'routeros' && by === 'policy' && (direction === 'out' || style === 'libipsec'),
          )
          .map((clamp) =>
            findingAt(
              clamp,
              'policy-match-on-interface',
              'problem',
              style === 'libipsec'
                ? 'kernel-libipsec has no XFRM policy in the kernel: this match never holds'
                : `an outbound policy match never holds in forward for a packet on its way into ${style === 'xfrm' ? 'an xfrm' : 'a VTI'} interface`,
              format === 'iptables' ? `-o ${tunnelIf ?? 'INTERFACE'}` : `oifname "${tunnelIf ?? 'INTERFACE'}"`,
            ),
          ),
};

import { languageOfRules } from '../facts.js';
import { styleOf } from '../profile.js';
import { findingAt, type LintRule, placeOf } from '../rule.js';

export const policyMatchOnInterface: LintRule = {
  code: 'policy-match-on-interface',
  summary: 'a policy match never sees what enters an xfrm interface',
  check({ rules, facts, profile }) {
    const style = styleOf(profile);
    if (
      (style !== 'xfrm' && style !== 'vti' && style !== 'libipsec') ||
      !/^(?:iptables|nftables|openwrt|wireguard)$/.test(facts.format)
    )
      return [];
    return rules
      .filter(
        ({ rule }) =>
          rule.actions.some(({ do: did }) => did === 'clamp' || did === 'jump') &&
          rule.tests.some(
            (test) => test.on === 'ipsec' && test.is && !test.not && (test.way === 'out' || style === 'libipsec'),
          ),
      )
      .map(({ rule }) =>
        findingAt(
          placeOf(rule),
          'policy-match-on-interface',
          'problem',
          style === 'libipsec'
            ? 'kernel-libipsec has no XFRM policy in the kernel: this match never holds'
            : `an outbound policy match never holds in forward for a packet on its way into ${style === 'xfrm' ? 'an xfrm' : 'a VTI'} interface`,
          languageOfRules(facts) === 'iptables'
            ? `-o ${profile.tunnelIf ?? 'INTERFACE'}`
            : `oifname "${profile.tunnelIf ?? 'INTERFACE'}"`,
        ),
      );
  },
};

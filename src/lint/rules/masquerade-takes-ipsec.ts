import { findingAt, type LintRule } from '../rule.js';

const fixes = {
  routeros: 'ipsec-policy=out,none on it, or above it: add chain=srcnat action=accept ipsec-policy=out,ipsec',
  iptables: '-m policy --dir out --pol none on it, or an ACCEPT with --pol ipsec above it',
  nftables: 'rt ipsec exists accept above it',
  swanctl: '',
} as const;

export const masqueradeTakesIpsec: LintRule = {
  code: 'masquerade-takes-ipsec',
  summary: 'source NAT changes packets before IPsec looks for their policy',
  check({ nats, policyIpsec, format }, { style }) {
    const policy = style === undefined ? policyIpsec : style === 'policy';
    return !policy
      ? []
      : nats
          .filter(({ sparesIpsec }) => !sparesIpsec)
          .map((nat) =>
            findingAt(
              nat,
              'masquerade-takes-ipsec',
              'problem',
              'source NAT takes IPsec traffic too: with its source changed a packet no longer matches the policy and leaves in clear or is lost',
              fixes[format],
            ),
          );
  },
};

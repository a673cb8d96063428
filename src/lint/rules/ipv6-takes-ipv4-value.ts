import { findingAt, type LintRule } from '../rule.js';

export const ipv6TakesIpv4Value: LintRule = {
  code: 'ipv6-takes-ipv4-value',
  summary: 'one number for both IP versions',
  check: ({ clamps }, { mss }) =>
    clamps
      .filter(
        ({ family, mss: value }) =>
          family === 0 && value !== 'pmtu' && (mss === undefined || (value > mss.ipv6 && value <= mss.ipv4)),
      )
      .map((clamp) =>
        findingAt(
          clamp,
          'ipv6-takes-ipv4-value',
          mss ? 'problem' : 'warning',
          `${clamp.mss} serves IPv4 and IPv6 alike, whose headers differ by 20 octets: right for IPv4 it is 20 too large for IPv6`,
          mss
            ? `${mss.ipv4} for IPv4 (meta nfproto ipv4), ${mss.ipv6} for IPv6`
            : 'a rule for each: meta nfproto ipv4 and meta nfproto ipv6, 20 apart',
        ),
      ),
};

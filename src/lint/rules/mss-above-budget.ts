import { findingAt, type LintFinding, type LintRule } from '../rule.js';
import { ofTunnel } from './of-tunnel.js';

export const mssAboveBudget: LintRule = {
  code: 'mss-above-budget',
  summary: 'the clamped value is larger than the tunnel takes',
  check({ clamps, wanInterfaces }, profile) {
    const { mss, tunnelMtu } = profile;
    if (!mss) return [];
    return clamps.flatMap((clamp): LintFinding[] => {
      if (clamp.mss === 'pmtu' || !ofTunnel(clamp, profile, wanInterfaces)) return [];
      const limit = clamp.family === 4 ? mss.ipv4 : mss.ipv6;
      if (clamp.mss <= limit) return [];
      const family = clamp.family === 0 ? 'IPv6, which this rule serves too' : `IPv${clamp.family}`;
      return [
        findingAt(
          clamp,
          'mss-above-budget',
          'problem',
          `MSS ${clamp.mss} is ${clamp.mss - limit} octets above the ${limit} that fit tunnel MTU ${tunnelMtu} (${family}): full segments are refused or fragmented`,
          clamp.family === 0
            ? `a rule for each IP version: ${mss.ipv4} for IPv4, ${mss.ipv6} for IPv6`
            : `${limit} instead of ${clamp.mss}`,
        ),
      ];
    });
  },
};

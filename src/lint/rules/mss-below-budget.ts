import { findingAt, type LintFinding, type LintRule } from '../rule.js';
import { ofTunnel } from './of-tunnel.js';

export const mssBelowBudget: LintRule = {
  code: 'mss-below-budget',
  summary: 'the clamped value is smaller than need be',
  check({ clamps, wanInterfaces }, profile) {
    const { mss } = profile;
    if (!mss) return [];
    return clamps.flatMap((clamp): LintFinding[] => {
      const limit = clamp.family === 4 ? mss.ipv4 : mss.ipv6;
      if (clamp.mss === 'pmtu' || clamp.mss >= limit || !ofTunnel(clamp, profile, wanInterfaces)) return [];
      return [
        findingAt(
          clamp,
          'mss-below-budget',
          'info',
          `MSS ${clamp.mss} is safe; ${limit} would fit, ${limit - clamp.mss} octets more a segment`,
          `${limit} instead of ${clamp.mss}`,
        ),
      ];
    });
  },
};

import { findingAt, type LintFinding, type LintRule } from '../rule.js';

export const pmtuOneDirection: LintRule = {
  code: 'pmtu-one-direction',
  summary: 'clamp to path MTU knows the way out only with policy-based IPsec',
  check({ clamps, policyIpsec, format }, { style }) {
    const policy = style === undefined ? policyIpsec : style === 'policy';
    if (!policy) return [];
    return clamps.flatMap((clamp): LintFinding[] => {
      if (clamp.mss !== 'pmtu' || clamp.by === 'interface' || clamp.direction === 'out') return [];
      const numbers = clamps.some(
        (other) =>
          other.mss !== 'pmtu' && other.direction !== 'out' && (other.family === 0 || other.family === clamp.family),
      );
      if (numbers) return [];
      return [
        findingAt(
          clamp,
          'pmtu-one-direction',
          format === 'routeros' ? 'warning' : 'problem',
          `clamping to the path MTU covers LAN to tunnel only with policy-based IPsec: on the way back the route leads to the LAN and its MTU${format === 'routeros' ? ' (measured on Linux)' : ''}`,
          'the number instead: mtucalc snippet prints it for both directions',
        ),
      ];
    });
  },
};

import { findingAt, type LintRule } from '../rule.js';

export const clampOnWan: LintRule = {
  code: 'clamp-on-wan',
  summary: 'the clamp sits where only ESP passes',
  check({ clamps, wanInterfaces, tunnelInterfaces, policyIpsec }, { style, tunnelIf, wanIf }) {
    const wan = new Set([...wanInterfaces, ...(wanIf === undefined ? [] : [wanIf])]);
    const routeBased = style === undefined ? !policyIpsec && tunnelInterfaces.length > 0 : style !== 'policy';
    const onTunnel = clamps.some(
      ({ by, interfaces }) => by !== 'interface' || interfaces.some((name) => !wan.has(name)),
    );
    if (!routeBased || onTunnel) return [];
    const tunnel = tunnelIf ?? tunnelInterfaces[0] ?? 'the tunnel interface';
    return clamps
      .filter(({ interfaces }) => interfaces.length > 0)
      .map((clamp) =>
        findingAt(
          clamp,
          'clamp-on-wan',
          'problem',
          `${clamp.interfaces.join(', ')} carries the tunnel's packets already encrypted: no inner SYN passes this rule`,
          `the same rule with ${tunnel}, for both directions`,
        ),
      );
  },
};

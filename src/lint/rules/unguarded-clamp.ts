import { findingAt, type LintRule } from '../rule.js';

export const unguardedClamp: LintRule = {
  code: 'unguarded-clamp',
  summary: 'no match on the MSS itself',
  check: ({ clamps, format }) =>
    clamps
      .filter(({ guarded }) => !guarded)
      .map((clamp) =>
        findingAt(
          clamp,
          'unguarded-clamp',
          'info',
          format === 'iptables'
            ? 'TCPMSS puts an MSS of 536 into a SYN that has no MSS option; larger values alone should reach it'
            : 'nothing keeps smaller values out: whether this box would raise them is not documented',
          format === 'iptables'
            ? `-m tcpmss --mss ${Number(clamp.mss) + 1}:65535`
            : `tcp-mss=${Number(clamp.mss) + 1}-65535`,
        ),
      ),
};

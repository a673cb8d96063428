import { findingAt, type LintRule } from '../rule.js';

const fixes = {
  routeros: 'tcp-flags=syn without !ack',
  iptables: '--tcp-flags SYN,RST SYN',
  nftables: 'tcp flags & (syn | rst) == syn',
  swanctl: '',
} as const;

export const synMissesSynAck: LintRule = {
  code: 'syn-misses-syn-ack',
  summary: 'the flags match a bare SYN: the answer is never clamped',
  check: ({ clamps, format }) =>
    clamps
      .filter(({ synAck }) => !synAck)
      .map((clamp) =>
        findingAt(
          clamp,
          'syn-misses-syn-ack',
          'problem',
          'matches SYN but not SYN/ACK: of each connection one direction alone is clamped',
          fixes[format],
        ),
      ),
};

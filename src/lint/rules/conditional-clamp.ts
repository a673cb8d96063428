import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule } from '../ruleset.js';

/**
 * Rate, hour, chance, lists of hosts that other programs fill, and what a SYN holds by chance: iptables, nft, RouterOS.
 */
const CONDITIONS: readonly RegExp[] = [
  /\s(--(?:limit|hashlimit\S*|time(?:start|stop)|date(?:start|stop)|weekdays|monthdays|match-set|probability|every|connlimit\S*|quota|rcheck|hitcount|uid-owner|gid-owner|string|hex-string|dscp\S*|tos|mac-source)\s+\S+)/,
  /\s(limit rate \S+|(?:meta )?(?:hour|day) \S+|numgen \w+|(?:ip6?|ether) [sd]addr @\w+|ip6? dscp \S+)/,
  /\s((?:time|limit|random|nth|dst-limit|connection-limit|connection-rate|connection-bytes|content|layer7-protocol|dscp|src-mac-address)=\S+)/,
];

/** What a rule asks that no configuration decides; empty: nothing of the kind. */
const conditionOf = ({ text }: Rule): string =>
  CONDITIONS.map((one) => one.exec(text)?.[1] ?? '').find((one) => one !== '') ?? '';

/** A clamp that asks for more than the packets of a tunnel: by the hour, at a rate, for a set of hosts. */
export const conditionalClamp: LintRule = {
  code: 'conditional-clamp',
  summary: 'the clamp has a condition that does not always hold',
  check({ groups }) {
    const found = new Map<number, LintFinding>();
    for (const { crossings } of groups)
      for (const { fate } of crossings) {
        if (fate.state !== 'clamped' || found.has(fate.by.line)) continue;
        const condition = conditionOf(fate.by).slice(0, 60);
        if (condition === '') continue;
        found.set(
          fate.by.line,
          findingAt(
            placeOf(fate.by),
            'conditional-clamp',
            'warning',
            `it clamps only while '${condition}' holds, which this file does not say: every other connection keeps its MSS`,
            'a clamp without that condition',
          ),
        );
      }
    return [...found.values()];
  },
};

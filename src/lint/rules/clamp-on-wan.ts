import { looksLikeTunnel, namedInterfaces } from '../interface-names.js';
import { untouched } from '../judged.js';
import { styleOf } from '../profile.js';
import { findingAt, type LintRule } from '../rule.js';
import { clampsOnWan } from './no-clamp.js';

export const clampOnWan: LintRule = {
  code: 'clamp-on-wan',
  summary: 'the clamp sits where only ESP passes',
  check(judged) {
    const { facts, profile, groups } = judged;
    const style = styleOf(profile);
    const named = namedInterfaces(facts.ruleset).filter((name) => looksLikeTunnel(name) && !judged.wan.includes(name));
    const routeBased = style === undefined ? !facts.ipsec.byPolicy && named.length > 0 : style !== 'policy';
    const tunnels = groups.filter(({ view }) => view.role === 'tunnel');
    // With layers of a link alone the clamp on the WAN is what was asked for.
    if (
      !routeBased ||
      profile.layers?.length === 0 ||
      tunnels.some((group) => !untouched(group) && group.crossings.length > 0)
    )
      return [];
    const tunnel = profile.tunnelIf ?? named[0] ?? 'the tunnel interface';
    return clampsOnWan(judged).map((clamp) =>
      findingAt(
        clamp,
        'clamp-on-wan',
        profile.mss !== undefined || style !== undefined ? 'problem' : 'warning',
        "this interface carries the tunnel's packets already encrypted: no inner SYN passes this rule",
        `the same rule with ${tunnel}, for both directions`,
      ),
    );
  },
};

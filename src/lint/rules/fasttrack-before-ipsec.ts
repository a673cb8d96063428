import type { LintRule } from '../rule.js';
import { findingAt } from '../rule.js';

export const fasttrackBeforeIpsec: LintRule = {
  code: 'fasttrack-before-ipsec',
  summary: 'FastTrack takes IPsec connections: ping works, bulk transfers do not',
  check: ({ fastPaths, policyIpsec }) =>
    fastPaths
      .filter(({ kind, sparesIn, sparesOut }) => kind === 'fasttrack' && !(sparesIn && sparesOut))
      .map((rule) => {
        const missing = [...(rule.sparesIn ? [] : ['in,ipsec']), ...(rule.sparesOut ? [] : ['out,ipsec'])];
        const why = policyIpsec ? '' : ' (no IPsec in this file: it matters only where the router has some)';
        return findingAt(
          rule,
          'fasttrack-before-ipsec',
          policyIpsec ? 'problem' : 'warning',
          `fasttrack-connection stands without an accept of ipsec-policy=${missing.join(' and ')} above it: established connections skip IPsec, small packets work and the bulk stalls${why}`,
          `above line ${rule.line}: ${missing.map((policy) => `add chain=forward action=accept ipsec-policy=${policy}`).join('; ')} (mtucalc snippet routeros prints it)`,
        );
      }),
};

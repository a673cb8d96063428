import { findingAt, type LintRule } from '../rule.js';

export const flowtableBeforeIpsec: LintRule = {
  code: 'flowtable-before-ipsec',
  summary: 'a flowtable may take IPsec flows past the policy',
  check: ({ fastPaths, policyIpsec }, { style }) =>
    fastPaths
      .filter(
        ({ kind, sparesIn, sparesOut }) =>
          kind === 'flowtable' &&
          !(sparesIn && sparesOut) &&
          (policyIpsec || (style !== undefined && style !== 'none')),
      )
      .map((rule) =>
        findingAt(
          rule,
          'flowtable-before-ipsec',
          'warning',
          'flow add has no accept of IPsec traffic above it: an offloaded packet goes by its cached route and asks no IPsec policy (kernel 6.1 still encrypts it; older ones and hardware offload need not)',
          'above it: rt ipsec exists accept, and meta ipsec exists accept (mtucalc snippet nftables --flowtable)',
        ),
      ),
};

import { findingAt, type LintRule } from '../rule.js';

export const swanctlUnknownMtu: LintRule = {
  code: 'swanctl-unknown-mtu',
  summary: 'swanctl.conf has no mtu and no mss',
  check: ({ facts: { settings } }) =>
    settings
      .filter(({ name, path }) => /^(mtu|mss)$/.test(name) && path.startsWith('connections.'))
      .map((setting) =>
        findingAt(
          setting,
          'swanctl-unknown-mtu',
          'problem',
          `${setting.name} is unknown here (it is libreswan's): swanctl discards the whole connection with it`,
          'take it out; the MTU belongs to the interface, the MSS to nftables or iptables (mtucalc snippet linux nftables)',
        ),
      ),
};

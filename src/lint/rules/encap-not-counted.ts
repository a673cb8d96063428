import { findingAt, type LintRule } from '../rule.js';

export const encapNotCounted: LintRule = {
  code: 'encap-not-counted',
  summary: 'UDP encapsulation is forced, the profile is without NAT-T',
  check: ({ facts: { settings }, profile: { natT } }) =>
    settings
      .filter(
        ({ name, value, path }) =>
          name === 'encap' && path.split('.').length === 3 && /^(yes|true|1)$/i.test(value) && natT === false,
      )
      .map((setting) =>
        findingAt(
          setting,
          'encap-not-counted',
          'problem',
          'encap = yes forces UDP encapsulation, 8 octets that --no-nat-t leaves out of the numbers',
          '--nat-t in the profile, or encap = no',
        ),
      ),
};

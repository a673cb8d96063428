import { findingAt, type LintRule } from '../rule.js';

export const copyDfNo: LintRule = {
  code: 'copy-df-no',
  summary: 'copy_df = no is not what makes DF packets from inside pass',
  check: ({ facts: { settings } }) =>
    settings
      .filter(({ name, value, inChild }) => inChild && name === 'copy_df' && /^(no|false|0)$/i.test(value))
      .map((setting) =>
        findingAt(
          setting,
          'copy-df-no',
          'warning',
          'copy_df = no lets routers outside fragment the ESP packet and ends PMTUD there; too large DF packets from inside are refused all the same',
          'copy_df = yes with a clamp; or, for hosts that ignore PTBs, mtucalc snippet nftables --clear-df',
        ),
      ),
};

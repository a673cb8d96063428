import type { Reporter } from '../format.js';
import { Exposition } from './exposition.js';
import { addMeasured } from './measured.js';

/** What was measured, and beside it what was computed. */
export const verifyPrometheus: Reporter<'verify'> = ({ measured, expected }) => {
  const out = new Exposition();
  out.add('mtucalc_expected_mtu_octets', addMeasured(out, measured), expected.tunnelMtu);
  return out.text();
};

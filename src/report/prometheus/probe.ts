import type { Reporter } from '../format.js';
import { Exposition } from './exposition.js';
import { addMeasured } from './measured.js';

/** The gauges of every host; one that could not be measured has `mtucalc_probe_success` 0 and no more. */
export const probePrometheus: Reporter<'probe'> = ({ results }) => {
  const out = new Exposition();
  for (const result of results) addMeasured(out, result);
  return out.text();
};

import type { ProbeResult, RefusedHost } from '../../probe/result.js';
import { blackHoleIn, isAnswered } from '../../probe/watch/reading.js';
import type { Exposition, Labels } from './exposition.js';

export const familyLabel = (family: 4 | 6): string => `ip${family}`;

/** The gauges of one measurement. */
export function addMeasured(to: Exposition, result: ProbeResult | RefusedHost): Labels {
  if ('error' in result) {
    const labels = { target: result.host };
    to.add('mtucalc_probe_success', labels, 0);
    return labels;
  }
  const { host, family, engine, pathMtu, interval, verdict, probes, elapsedMs } = result;
  const labels = { target: host, family: familyLabel(family), engine };
  const answered = isAnswered(verdict);
  to.add('mtucalc_probe_success', labels, answered ? 1 : 0);
  if (answered) {
    to.add('mtucalc_path_mtu_octets', labels, pathMtu);
    to.add('mtucalc_path_mtu_interval', { ...labels, bound: 'low' }, pathMtu ?? interval?.low);
    to.add('mtucalc_path_mtu_interval', { ...labels, bound: 'high' }, pathMtu ?? interval?.high);
  }
  to.add('mtucalc_black_hole', labels, blackHoleIn(verdict));
  to.add('mtucalc_probe_packets', labels, probes);
  to.add('mtucalc_probe_duration_seconds', labels, Math.round(elapsedMs) / 1000);
  return labels;
}

import { type AnalyzedCapture, capturesOf } from '../../analyze/answer.js';
import type { Reporter } from '../format.js';
import { Exposition } from './exposition.js';
import { familyLabel } from './measured.js';

/** Verdicts that large packets pass. */
const passes: ReadonlySet<AnalyzedCapture['verdict']> = new Set(['ok', 'pmtud-works', 'clamp-ok']);
const holes: ReadonlySet<string> = new Set(['black-hole', 'black-hole-plpmtud']);

/**
 * A capture's verdict, and the paths on which something was lost or refused: others would be a series for each pair of
 * hosts.
 */
export const analyzePrometheus: Reporter<'analyze'> = (value) => {
  const out = new Exposition();
  for (const { file, verdict, findings, paths } of capturesOf(value)) {
    const hole = findings.some(({ code }) => holes.has(code));
    out.add('mtucalc_black_hole', { file, engine: 'capture' }, hole ? 1 : passes.has(verdict) ? 0 : null);
    for (const { from, to, arrived, lost, ptb } of paths) {
      if (lost === null && ptb === null) continue;
      const labels = {
        target: to,
        source: from,
        file,
        family: familyLabel(to.includes(':') ? 6 : 4),
        engine: 'capture',
      };
      const high = Math.min(lost === null ? Infinity : lost - 1, ptb ?? Infinity);
      out.add('mtucalc_path_mtu_interval', { ...labels, bound: 'low' }, arrived);
      // What arrived is proven, what a router named is not.
      if (high >= (arrived ?? 0)) out.add('mtucalc_path_mtu_interval', { ...labels, bound: 'high' }, high);
    }
  }
  return out.text();
};

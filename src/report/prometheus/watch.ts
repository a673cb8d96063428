import type { WatchedPath } from '../../probe/watch/path.js';
import { blackHoleIn, isAnswered } from '../../probe/watch/reading.js';
import type { PieceReporter, Reporter } from '../format.js';
import { Exposition } from './exposition.js';
import { familyLabel } from './measured.js';

/** The last measurement of each path. */
export const watchPrometheus: Reporter<'watch'> = ({ paths, skipped }) => {
  const out = new Exposition();
  for (const path of paths) {
    const { target, family } = path;
    const left = skipped.some((one) => one.target === target && one.family === family);
    out.add(
      'mtucalc_probe_skipped',
      { target, family: family === null ? undefined : familyLabel(family) },
      left ? 1 : 0,
    );
    addPath(out, path);
  }
  return out.text();
};

/** The gauges of one path's last measurement; without one there are none. */
function addPath(out: Exposition, { target, family, expected, changedAt, readings }: WatchedPath): void {
  const last = readings.at(-1);
  if (!last) return;
  if ('error' in last) {
    const labels = { target, family: family === null ? undefined : familyLabel(family) };
    out.add('mtucalc_probe_success', labels, 0);
    out.add('mtucalc_probe_timestamp_seconds', labels, last.at);
    return;
  }
  const { low, high, verdict, packets, elapsedMs, at, engine } = last;
  const labels = { target, family: familyLabel(last.family), engine };
  const answered = isAnswered(verdict);
  out.add('mtucalc_probe_success', labels, answered ? 1 : 0);
  if (answered) {
    if (low === high) out.add('mtucalc_path_mtu_octets', labels, low);
    out.add('mtucalc_path_mtu_interval', { ...labels, bound: 'low' }, low);
    out.add('mtucalc_path_mtu_interval', { ...labels, bound: 'high' }, high);
  }
  out.add('mtucalc_black_hole', labels, blackHoleIn(verdict));
  out.add('mtucalc_expected_mtu_octets', labels, expected);
  out.add('mtucalc_path_mtu_changed_timestamp_seconds', labels, changedAt);
  out.add('mtucalc_probe_packets', labels, packets);
  out.add('mtucalc_probe_duration_seconds', labels, elapsedMs / 1000);
  out.add('mtucalc_probe_timestamp_seconds', labels, at);
}

/** Figures are read from the file or the listener, where they are always whole. */
export const watchPieces: PieceReporter<'watch'> = { piece: () => '', end: () => '' };

/**
 * What `/probe` answers: one path's figures and the age of its measurement; undefined where there is none that counts.
 */
export function probeFigures(path: WatchedPath | undefined, now: number): string {
  const out = new Exposition();
  const last = path?.readings.at(-1);
  const answered = last !== undefined && !('error' in last) && isAnswered(last.verdict);
  out.add('probe_success', {}, answered ? 1 : 0);
  if (path && last) {
    addPath(out, path);
    out.add('mtucalc_probe_age_seconds', { target: path.target }, Math.max(0, Math.round(now - last.at)));
    if (!('error' in last)) out.add('probe_duration_seconds', {}, last.elapsedMs / 1000);
  }
  return out.text();
}

/** What the listener says of itself. */
export function ownFigures(paths: number, requests: number, memory: number): string {
  const out = new Exposition();
  out.add('mtucalc_watch_paths', {}, paths);
  out.add('mtucalc_watch_requests', {}, requests);
  out.add('process_resident_memory_bytes', {}, memory);
  return out.text();
}

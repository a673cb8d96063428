import { isIP } from 'node:net';
import { MtucalcError } from '../../error.js';
import { hostIn } from '../../io/resolve.js';
import { keyOf, newPath, type WatchedPath } from '../../probe/watch/path.js';
import { WATCH_LIMITS } from '../../probe/watch/state.js';
import type { WatchTarget } from '../../probe/watch/targets.js';

/**
 * The paths to watch, each with what the state knows of it; the state's others are dropped. `families`: each target is
 * watched over each of them, null for whichever its name resolves to first.
 * @throws MtucalcError for a target that is no host, and where there are too many.
 */
export function watchedPaths(
  targets: readonly WatchTarget[],
  families: readonly (4 | 6 | null)[],
  state: readonly WatchedPath[],
): WatchedPath[] {
  const known = new Map(state.map((path) => [keyOf(path), path]));
  const paths = new Map<string, WatchedPath>();
  for (const { target, expected } of targets) {
    const literal = isIP(hostIn(target).name.replace(/%.*$/, ''));
    if (target.length > WATCH_LIMITS.targetLength)
      throw new MtucalcError('bad-value', `a target of ${target.length} characters is no host`);
    const fitting = families.filter((family) => literal === 0 || family === null || family === literal);
    if (fitting.length === 0)
      throw new MtucalcError(
        'bad-value',
        `${target} is an IPv${literal} address, and -${families[0]} asks for IPv${families[0]}`,
        `leave -${families[0]} out, or name the host`,
      );
    for (const family of fitting) {
      const path = newPath(target, family, expected);
      const key = keyOf(path);
      // Named twice: a line without an MTU takes none away.
      paths.set(key, { ...(known.get(key) ?? path), expected: expected ?? paths.get(key)?.expected ?? null });
    }
  }
  if (paths.size > WATCH_LIMITS.paths)
    throw new MtucalcError('too-many', `${paths.size} paths are more than ${WATCH_LIMITS.paths}`, 'run several');
  return [...paths.values()];
}

import { MtucalcError } from '../../error.js';
import { hostIn } from '../../io/resolve.js';
import { keyOf, newPath, type WatchedPath } from '../../probe/watch/path.js';
import { WATCH_LIMITS } from '../../probe/watch/state.js';
import type { WatchTarget } from '../../probe/watch/targets.js';

/** The paths to watch, each with what the state knows of it; the state's others are dropped. @throws MtucalcError */
export function watchedPaths(
  targets: readonly WatchTarget[],
  families: readonly (4 | 6 | null)[],
  state: readonly WatchedPath[],
): WatchedPath[] {
  const known = new Map(state.map((path) => [keyOf(path), path]));
  const paths = new Map<string, WatchedPath>();
  for (const { target, expected } of targets) {
    hostIn(target);
    if (target.length > WATCH_LIMITS.targetLength)
      throw new MtucalcError('bad-value', `a target of ${target.length} characters is no host`);
    for (const family of families) {
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

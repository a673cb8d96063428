import { constants, promises } from 'node:fs';
import { MtucalcError } from '../error.js';
import type { WatchedPath } from '../probe/watch/path.js';
import { pathsIn, stateText, WATCH_LIMITS } from '../probe/watch/state.js';
import { whyUnreadable } from './why-unreadable.js';
import { isOurs, mayWrite, writeFiles } from './write-files.js';

/**
 * What a state file holds; nothing where there is none.
 * @throws MtucalcError `file` where it is another's, too large, or not what mtucalc writes
 */
export async function readState(path: string): Promise<WatchedPath[]> {
  // Whose it is, what is read says: no --force makes a state of another's file.
  await mayWrite(path, { ours: async () => true });
  const file = await promises
    .open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new MtucalcError('file', `cannot read ${path}: ${whyUnreadable(error)}`, 'name a file this user may read');
    });
  if (!file) return [];
  try {
    const { size } = await file.stat();
    if (size === 0) return [];
    if (size > WATCH_LIMITS.octets)
      throw new MtucalcError('file', `${path} has ${size} octets, a state ${WATCH_LIMITS.octets} at most`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    const text = buffer.toString('utf8', 0, bytesRead);
    if (!isOurs(text)) throw new MtucalcError('file', `${path} is no state of mtucalc watch`, 'name another file');
    return pathsIn(text, path);
  } finally {
    await file.close();
  }
}

/** Which hosts somebody watches is for that user alone. @throws MtucalcError `file` */
export const writeState = async (path: string, paths: readonly WatchedPath[]): Promise<void> => {
  await writeFiles([{ path, text: stateText(paths), mode: 0o600 }]);
};

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * All octets of a file. Node's own readFileSync does the same by functions that nothing else at the start needs, and V8
 * compiles each function that runs.
 * @param isRight asked of its fs.Stats before it is read
 * @returns undefined where that says no, or the file changes its length meanwhile
 * @throws as openSync
 */
export function octetsOf(file, flags, isRight) {
  const descriptor = openSync(file, flags);
  try {
    const stat = fstatSync(descriptor);
    if (!isRight(stat)) return undefined;
    const octets = Buffer.allocUnsafeSlow(stat.size);
    return stat.size > 0 && readSync(descriptor, octets, 0, stat.size, 0) === stat.size ? octets : undefined;
  } finally {
    closeSync(descriptor);
  }
}

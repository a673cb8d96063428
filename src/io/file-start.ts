import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** The first two octets of a file, in hexadecimal; '' where it cannot be read, which is said where it is read whole. */
export function startOf(path: string): string {
  try {
    // Who writes into a pipe would lose its reader.
    if (!statSync(path).isFile()) return '';
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(2);
      return head.subarray(0, readSync(file, head, 0, 2, 0)).toString('hex');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

import { statSync } from 'node:fs';

/**
 * Octets of a regular file; undefined where it is none or cannot be looked at: why not is said where it is opened. For
 * choices that only make reading faster.
 */
export function sizeOf(file: string): number | undefined {
  try {
    const status = statSync(file);
    return status.isFile() ? status.size : undefined;
  } catch {
    return undefined;
  }
}

import type { CaptureReader, CaptureReport } from '../../src/capture/reader.js';

/** Hands a file over in stretches of `chunk` octets, as the file reader does, and ends it. */
export function feed(reader: CaptureReader, file: Uint8Array, chunk = file.length || 1): CaptureReport {
  // One octet more than the file: a reader that looks further is seen.
  const buffer = reader.buffer(file.length + 1);
  let have = 0;
  for (let at = 0; at < file.length && !reader.stopped; at += chunk) {
    const next = file.subarray(at, at + chunk);
    buffer.set(next, have);
    have += next.length;
    const used = reader.consume(buffer, have);
    if (used < 0 || used > have) throw new Error(`${used} of ${have} octets consumed`);
    buffer.copyWithin(0, used, have);
    have -= used;
  }
  return reader.finish(buffer, have);
}

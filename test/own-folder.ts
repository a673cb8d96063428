import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of a test file's own, gone when its tests are over. `write` answers with the path of the file it made. */
export function ownFolder(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `mtucalc-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, content: Uint8Array | string): string => {
    const path = join(folder, file);
    writeFileSync(path, content);
    return path;
  };
  return { folder, write };
}

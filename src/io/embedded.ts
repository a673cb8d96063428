import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MtucalcError } from '../error.js';

/** Of the single executable, what is inside it; an ordinary Node has nothing inside. */
const sea = process.getBuiltinModule?.('node:sea') as
  | { isSea(): boolean; getAsset(name: string, encoding: 'utf8'): string; getRawAsset(name: string): ArrayBuffer }
  | undefined;

/** True where this program is one file with Node in it: what npm installs is not beside it. */
export const isSingleExecutable: boolean = sea?.isSea() ?? false;

/** The octets of a part of the single executable; undefined under an ordinary Node. */
export const embedded = (name: string): Uint8Array<ArrayBuffer> | undefined =>
  isSingleExecutable && sea ? new Uint8Array(sea.getRawAsset(name)) : undefined;

/** The source of a part that is JavaScript; undefined under an ordinary Node. */
export const embeddedText = (name: string): string | undefined =>
  isSingleExecutable && sea ? sea.getAsset(name, 'utf8') : undefined;

/**
 * Loads native code that travels inside the single executable. The loader of the C library takes files only, so the
 * code lies in a folder of this user's own for a moment.
 * @throws MtucalcError `no-engine` where no such folder can be made or run from
 */
export function loadEmbeddedNative(name: string): unknown {
  const module = { exports: {} };
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'mtucalc-'));
    const file = join(folder, name);
    writeFileSync(file, embedded(name) ?? '', { mode: 0o700, flag: 'wx' });
    process.dlopen(module, file);
  } catch (error) {
    throw new MtucalcError(
      'no-engine',
      `${name} cannot be unpacked and run below ${tmpdir()}: ${(error as Error).message}`,
      'set TMPDIR to a folder that can be written and is not mounted noexec',
    );
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
  return module.exports;
}

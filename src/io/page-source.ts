import { spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { MtucalcError } from '../error.js';
import { embedded } from './embedded.js';
import { packedPage } from './page-pack.js';

/** Beside the bundle, beside its chunks, or in `dist` when run from source. */
const places = ['./', '../', '../../dist/'].map((folder) => new URL(`${folder}page/mtucalc.html.br`, import.meta.url));

/**
 * The page as text, as the build made it; it travels with its scripts in the open, which takes less room.
 * @throws MtucalcError `file` where this installation has none
 */
export async function pageText(): Promise<string> {
  const inside = embedded('mtucalc.html.br');
  if (inside !== undefined) return unpacked(inside);
  for (const place of places) {
    const packed = await readFile(place).catch(() => undefined);
    if (packed !== undefined) return unpacked(packed);
  }
  throw new MtucalcError('file', 'this installation has no page', 'npm run build:page makes it in a checkout');
}

const unpacked = (octets: Uint8Array): string => packedPage(brotliDecompressSync(octets).toString('utf8'));

/** A file name in a new folder that only this user may enter. */
export const ownPlace = async (name: string): Promise<string> => join(await mkdtemp(join(tmpdir(), 'mtucalc-')), name);

/** What opens a file with the program of the user's choice. */
const openers: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  darwin: ['open', []],
  win32: ['cmd', ['/c', 'start', '']],
};

/**
 * Hands a file to the browser, and does not wait for it.
 * @throws MtucalcError `file` where nothing opens files here
 */
export async function openFile(path: string): Promise<void> {
  const [program, before] = openers[process.platform] ?? ['xdg-open', []];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, [...before, path], { stdio: 'ignore', detached: true });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', () =>
      reject(new MtucalcError('file', `there is no ${program} to open ${path}`, `open ${path} in a browser yourself`)),
    );
  });
}

import { promises } from 'node:fs';
import { join } from 'node:path';
import { MtucalcError } from '../error.js';

/** Writes text files into a folder, made if need be below one that exists; returns their paths. */
export async function saveFiles(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<string[]> {
  try {
    // Not recursive: below /proc that never ends (nodejs/node).
    await promises.mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const paths = files.map(({ name }) => join(folder, name));
    for (const [index, path] of paths.entries()) await promises.writeFile(path, files[index]?.text ?? '');
    return paths;
  } catch (error) {
    throw new MtucalcError(
      'out',
      `cannot write to ${folder}: ${(error as Error).message}`,
      'give --out a folder that can be written',
    );
  }
}

/** Writes one text file. */
export async function saveFile(path: string, text: string): Promise<void> {
  try {
    await promises.writeFile(path, text);
  } catch (error) {
    throw unwritable(path, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a directory',
  EACCES: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

const unwritable = (path: string, error: unknown): MtucalcError => {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new MtucalcError(
    'out',
    `cannot write ${path}: ${reasons[code] ?? message}`,
    'name a file that can be written',
  );
};

const HTML = /^\s*<!doctype html/i;

/** A page may be written over a page, and not over a capture that was named in its place. */
export async function mayBePage(path: string): Promise<void> {
  if (path === '-') {
    throw new MtucalcError(
      'out',
      'the page needs a file: standard output has the text',
      'mtucalc analyze FILE --report page.html',
    );
  }
  const status = await promises.stat(path).catch(() => undefined);
  if (!status?.isFile() || status.size === 0) return;
  const file = await promises.open(path).catch((error: unknown) => Promise.reject(unwritable(path, error)));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    if (HTML.test(buffer.toString('latin1', 0, bytesRead))) return;
  } finally {
    await file.close();
  }
  throw new MtucalcError(
    'out',
    `${path} exists and is no HTML page: it is not written over`,
    'name another file, or remove it',
  );
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MtucalcError } from '../error.js';

/** Writes text files into a folder, made if need be below one that exists; returns their paths. */
export async function saveFiles(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<string[]> {
  try {
    // Not recursive: below /proc that never ends (nodejs/node).
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const paths = files.map(({ name }) => join(folder, name));
    for (const [index, path] of paths.entries()) await writeFile(path, files[index]?.text ?? '');
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
    await writeFile(path, text);
  } catch (error) {
    throw new MtucalcError(
      'out',
      `cannot write ${path}: ${(error as Error).message}`,
      'name a file that can be written',
    );
  }
}

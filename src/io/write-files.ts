import { constants, promises, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MtucalcError } from '../error.js';
import type { FileAtHand } from '../file-at-hand.js';

/**
 * The one way mtucalc writes files: all of a set or none, each whole or not at all. What is there already is
 * replaced only where its first line says that mtucalc wrote it, or `force` insists.
 */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
  /** Permissions: 0o600 for what shows a network, 0o644 for what is to be loaded elsewhere. */
  readonly mode: number;
}

export interface WriteChoices {
  /** Replace files that mtucalc did not write. */
  readonly force?: boolean;
  /** Whether mtucalc wrote what is there; by its first line where nothing else is said. */
  readonly ours?: (file: FileAtHand) => Promise<boolean>;
}

/** The first line of everything mtucalc writes: a comment of at most four characters, then this word. */
const OURS = /^(?:\S{1,4} ?|<!doctype html><!-- )mtucalc:/;
const FIRST_LINE_OCTETS = 64;

/** True where a first line is one that mtucalc writes. */
export const isOurs = (start: string): boolean => OURS.test(start);

interface Staged {
  readonly path: string;
  readonly part: string;
  /** A second name of the file that was there, to put it back. */
  readonly former: string | undefined;
}

/**
 * Refuses a file that must not be replaced, before the work whose result it shall hold.
 * @throws MtucalcError `file`
 */
export async function mayWrite(path: string, { force = false, ours = beginsAsOurs }: WriteChoices = {}): Promise<void> {
  const there = await present(path);
  if (there === undefined) return;
  if (there.isSymbolicLink()) throw refused(path, 'it is a symbolic link', 'name the file itself, or remove the link');
  if (there.isDirectory()) throw refused(path, 'it is a directory', 'name a file in it');
  if (!there.isFile()) throw refused(path, 'it is no regular file', 'name a file; standard output has the text');
  if (force || there.size === 0 || (await atHand(path, there.size, ours))) return;
  throw refused(path, 'it exists and mtucalc did not write it', 'name another file, remove it, or insist with --force');
}

/**
 * Writes all of them or none, and answers their paths. Each goes to a new file beside its place, is brought to the
 * disk and then renamed, so that a full disk or a broken-off run leaves what was there.
 * @throws MtucalcError `file`
 */
export async function writeFiles(files: readonly WrittenFile[], choices: WriteChoices = {}): Promise<string[]> {
  for (const { path } of files) await mayWrite(path, choices);
  const staged: Staged[] = [];
  const placed: Staged[] = [];
  let current = '';
  try {
    for (const file of files) {
      current = file.path;
      const part = beside(file.path, 'part');
      staged.push({ path: file.path, part, former: undefined });
      await fill(part, file);
    }
    for (const [index, { path, part }] of staged.entries()) {
      current = path;
      const former = files.length > 1 && (await present(path)) ? beside(path, 'former') : undefined;
      if (former !== undefined) await promises.link(path, former);
      placed.push({ path, part, former });
      await promises.rename(part, path);
      staged[index] = { path, part, former };
    }
  } catch (error) {
    for (const one of placed) await putBack(one);
    throw unwritable(current, error);
  } finally {
    for (const { part, former } of [...staged, ...placed]) {
      await promises.rm(part, { force: true }).catch(() => undefined);
      if (former !== undefined) await promises.rm(former, { force: true }).catch(() => undefined);
    }
  }
  return files.map(({ path }) => path);
}

/** Writes a set of texts into a folder, made if need be below one that exists; answers their paths. */
export async function writeInto(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
  choices: WriteChoices = {},
): Promise<string[]> {
  // Not recursive: below /proc that turns for ever on every Node.
  await promises.mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw unwritable(folder, error);
  });
  return writeFiles(
    files.map(({ name, text }) => ({ path: join(folder, name), text, mode: 0o644 })),
    choices,
  );
}

export function beside(path: string, what: string): string {
  // Not of node:crypto, which takes 5 ms to load: also where nothing is written.
  const name = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${name}.${what}`);
}

/** A file that was not there before. */
export function openNew(path: string, mode: number): Promise<promises.FileHandle> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  return promises.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
}

async function fill(part: string, { text, mode }: WrittenFile): Promise<void> {
  const file = await openNew(part, mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

const putBack = async ({ path, part, former }: Staged): Promise<void> => {
  if (former !== undefined) await promises.rename(former, path).catch(() => undefined);
  // Ours only where the rename was done: then its first name is gone.
  else if ((await present(part)) === undefined) await promises.rm(path, { force: true }).catch(() => undefined);
};

/** What stands there, links not followed. */
const present = (path: string): Promise<Stats | undefined> =>
  promises.lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unwritable(path, error);
  });

const beginsAsOurs = async (file: FileAtHand): Promise<boolean> =>
  isOurs(Buffer.from(await file.read(0, FIRST_LINE_OCTETS)).toString('latin1'));

async function atHand(path: string, size: number, ours: (file: FileAtHand) => Promise<boolean>): Promise<boolean> {
  try {
    const file = await promises.open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const read = async (from: number, octets: number): Promise<Uint8Array> => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(octets), 0, octets, from);
        return buffer.subarray(0, bytesRead);
      };
      return await ours({ size, read });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a directory',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ELOOP: 'symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};

const refused = (path: string, why: string, cure: string): MtucalcError =>
  new MtucalcError('file', `cannot write ${path}: ${why}`, cure);

/** Any error of the system in a sentence about this path. */
export const unwritable = (path: string, error: unknown): MtucalcError => {
  if (error instanceof MtucalcError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return refused(path, reasons[code] ?? message, 'nothing was changed; name a place that can be written');
};

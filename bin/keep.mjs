// Leaves compiled code for the next start: after the answer, and in a file of its own, as most starts have nothing to leave.
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { aligned, HEAD, isOwn, MARK } from './kept.mjs';

/** One file a command, format and V8; what is more belongs to versions that are gone. */
const MOST_FILES = 40;

/**
 * Keeps a command's code for the next start; where that cannot be, nothing happens.
 * @param place of keptCode
 * @param make makes the code
 */
export function keep({ base, folder, file, flags }, source, make) {
  const part = `${file}.${process.pid}`;
  try {
    // One by one: with `recursive` Node turns for ever below /proc, where mkdir(2) says ENOENT though the parent is there.
    for (const one of [base, folder]) if (!existsSync(one)) mkdirSync(one, { mode: 0o700 });
    const place = lstatSync(folder);
    if (!place.isDirectory() || !isOwn(place)) return;
    const descriptor = openSync(part, 'wx', 0o600);
    try {
      const code = make();
      const head = Buffer.alloc(HEAD);
      for (const [i, value] of [MARK, flags.length, source.length, code.length].entries())
        head.writeUInt32LE(value, i * 4);
      const filled = HEAD + flags.length + source.length;
      writeFileSync(
        descriptor,
        Buffer.concat([head, flags, source, Buffer.alloc(aligned(filled) - filled), code, code]),
      );
    } finally {
      closeSync(descriptor);
    }
    renameSync(part, file);
    forgetOld(folder);
  } catch {
    // No home, a full disk, a read-only system: as fast as without.
    try {
      rmSync(part, { force: true });
    } catch {
      // Not even a folder to look into.
    }
  }
}

/** The folder has a limit: the oldest go. */
function forgetOld(folder) {
  const files = readdirSync(folder);
  if (files.length <= MOST_FILES) return;
  const oldest = files
    .map((name) => ({ name, age: lstatSync(`${folder}/${name}`).mtimeMs }))
    .sort((a, b) => a.age - b.age)
    .slice(0, files.length - MOST_FILES);
  for (const { name } of oldest) rmSync(`${folder}/${name}`, { force: true });
}

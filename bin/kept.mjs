// Compiled code that an earlier start left (keep.mjs), in this user's own cache folder. V8 accepts such code by its version, its
// flags and the length of the source alone and crashes on a flipped bit, so the file proves itself first: it holds the
// source it was compiled from, to be compared with the one at hand, and the code twice, to be compared with itself.
// Comparing is native and costs a tenth of a millisecond; a checksum would cost three, or the loading of zlib.
import { constants, lstatSync } from 'node:fs';
import { octetsOf } from './read-file.mjs';

/** First octets of a kept file; the number changes with its form. */
export const MARK = 0x6d747501;
/** Mark, and the lengths of flags, source and code. */
export const HEAD = 16;
/** V8 copies code that does not begin at a multiple of eight. */
export const aligned = (octets) => Math.ceil(octets / 8) * 8;
/** Others may not write: group and world. */
const OTHERS_WRITE = 0o022;

const platformFolder = () => {
  const { env, platform } = process;
  const given = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  if (given?.startsWith('/') || (platform === 'win32' && given?.indexOf(':\\') === 1)) return given;
  if (platform === 'win32' || !env.HOME?.startsWith('/')) return undefined;
  return `${env.HOME}/${platform === 'darwin' ? 'Library/Caches' : '.cache'}`;
};

/** Under sudo HOME is still another user's: root must not run that user's code, nor leave files of its own there. */
export const isOwn = ({ uid, mode }) =>
  process.geteuid === undefined || (uid === process.geteuid() && (mode & OTHERS_WRITE) === 0);

const isOwnFile = (stat) => stat.isFile() && isOwn(stat);

/**
 * The kept code of a command whose source has these octets; undefined where there is none that proves itself.
 * @returns and the place where it is kept, for `keep`; none where there is no folder for it
 */
export function keptCode(name, source) {
  const base = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : platformFolder();
  if (base === undefined) return {};
  const folder = `${base}/mtucalc`;
  // Other flags make other code. They share one file, the last come keeps it.
  const flags = Buffer.from([...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').trim());
  const file = `${folder}/${name}-${process.versions.v8}-${process.arch}${flags.length > 0 ? '-flags' : ''}`;
  return { code: proven(folder, file, flags, source), place: { base, folder, file, flags } };
}

function proven(folder, file, flags, source) {
  try {
    const place = lstatSync(folder);
    if (!place.isDirectory() || !isOwn(place)) return undefined;
    const all = octetsOf(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0), isOwnFile);
    if (all === undefined || all.length < HEAD || all.readUInt32LE(0) !== MARK) return undefined;
    const flagLength = all.readUInt32LE(4);
    const codeLength = all.readUInt32LE(12);
    const sourceAt = HEAD + flagLength;
    const sourceEnd = sourceAt + all.readUInt32LE(8);
    const codeAt = aligned(sourceEnd);
    const codeEnd = codeAt + codeLength;
    if (all.length !== codeEnd + codeLength) return undefined;
    const proves =
      flags.compare(all, HEAD, sourceAt) === 0 &&
      source.compare(all, sourceAt, sourceEnd) === 0 &&
      all.compare(all, codeEnd, all.length, codeAt, codeEnd) === 0;
    return proves ? all.subarray(codeAt, codeEnd) : undefined;
  } catch {
    return undefined;
  }
}

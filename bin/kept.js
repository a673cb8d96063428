// Keeps compiled code for the next start, in this user's own cache folder. V8 accepts such code by its version, its
// flags and the length of the source alone and crashes on a flipped bit, so the file proves itself first: it holds the
// source it was compiled from, to be compared with the one at hand, and the code twice, to be compared with itself.
// Comparing is native and costs a tenth of a millisecond; a checksum would cost three, or the loading of zlib.
const fs = require('node:fs');
const { join } = require('node:path');

/** First octets of a kept file; the number changes with its form. */
const MARK = 0x6d747501;
/** Mark, and the lengths of flags, source and code. */
const HEAD = 16;
/** V8 copies code that does not begin at a multiple of eight. */
const aligned = (octets) => Math.ceil(octets / 8) * 8;
/** One file a command, format and V8; what is more belongs to versions that are gone. */
const MOST_FILES = 40;
/** Others may not write: group and world. */
const OTHERS_WRITE = 0o022;

const platformFolder = () => {
  const { env, platform } = process;
  const given = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  if (given !== undefined && /^(\/|[A-Za-z]:\\)/.test(given)) return given;
  if (platform === 'win32' || !env.HOME?.startsWith('/')) return undefined;
  return join(env.HOME, platform === 'darwin' ? 'Library/Caches' : '.cache');
};

/** Under sudo HOME is still another user's: root must not run that user's code, nor leave files of its own there. */
const isOwn = ({ uid, mode }) =>
  process.geteuid === undefined || (uid === process.geteuid() && (mode & OTHERS_WRITE) === 0);

/**
 * The kept code of a command whose source has these octets; undefined where there is none that proves itself.
 * `keep` takes what makes the code and stores it; where that cannot be, nothing happens.
 */
exports.keptCode = (name, source) => {
  const base = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : platformFolder();
  if (base === undefined) return { code: undefined, keep: () => undefined };
  const folder = join(base, 'mtucalc');
  // Other flags make other code. They share one file, the last come keeps it.
  const flags = Buffer.from([...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').trim());
  const file = join(folder, `${name}-${process.versions.v8}-${process.arch}${flags.length > 0 ? '-flags' : ''}`);
  return {
    code: proven(folder, file, flags, source),
    keep: (make) => store(base, folder, file, flags, source, make),
  };
};

function proven(folder, file, flags, source) {
  let descriptor;
  try {
    const place = fs.lstatSync(folder);
    if (!place.isDirectory() || !isOwn(place)) return undefined;
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    const stat = fs.fstatSync(descriptor);
    if (!stat.isFile() || !isOwn(stat)) return undefined;
    const all = fs.readFileSync(descriptor);
    if (all.length < HEAD || all.readUInt32LE(0) !== MARK) return undefined;
    const [flagLength, sourceLength, codeLength] = [4, 8, 12].map((at) => all.readUInt32LE(at));
    const codeAt = aligned(HEAD + flagLength + sourceLength);
    if (all.length !== codeAt + 2 * codeLength) return undefined;
    const code = all.subarray(codeAt, codeAt + codeLength);
    const proves =
      all.subarray(HEAD, HEAD + flagLength).equals(flags) &&
      all.subarray(HEAD + flagLength, HEAD + flagLength + sourceLength).equals(source) &&
      code.equals(all.subarray(codeAt + codeLength));
    return proves ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function store(base, folder, file, flags, source, make) {
  const part = `${file}.${process.pid}`;
  try {
    // One by one: with `recursive` Node turns for ever below /proc, where mkdir(2) says ENOENT though the parent is there.
    for (const one of [base, folder]) if (!fs.existsSync(one)) fs.mkdirSync(one, { mode: 0o700 });
    const place = fs.lstatSync(folder);
    if (!place.isDirectory() || !isOwn(place)) return;
    const descriptor = fs.openSync(part, 'wx', 0o600);
    try {
      const code = make();
      const head = Buffer.alloc(HEAD);
      for (const [i, value] of [MARK, flags.length, source.length, code.length].entries())
        head.writeUInt32LE(value, i * 4);
      const filled = HEAD + flags.length + source.length;
      fs.writeFileSync(
        descriptor,
        Buffer.concat([head, flags, source, Buffer.alloc(aligned(filled) - filled), code, code]),
      );
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(part, file);
    forgetOld(folder);
  } catch {
    // No home, a full disk, a read-only system: as fast as without.
    try {
      fs.rmSync(part, { force: true });
    } catch {
      // Not even a folder to look into.
    }
  }
}

/** The folder has a limit: the oldest go. */
function forgetOld(folder) {
  const files = fs.readdirSync(folder);
  if (files.length <= MOST_FILES) return;
  const oldest = files
    .map((name) => ({ name, age: fs.lstatSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.age - b.age)
    .slice(0, files.length - MOST_FILES);
  for (const { name } of oldest) fs.rmSync(join(folder, name), { force: true });
}

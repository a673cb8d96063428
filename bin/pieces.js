// Puts a command's program together of the pieces in dist/chunks, as scripts/quick.mjs wrote down.
const { closeSync, openSync, readFileSync, readSync } = require('node:fs');

/**
 * The text of one function (require, import_meta, whole), in ASCII.
 * @param dist the folder, with its slash
 * @returns undefined where the command has none, or a piece is not as long as the one that was built
 */
exports.programOf = (dist, command) => {
  const parts = partsOf(`${dist}quick/${command}.json`);
  if (parts === undefined) return undefined;
  let room = 0;
  for (const [text, , , , rest = 0] of parts) room += text.length + rest + 1;
  const program = Buffer.allocUnsafeSlow(room);
  let end = 0;
  for (const [text, file, from, length, rest, letters] of parts) {
    end += program.latin1Write(text, end);
    if (file === undefined) break;
    const piece = openSync(dist + file);
    // To its end and for one octet more, which tells whether it is as long as it was; what follows is written over the rest.
    const read = readSync(piece, program, end, rest + 1, from);
    closeSync(piece);
    if (read !== rest) return undefined;
    for (const [at, letter] of letters) program[end + at] = letter.charCodeAt(0);
    end += length;
  }
  return program.subarray(0, end);
};

function partsOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'latin1'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

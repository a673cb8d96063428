// The program of a command, as scripts/quick.mjs made or wrote it down.
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { octetsOf } from './read-file.mjs';

/**
 * The text of one function (require, import_meta, whole), in ASCII.
 * @param dist the folder, with its slash
 * @returns undefined where the command has none, or a piece is not as long as the one that was built
 */
export function programOf(dist, command) {
  return command === 'calc' ? inOne(`${dist}quick/calc.js`) : ofPieces(dist, `${dist}quick/${command}.json`);
}

function inOne(file) {
  try {
    return octetsOf(file, constants.O_RDONLY, () => true);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Put together of what lies in dist/chunks. */
export function ofPieces(dist, file) {
  const parts = partsOf(file);
  if (parts === undefined) return undefined;
  let room = 0;
  for (const [text, , , , rest = 0] of parts) room += text.length + rest + 1;
  const program = Buffer.allocUnsafeSlow(room);
  let end = 0;
  for (const [text, piece, from, length, rest, letters] of parts) {
    end += program.latin1Write(text, end);
    if (piece === undefined) break;
    const descriptor = openSync(dist + piece);
    // To its end and for one octet more, which tells whether it is as long as it was; what follows is written over the rest.
    const read = readSync(descriptor, program, end, rest + 1, from);
    closeSync(descriptor);
    if (read !== rest) return undefined;
    for (const [at, letter] of letters) program[end + at] = letter.charCodeAt(0);
    end += length;
  }
  return program.subarray(0, end);
}

function partsOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'latin1'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

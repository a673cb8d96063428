// Writes to a file or pipe without Node's stream classes, whose loading is a tenth of the whole start. A terminal, and a
// pipe that is full for the moment, are left to process.stdout.
import { fstatSync, writeSync } from 'node:fs';

/** /dev/null is a character device too, and no terminal: major 1, minor 3 on Linux. */
const NULL_DEVICE = 0x103;

const isPlain = () => {
  if (process.platform !== 'linux') return false;
  try {
    const stat = fstatSync(1);
    return !stat.isCharacterDevice() || stat.rdev === NULL_DEVICE;
  } catch {
    return false;
  }
};

/** What a command that answers at once needs of the process. */
export function quickTerminal() {
  const plain = isPlain();
  const state = { wasRead: false, isWritten: plain };
  const write = (text) => {
    const octets = Buffer.from(text);
    let sent = 0;
    try {
      while (sent < octets.length) sent += writeSync(1, octets, sent);
    } catch (error) {
      if (error.code === 'EAGAIN') {
        state.isWritten = false;
        return process.stdout.write(octets.subarray(sent));
      }
      // `mtucalc … | head` closes the pipe early; that is no failure of ours.
      if (error.code !== 'EPIPE') throw error;
    }
    return true;
  };
  return {
    stdout: plain ? { isTTY: false, write } : process.stdout,
    env: process.env,
    once: process.once.bind(process),
    removeListener: process.removeListener.bind(process),
    get stdin() {
      state.wasRead = true;
      return process.stdin;
    },
    get stderr() {
      return process.stderr;
    },
    /** Standard input was asked for. */
    get wasRead() {
      return state.wasRead;
    },
    /** Everything printed is out of the process: writes to a file or pipe end before they return (Linux). */
    get isWritten() {
      return state.isWritten;
    },
  };
}

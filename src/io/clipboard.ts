import { spawnSync } from 'node:child_process';
import { PASTE_LIMIT } from '../device/paste.js';
import { MtucalcError } from '../error.js';

/** What gives the clipboard's text, by the systems that have it; the first that is there is asked. */
const readers: readonly (readonly [program: string, ...words: string[]])[] = [
  ['wl-paste', '--no-newline'],
  ['xclip', '-selection', 'clipboard', '-o'],
  ['xsel', '--clipboard', '--output'],
  ['pbpaste'],
  ['powershell.exe', '-NoProfile', '-Command', 'Get-Clipboard -Raw'],
];
const PATIENCE_MS = 5000;

/** The text in the clipboard. @throws MtucalcError where no program gives it, or it is empty. */
export function readClipboard(): Uint8Array {
  for (const [program, ...words] of readers) {
    const { error, status, stdout } = spawnSync(program, words, { maxBuffer: PASTE_LIMIT + 1, timeout: PATIENCE_MS });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') continue;
    if (status === 0 && stdout.length > 0) return stdout;
  }
  throw new MtucalcError(
    'no-engine',
    'the clipboard cannot be read, or is empty',
    `one of ${readers.map(([program]) => program).join(', ')} must be there and have a text; or pipe it in: … | mtucalc import -`,
  );
}

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The tree as it stands, with what is not committed yet, in a folder of its own: nothing is ever broken in the tree itself. */
export function copyOfTree(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'mtucalc-mutate-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const name of [...listed.split('\0').filter((one) => one !== '' && existsSync(one)), 'dist'])
    if (existsSync(name)) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

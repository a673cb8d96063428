// dist/types: the declarations that the package's entries lead to. tsc writes those of everything it compiles, five times as
// many files.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';

const folder = 'dist/types';
const FROM = /\b(?:from|import)\s*\(?\s*['"](?<path>\.{1,2}\/[^'"]+)\.js['"]/g;

/** @param entries declaration files, as package.json names them */
export function writeTypes(entries) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
    stdio: 'inherit',
  });
  const reached = new Set();
  const reach = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { groups } of readFileSync(file, 'utf8').matchAll(FROM))
      reach(posix.join(posix.dirname(file), `${groups.path}.d.ts`));
  };
  for (const entry of entries) reach(posix.normalize(entry));
  for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )) {
    const file = join(parentPath, name).replaceAll('\\', '/');
    if (!reached.has(file)) rmSync(file);
  }
}

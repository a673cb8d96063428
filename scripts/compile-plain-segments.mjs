// assembly/plain-segments.ts to dist/plain-segments.wasm; nothing to do where that is newer than what it is made from.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';
import { columnWriter } from './inline-columns.mjs';

const source = 'assembly/plain-segments.ts';
const sources = [source, 'assembly/records.ts'];
const output = 'dist/plain-segments.wasm';
const madeFrom = [
  ...sources,
  'src/analyze/flow/flow-columns.ts',
  'scripts/compile-plain-segments.mjs',
  'scripts/inline-columns.mjs',
];

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** For the build; and as `setup` for vitest, whose tests need it too. */
export async function compilePlainSegments() {
  if (changed(output) > Math.max(...madeFrom.map(changed))) return;
  const written = await columnWriter();
  const files = new Map();
  const { error, stderr } = await asc.main(
    // The memory is the analysis's own; nothing is allocated in here, so no runtime comes along.
    [source, '--outFile', output, '-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--noExportMemory'],
    {
      readFile: (name) => (sources.includes(name) ? written(readFileSync(name, 'utf8')) : null),
      writeFile: (name, contents) => files.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${source}: ${error.message}\n${stderr}`);
  mkdirSync('dist', { recursive: true });
  writeFileSync(output, files.get(output));
}

export { compilePlainSegments as setup };

// assembly/plain-segments.ts to dist/plain-segments.wasm; nothing to do where that is newer than what it is made from.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';
import { asAssembly } from './inline-numbers.mjs';

const source = 'assembly/plain-segments.ts';
const sources = readdirSync('assembly')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `assembly/${name}`);
/** What they take their offsets, numbers and columns from. */
const numbers = [
  'src/packet/ipv4.ts',
  'src/packet/ipv6.ts',
  'src/packet/tcp.ts',
  'src/packet/udp.ts',
  'src/packet/wireguard.ts',
  'src/frame/frame-batch.ts',
  'src/capture/limits.ts',
  'src/capture/block.ts',
  'src/capture/pcap-record.ts',
  'src/analyze/flow/flow-clock.ts',
  'src/analyze/flow/flow-columns.ts',
  'src/analyze/flow/flow-key.ts',
  'src/analyze/flow/flow-table.ts',
  'src/analyze/flow/flow-totals.ts',
  'src/analyze/flow/key-hash.ts',
  'src/analyze/flow/path-bounds.ts',
  'src/analyze/flow/path-table.ts',
  'src/analyze/flow/seen-segments.ts',
  'src/analyze/flow/shape-table.ts',
  'src/analyze/flow/sizes.ts',
  'src/analyze/flow/udp-columns.ts',
  'src/analyze/flow/udp-times.ts',
  'src/analyze/log/timeline.ts',
];
const output = 'dist/plain-segments.wasm';
const madeFrom = [...sources, ...numbers, 'scripts/compile-plain-segments.mjs', 'scripts/inline-numbers.mjs'];

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** For the build; and as `setup` for vitest, whose tests need it too. */
export async function compilePlainSegments() {
  if (changed(output) > Math.max(...madeFrom.map(changed))) return;
  const texts = new Map(sources.map((name) => [name, readFileSync(name, 'utf8')]));
  for (const name of numbers) texts.set(name, await asAssembly(name));
  const files = new Map();
  const { error, stderr } = await asc.main(
    // The memory is the analysis's own; nothing is allocated in here, so no runtime comes along.
    [source, '--outFile', output, '-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--noExportMemory'],
    {
      readFile: (name) => texts.get(name) ?? null,
      writeFile: (name, contents) => files.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${source}: ${error.message}\n${stderr}`);
  mkdirSync('dist', { recursive: true });
  writeFileSync(output, files.get(output));
}

export { compilePlainSegments as setup };

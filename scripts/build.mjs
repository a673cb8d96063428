// Bundles the command and the library into dist/; --types adds declarations.
//   dist/cli.js     every command, each in a chunk of its own that is loaded when it runs
//   dist/quick/     how the same pieces make a program that starts faster, a file a command that nobody should wait for (quick.mjs)
//   dist/start.cjs  what bin/mtucalc.js runs: it picks one of the two; dist/keep.cjs  keeps its compiled code
//   dist/index.js   the library; dist/calc.js, snippet.js …  its sub-path exports, for Node and for browsers
//   dist/analyze-worker.js  one capture on a thread of its own
//   dist/page/mtucalc.html  the calculator as a page
//   dist/THIRD-PARTY.txt, dist/sbom.cdx.json  whose code of others is inside, with its licences
//   dist/plain-segments.wasm  the loop that most frames of a capture go through
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { compilePlainSegments } from './compile-plain-segments.mjs';
import { inlineNumbers } from './inline-numbers.mjs';
import { noticesOf } from './notices.mjs';
import { writePage } from './page.mjs';
import { tidyPieces } from './pieces.mjs';
import { plainWidth } from './plain-width.mjs';
import { quickCommands, writeQuick } from './quick.mjs';
import { writeSchemas } from './schemas.mjs';
import { writeTypes } from './types.mjs';

const about = JSON.parse(readFileSync('package.json', 'utf8'));
const { version } = about;
mkdirSync('dist', { recursive: true });
for (const name of readdirSync('dist')) if (!name.endsWith('.wasm')) rmSync(`dist/${name}`, { recursive: true });
await compilePlainSegments();
await writeSchemas();
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  // Whole licence texts are in THIRD-PARTY.txt.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: { MTUCALC_VERSION: JSON.stringify(version) },
  // Native and optional: loaded by their one adapter file, only when that engine runs.
  external: ['koffi', 'raw-socket'],
};
// The sub-path exports: pure rooms. A piece of code that they share with the command is pure as well, so the same files
// load in a browser; a banner that imports anything of Node would end that.
const rooms = {
  calc: 'src/mtu/index.ts',
  snippet: 'src/snippet/index.ts',
  lint: 'src/lint/index.ts',
  import: 'src/device/index.ts',
  analyze: 'src/analyze/index.ts',
  ciphers: 'ciphers/index.ts',
};
/** A CommonJS package that asks for Node's own modules, in an ES module, where there is no require(). */
const builtInsOf = (filter) => ({
  name: 'built-ins',
  setup: ({ onLoad }) =>
    onLoad({ filter }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\brequire\((['"])(\w+)\1\)/g, 'process.getBuiltinModule($1$2$1)'),
    })),
});
/**
 * The rows of ciphers/ as one text each: V8 reads JSON faster than the same object written as code, by a millisecond here,
 * and what nobody asks for is not read at all.
 */
const rowsAsText = {
  name: 'rows-as-text',
  setup: ({ onLoad }) =>
    onLoad({ filter: /ciphers[\\/]\w+\.json$/ }, ({ path }) => {
      const { rows, ...whole } = JSON.parse(readFileSync(path, 'utf8'));
      const parsed = (value) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
      return {
        contents: rows
          ? `let rows; export default { get rows() { return rows ??= ${parsed(rows)}; } };`
          : `export default ${parsed(whole)};`,
      };
    }),
};
const metafiles = [];
const bundle = async (choices) => metafiles.push((await build({ ...common, ...choices })).metafile);
await bundle({
  entryPoints: {
    cli: 'src/cli/main.ts',
    index: 'src/index.ts',
    'analyze-worker': 'src/app/analyze-worker.ts',
    ...rooms,
  },
  outdir: 'dist',
  plugins: [inlineNumbers, rowsAsText, plainWidth, builtInsOf(/pcap-parser\.js$/)],
  splitting: true,
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
});
writeQuick(await tidyPieces(metafiles[0]));
// What picks the program, in one file: each file more that Node looks for costs a quarter of a millisecond. And what comes
// after the answer, in another: V8 looks through all that stands in the first.
for (const name of ['start', 'keep']) {
  await bundle({
    // Said like this, esbuild adds nothing for what asks in another way.
    stdin: { contents: `import { ${name} } from './bin/${name}.mjs'; module.exports = { ${name} };`, resolveDir: '.' },
    define: { QUICK: JSON.stringify(quickCommands) },
    outfile: `dist/${name}.cjs`,
    format: 'cjs',
    external: ['../dist/*', './keep.cjs'],
  });
}
// The compiled loop holds what its compiler brings along.
const { text, sbom } = noticesOf(metafiles, ['node_modules/assemblyscript'], about);
writeFileSync('dist/THIRD-PARTY.txt', text);
writeFileSync('dist/sbom.cdx.json', sbom);
await writePage();
if (process.argv.includes('--types')) writeTypes(Object.values(about.exports).flatMap(({ types }) => types ?? []));

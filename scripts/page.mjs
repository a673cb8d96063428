// npm run build:page: src/page to dist/page/mtucalc.html, one file that asks for nothing: scripts and style are inside,
// and its policy allows only them, by their hashes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { inlineNumbers } from './inline-numbers.mjs';
import { pageScripts } from './page-scripts.mjs';
import { repository } from './release/address.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The rows without what is for their readers alone: no code asks for a note, a number of IANA's or the octets of a salt. */
const rowsThatCompute = {
  name: 'rows-that-compute',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]ciphers[\\/]\w+\.json$/ }, ({ path }) => ({
      loader: 'json',
      contents: JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), (name, value) =>
        ['notes', 'iana', 'salt'].includes(name) ? undefined : value,
      ),
    })),
};

/** What the page is built without, file by file, and what stands there instead. */
const leftOut = [
  // It shows no measurements, and what a Linux host has in files mtucalc reads there.
  [/[\\/]formats[\\/]measuring\.ts$/, 'export const measuringFormats = []; export const programFormats = [];'],
  // What a paste is that describes no tunnel: it says which pastes it reads, and the command what to paste instead.
  [/[\\/]device[\\/]other-output\.ts$/, 'export const otherOutput = () => null;'],
  // It brings no WebAssembly: what calls the compiled loop is never reached there.
  [/[\\/]flow[\\/]plain-segments\.ts$/, 'export class PlainSegments {} export const memoryFor = () => 0;'],
  // It makes no rows of flows.
  [/[\\/]flow[\\/]packed-flows\.ts$/, 'export class FlowPacker {}'],
  // It has no --resync.
  [/[\\/]capture[\\/]pcap(?:ng)?-resync\.ts$/, 'export const findRecord = () => -1, findBlock = () => -1;'],
  // Frames of Frame Relay and ARCnet it counts as unknown.
  [
    /[\\/]frame[\\/]decode-wide-area\.ts$/,
    "import { unknown } from './stop.js'; export { unknown as decodeArcnet, unknown as decodeFrameRelay };",
  ],
];
const withoutRare = {
  name: 'without-rare',
  setup({ onLoad }) {
    for (const [filter, contents] of leftOut)
      onLoad({ filter }, ({ path }) => ({ loader: 'ts', contents, resolveDir: dirname(path) }));
  },
};

/** src/io/page-pack.ts: mtucalc page packs the page as this does. */
async function packedPage(text) {
  const { outputFiles } = await build({
    entryPoints: ['src/io/page-pack.ts'],
    write: false,
    format: 'esm',
  });
  const packing = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return packing.packedPage(text);
}

/** The cases that the tests hold the calculation against, and where they stand. */
function exactness() {
  const folder = 'test/mtu/fixtures';
  const cases = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')).cases.length;
  return {
    MEASURED: cases('kernel-esp-tunnel') + cases('kernel-stacks'),
    PUBLISHED: cases('published'),
    CASES: repository === undefined ? '' : ` (<a href="${repository}/tree/main/${folder}">all of them</a>)`,
  };
}

/** The whole page as text, its second script in the open. */
async function plainPage() {
  const [[script, readers], { code }] = await Promise.all([
    pageScripts('src/page/start.ts', 'src/page/start-readers.ts', {
      legalComments: 'none',
      logLevel: 'warning',
      define: { MTUCALC_VERSION: JSON.stringify(version) },
      plugins: [withoutRare, inlineNumbers, rowsThatCompute],
    }),
    transform(readFileSync('src/page/page.css', 'utf8'), { loader: 'css', minify: true }),
  ]);
  const style = code.trim();
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)} ${hash(readers)}`,
    `style-src ${hash(style)}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = { POLICY: policy, STYLE: style, SCRIPT: script, READERS: readers, VERSION: version, ...exactness() };
  return readFileSync('src/page/page.html', 'utf8').replace(
    /(?:\/\*)?@([A-Z]+)@(?:\*\/)?/g,
    (whole, name) => parts[name] ?? whole,
  );
}

/** The whole page as text. */
export const page = async () => packedPage(await plainPage());

/** Writes dist/page/mtucalc.html; answers its size in octets, as it is and as a server sends it. */
export async function writePage() {
  const plain = await plainPage();
  const text = await packedPage(plain);
  mkdirSync('dist/page', { recursive: true });
  writeFileSync('dist/page/mtucalc.html', text);
  // What travels in the package: mtucalc page unpacks it. In the open the scripts take less room after brotli.
  const packed = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } });
  writeFileSync('dist/page/mtucalc.html.br', packed);
  return { plain: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length, brotli: packed.length };
}

if (import.meta.filename === process.argv[1]) {
  const { plain, gzip, brotli } = await writePage();
  console.log(`dist/page/mtucalc.html: ${plain} octets, ${gzip} with gzip, ${brotli} in the package`);
}

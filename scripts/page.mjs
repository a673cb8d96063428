// npm run build:page: src/page to dist/page/mtucalc.html, one file that asks for nothing: scripts and style are inside,
// and its policy allows only them, by their hashes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { inlineNumbers } from './inline-numbers.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** Text that ends no script element (HTML 13.2.5.4) and begins no comment in one. */
const inScript = (text) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    charset: 'utf8',
    define: { MTUCALC_VERSION: JSON.stringify(version) },
    plugins: [inlineNumbers],
  });
  return inScript(outputFiles[0].text.trim());
}

/** The whole page as text. */
export async function page() {
  const [script, { code }] = await Promise.all([
    bundled('src/page/start.ts'),
    transform(readFileSync('src/page/page.css', 'utf8'), { loader: 'css', minify: true }),
  ]);
  const style = code.trim();
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = { POLICY: policy, STYLE: style, SCRIPT: script, VERSION: version };
  return readFileSync('src/page/page.html', 'utf8').replace(
    /(?:\/\*)?@([A-Z]+)@(?:\*\/)?/g,
    (whole, name) => parts[name] ?? whole,
  );
}

/** What a page may weigh, octets: as it is, and as a server sends it. */
const MOST = { plain: 450_000, gzip: 150_000 };

if (import.meta.filename === process.argv[1]) {
  const text = await page();
  mkdirSync('dist/page', { recursive: true });
  writeFileSync('dist/page/mtucalc.html', text);
  const size = { plain: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length };
  console.log(`dist/page/mtucalc.html: ${size.plain} octets, ${size.gzip} with gzip`);
  for (const [how, most] of Object.entries(MOST)) {
    if (size[how] > most) throw new Error(`the page has ${size[how]} octets (${how}), ${most} at most`);
  }
}

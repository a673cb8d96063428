// npm run build:site: the page and everything a search may find, into dist/site: static files without script.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { marked } from 'marked';
import { page } from './page.mjs';
import { site as address, repository } from './release/address.mjs';

const output = 'dist/site';
const { outputFiles } = await build({
  stdin: {
    resolveDir: '.',
    contents: "export * from './src/page/site/index.ts'; export { catalogue } from './ciphers/index.ts';",
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  logLevel: 'warning',
});
const { catalogue, framed, sitemap, sitePages, siteStyle } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);

/** Words without Markdown's marks, as many as a search shows. */
function brief(markdown) {
  const words = markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length <= 160 ? words : `${words.slice(0, 158).replace(/\s\S*$/, '')} …`;
}

/** docs/NAME.md as a page; links between the documents lead to their pages. */
const docs = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => {
    const text = readFileSync(`docs/${name}`, 'utf8');
    const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
    const local = text
      .replace(/\]\((?!https?:|#)([\w-]+)\.md(#[^)]*)?\)/g, ']($1.html$2)')
      .replace(/\[([^\]]*)\]\(\.\.\/([\w./-]+)\)/g, (_, words, path) =>
        // What lies elsewhere in the repository is no page here.
        repository === undefined ? words : `[${words}](${repository}/blob/main/${path})`,
      );
    const said =
      text
        .replace(/^```[\s\S]*?^```$/gm, '')
        .split(/\n\n+/)
        .find((part) => /^[A-Z`]/.test(part)) ?? title;
    return {
      path: `docs/${name.replace(/\.md$/, '.html')}`,
      title: `mtucalc: ${title}`,
      description: brief(said),
      body: marked.parse(local),
    };
  });

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const styleHash = `'sha256-${createHash('sha256').update(siteStyle).digest('base64')}'`;
const pages = sitePages(catalogue, docs);
const put = (path, text) => {
  mkdirSync(dirname(join(output, path)), { recursive: true });
  writeFileSync(join(output, path), text);
};
rmSync(output, { recursive: true, force: true });
for (const one of pages) put(one.path, framed(one, { styleHash, version, address }));
put('mtucalc.html', await page());
for (const name of readdirSync('docs', { withFileTypes: true })) {
  if (!name.isDirectory()) continue;
  for (const picture of readdirSync(`docs/${name.name}`))
    if (/\.(svg|png)$/.test(picture)) put(`docs/${name.name}/${picture}`, readFileSync(`docs/${name.name}/${picture}`));
}
if (address !== undefined) {
  put('sitemap.xml', sitemap(pages, address));
  put('robots.txt', `User-agent: *\nAllow: /\nSitemap: ${address.replace(/\/$/, '')}/sitemap.xml\n`);
}
console.log(
  `${output}: ${pages.length + 1} pages${address === undefined ? '; no sitemap: scripts/release/address.mjs names no site' : ''}`,
);

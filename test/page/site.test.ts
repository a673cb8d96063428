import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { calculate } from '../../src/mtu/calculate.js';
import { framed, sitemap, sitePages } from '../../src/page/site/index.js';
import { SUITES, suitePath, WANS } from '../../src/page/site/suite-pages.js';

const docs = [{ path: 'docs/calc.html', title: 'calc', description: '', body: '' }];
const pages = sitePages(catalogue, docs);
const frame = { styleHash: "'sha256-x'", version: '1' };
const texts = new Map(pages.map((page) => [page.path, framed(page, frame)]));

test('a page for each suite, link and NAT-T, with the computed number in its title', () => {
  expect(pages.length).toBeGreaterThan(2 * SUITES.length * (WANS.length - 1));
  const wrong = SUITES.flatMap((cipher) =>
    ['ethernet', 'pppoe'].flatMap((wan) =>
      [true, false].flatMap((natT) => {
        const { tunnelMtu, mss } = calculate({ cipher, wan, natT }, catalogue);
        const title = pages.find(({ path }) => path === suitePath(cipher, wan, natT))?.title ?? '';
        return title.endsWith(`: MTU ${tunnelMtu}, MSS ${mss.ipv4}`) ? [] : [title];
      }),
    ),
  );
  expect(wrong).toEqual([]);
});

test('every link leads to a page, no path stands twice, no script', () => {
  expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
  const there = new Set([...texts.keys(), 'mtucalc.html']);
  const dead = [...texts].flatMap(([path, text]) =>
    [...text.matchAll(/href="([^"#]+)[^"]*"/g)]
      .map(([, link]) => join(dirname(path), link ?? ''))
      .filter((target) => !there.has(target))
      .map((target) => `${path} -> ${target}`),
  );
  expect(dead).toEqual([]);
  expect([...texts.values()].filter((text) => /<script|\son\w+=/i.test(text))).toEqual([]);
});

test('an address brings canonical links, Open Graph and a sitemap; without one there are none', () => {
  expect([...texts.values()].filter((text) => /canonical|og:/.test(text))).toEqual([]);
  const [page] = pages;
  const placed = framed(page!, { ...frame, address: 'https://mtu.example/' });
  expect(placed).toContain('<link rel="canonical" href="https://mtu.example/index.html">');
  expect(sitemap(pages, 'https://mtu.example/').match(/<loc>/g)).toHaveLength(pages.length + 1);
});

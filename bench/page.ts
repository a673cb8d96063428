/**
 * npm run bench:page [-- RUNS]: when the first number stands in the first frame that Chromium draws of the page, from disk.
 * The page and an empty document take turns; the median counts, and that of the differences.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const runs = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'mtucalc-page-'));
const empty = join(folder, 'empty.html');
writeFileSync(empty, '<!doctype html><title>empty</title><p><output class="value">1422</output>');

/** Milliseconds from navigation to the first contentful paint, and the number that stood there by then. */
async function firstFrame(browser: Browser, file: string): Promise<{ ms: number; shown: string }> {
  const page = await (await browser.newContext()).newPage();
  // Looked at before each frame is drawn: what stands there at the first one that draws anything is in it.
  await page.addInitScript(`{
    const look = () => {
      window.atFirst ??= document.querySelector('output.value')?.textContent ?? (document.body?.children.length ? 'nothing' : undefined);
      if (window.atFirst === undefined) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }`);
  await page.goto(`${pathToFileURL(file).href}#v1&cipher=aes256-sha256&wan=pppoe`);
  const ms = Number(
    await page.evaluate(`new Promise((tell) => {
      new PerformanceObserver((list) => {
        for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') tell(startTime);
      }).observe({ type: 'paint', buffered: true });
    })`),
  );
  const shown = String(await page.evaluate('window.atFirst'));
  await page.context().close();
  return { ms, shown };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const pairs: { page: number; bare: number }[] = [];
  const seen = new Set<string>();
  for (let run = 0; run <= runs; run++) {
    const { ms: bare } = await firstFrame(browser, empty);
    const { ms: page, shown } = await firstFrame(browser, 'dist/page/mtucalc.html');
    // The first pair warms up the browser.
    if (run === 0) continue;
    pairs.push({ page, bare });
    seen.add(shown);
  }
  const ms = (values: readonly number[]): string => `${median(values).toFixed(0)} ms`;
  console.log(`Chromium ${browser.version()}, ${runs} pairs, medians`);
  console.log(`first frame of the page      ${ms(pairs.map(({ page }) => page))}, in it: ${[...seen].join(', ')}`);
  console.log(`first frame of an empty one  ${ms(pairs.map(({ bare }) => bare))}`);
  console.log(`difference                   ${ms(pairs.map(({ page, bare }) => page - bare))}`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

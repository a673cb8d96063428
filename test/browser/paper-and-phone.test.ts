import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targets } from '../../src/snippet/targets/index.js';
import { launch, open, pageFile } from './browser.js';

const capture = fileURLToPath(new URL('../../captures/black-hole-client.pcap', import.meta.url));
const file = `file://${pageFile}`;
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => await browser?.close());

/** Everything that may be wide or dark: a verdict, a number looked up, a stack, the sum. */
async function full(page: Page): Promise<void> {
  await page.setInputFiles('#file', capture);
  await page.waitForSelector('#verdict');
  await page.fill('#identify', '1422');
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
}

/** All elements, those of shadow roots too. */
const ALL = `[document, document.getElementById('verdict').shadowRoot].flatMap((root) => [...root.querySelectorAll('*')])`;

test.each(['light', 'dark'] as const)('paper, from a %s screen: no dark ground, nothing cut', async (scheme) => {
  const opened = await open(browser, `${file}#v1&cipher=aes256-sha256&target=routeros`, { scheme });
  await full(opened.page);
  await opened.page.emulateMedia({ media: 'print', colorScheme: scheme });
  // A4 between margins of 15 mm, at 96 points an inch.
  await opened.page.setViewportSize({ width: 680, height: 1000 });
  const dark = await opened.page.evaluate(`${ALL}.flatMap((one) => {
    const [, red, green, blue, alpha = 1] = /rgba?\\((\\d+), (\\d+), (\\d+)(?:, ([\\d.]+))?/.exec(getComputedStyle(one).backgroundColor) ?? [];
    const isDark = Number(alpha) > 0 && Number(red) + Number(green) + Number(blue) < 450;
    return isDark && one.getClientRects().length > 0 && one.tagName !== 'I' ? [one.tagName + '.' + one.className] : [];
  })`);
  expect(dark).toEqual([]);
  const cut = await opened.page.evaluate(`${ALL}.flatMap((one) => {
    const { overflowX, overflowY, clipPath } = getComputedStyle(one);
    const isCut = (overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1) || (overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1);
    return isCut && one.clientWidth > 0 && clipPath === 'none' ? [one.tagName + '.' + one.className + '#' + one.id] : [];
  })`);
  expect(cut).toEqual([]);
  const wide = await opened.page.evaluate('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(680);
  const pdf = await opened.page.pdf({ format: 'A4' });
  expect(pdf.length).toBeGreaterThan(10_000);
  await opened.context.close();
});

test('nothing moves for who wants less motion', async () => {
  const opened = await open(browser, file);
  await opened.page.emulateMedia({ reducedMotion: 'reduce' });
  await full(opened.page);
  const moving = await opened.page.evaluate(`${ALL}.filter((one) => {
    const { transitionDuration, animationName } = getComputedStyle(one);
    return transitionDuration !== '0s' || animationName !== 'none';
  }).length + document.getAnimations().length`);
  expect(moving).toBe(0);
  await opened.context.close();
});

test(`a phone of 360 points: each of ${targets.length} boxes, the verdict, the sum scroll in one direction only`, async () => {
  const opened = await open(browser, file, { width: 360 });
  await full(opened.page);
  const wide: string[] = [];
  for (const { id } of targets) {
    await opened.page.evaluate(`location.hash = '#v1&cipher=aes256-sha256&identify=1422&target=${id}'`);
    await opened.page.waitForSelector(`#tab-${id}[aria-selected=true]`);
    if (Number(await opened.page.evaluate('document.documentElement.scrollWidth')) > 360) wide.push(id);
  }
  expect(wide).toEqual([]);
  // The number stands on the first screen.
  const top = await opened.page.locator('output.value').first().boundingBox();
  expect(top?.y).toBeLessThan(640);
  await opened.context.close();
});

import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from './browser.js';
import { choose, launchFirefox, openInFirefox, until } from './firefox.js';

const capture = fileURLToPath(new URL('../../captures/black-hole-client.pcap', import.meta.url));
let server: Server;
let http: string;

beforeAll(async () => {
  ({ server, url: http } = await serve());
});
afterAll(() => server?.close());

const idOf = async (page: Page): Promise<string> => String(await page.evaluate('document.activeElement.id'));

/**
 * What axe finds, by rule and element. Firefox lets no test add a script to a page with this policy: it comes as an
 * expression.
 */
async function violations(page: Page): Promise<unknown> {
  await page.evaluate(`{ ${axe.source} }`);
  return await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(" "))]))',
  );
}

describe.each([
  ['light', 1],
  ['dark', 0],
] as const)('Firefox, %s', (scheme, preference) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchFirefox({
      'layout.css.prefers-color-scheme.content-override': preference,
      'ui.prefersReducedMotion': 1,
      // Reads the clipboard without a person who allows it.
      'dom.events.testing.asyncClipboard': true,
    });
  });
  afterAll(async () => await browser?.close());

  test('axe finds nothing, with a capture and an error shown', async () => {
    const { page, amiss } = await openInFirefox(browser, http);
    expect(await page.evaluate(`matchMedia('(prefers-color-scheme: ${scheme})').matches`)).toBe(true);
    await choose(page, capture);
    await page.waitForSelector('#verdict');
    await page.type('#identify', '1422');
    await page.evaluate(`document.getElementById('more').open = true`);
    expect(await violations(page)).toEqual([]);
    await page.type('#cipher', 'x');
    await page.waitForSelector('#cipher[aria-invalid]');
    expect(await violations(page)).toEqual([]);
    expect(amiss).toEqual([]);
    await page.close();
  });

  test('nothing moves for who wants less motion', async () => {
    const { page } = await openInFirefox(browser, http);
    expect(await page.evaluate(`matchMedia('(prefers-reduced-motion: reduce)').matches`)).toBe(true);
    const moving = `[...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return transitionDuration !== '0s' || animationName !== 'none';
    }).length + document.getAnimations().length`;
    expect(await page.evaluate(moving)).toBe(0);
    await page.close();
  });

  test('by keyboard alone: cipher, box, lines to the clipboard, a stack', async () => {
    const { page, amiss } = await openInFirefox(browser, http);
    await page.focus('#cipher');
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type('aes256gcm16');
    const walk = async (id: string): Promise<void> => {
      for (let n = 0; n < 60 && (await idOf(page)) !== id; n++) await page.keyboard.press('Tab');
      expect(await idOf(page)).toBe(id);
    };
    await walk('wan');
    await walk('tab-routeros');
    for (let n = 0; n < 40 && (await idOf(page)) !== 'tab-nftables'; n++) await page.keyboard.press('ArrowRight');
    expect(await idOf(page)).toBe('tab-nftables');
    const onCopy = `document.activeElement.matches('#lines .copy')`;
    for (let n = 0; n < 20 && !(await page.evaluate(onCopy)); n++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until(page, `document.activeElement.textContent === 'Copied'`);
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied).toMatch(/^# mtucalc: nftables/);
    expect(copied).toBe(await page.$eval('#lines pre', ({ textContent }) => textContent));
    await walk('identify');
    await walk('stack-use');
    await page.keyboard.press('Enter');
    expect(await page.$eval('#recognised', ({ textContent }) => textContent)).toMatch(/^Your stack: ipv4/);
    expect(await idOf(page)).toBe('stack-use');
    expect(amiss).toEqual([]);
    await page.close();
  });
});

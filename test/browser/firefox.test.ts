import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { analyzeFiles } from '../../src/app/analyze-files.js';
import { calculate } from '../../src/mtu/calculate.js';
import { requestOf } from '../../src/page/description.js';
import { linkOf } from '../../src/page/words.js';
import { pageFile, serve } from './browser.js';
import { covering } from './covering.js';
import { choose, launchFirefox, type OpenedInFirefox, openInFirefox, until } from './firefox.js';
import { importedMtu } from './imported-mtu.js';

const captures = fileURLToPath(new URL('../../captures/', import.meta.url));
const fixtures = fileURLToPath(new URL('../device/fixtures/', import.meta.url));

let browser: Browser;
let server: Server;
let http: string;

beforeAll(async () => {
  ({ server, url: http } = await serve());
  browser = await launchFirefox();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const open = (url: string): Promise<OpenedInFirefox> => openInFirefox(browser, url);

const numbers = async (page: Page): Promise<string[]> =>
  await page.$$eval('output.value', (all) => all.map(({ textContent }) => textContent ?? ''));

/** What a person does who pastes: the whole text at once. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`{ const box = document.getElementById('cipher'); box.value = ${JSON.stringify(text)};
    box.dispatchEvent(new Event('input', { bubbles: true })); }`);
  await until(page, `document.getElementById('recognised').textContent !== 'Reading what was pasted'`);
}

describe.each([
  ['http', () => http],
  ['file', () => `file://${pageFile}`],
] as const)('Firefox, over %s', (_, url) => {
  test('two hundred descriptions by their links', async () => {
    const { page, amiss } = await open(url());
    const rows = covering();
    const links = rows.map(linkOf);
    const shown = await page.evaluate(`(async () => {
      const shown = [];
      for (const link of ${JSON.stringify(links)}) {
        const followed = new Promise((seen) => addEventListener('hashchange', seen, { once: true }));
        location.hash = link;
        await followed;
        shown.push([...[...document.querySelectorAll('output.value')].map((one) => one.textContent), location.hash]);
      }
      return shown;
    })()`);
    expect(shown).toEqual(
      rows.map((words, index) => {
        const { tunnelMtu, mss } = calculate(requestOf(words), catalogue);
        return [String(tunnelMtu), String(mss.ipv4), links[index]];
      }),
    );
    expect(amiss).toEqual([]);
    await page.close();
  });

  test('a capture is dropped, another one chosen', async () => {
    const { page, amiss } = await open(url());
    const octets = readFileSync(join(captures, 'pmtud-works-client.pcap')).toString('base64');
    await page.evaluate(`{
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob('${octets}'), (c) => c.charCodeAt(0))], 'dropped.pcap'));
      document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }`);
    await page.waitForSelector('#verdict[data-verdict=pmtud-works]');
    await choose(page, join(captures, 'black-hole-client.pcap'));
    await page.waitForSelector('#verdict[data-verdict=black-hole]');
    expect(amiss).toEqual([]);
    await page.close();
  });
});

describe('Firefox', () => {
  const forms = readdirSync(fixtures).filter((name) => name.endsWith('.txt'));
  test(`${forms.length} forms are read as mtucalc import reads them, and leave no key behind`, async () => {
    const { page, amiss } = await open(`file://${pageFile}`);
    const wrong: unknown[] = [];
    for (const form of forms) {
      const text = readFileSync(join(fixtures, form), 'utf8');
      await paste(page, text);
      const refused = (await page.$('#cipher[aria-invalid]')) !== null;
      const [mtu] = await numbers(page);
      const expected = importedMtu(text);
      if (expected === undefined ? mtu !== undefined : refused || mtu !== String(expected))
        wrong.push([form, expected, mtu]);
      const key = /0x[0-9a-f]{32,}/i.exec(text)?.[0];
      const elsewhere = String(await page.evaluate('document.documentElement.innerText + location.href'));
      if (key && elsewhere.includes(key)) wrong.push([form, 'a key outside the box']);
    }
    expect(wrong).toEqual([]);
    expect(amiss).toEqual([]);
    await page.close();
  });

  test('every example capture has the verdict of mtucalc analyze', async () => {
    const { page, amiss } = await open(`file://${pageFile}`);
    const files = readdirSync(captures).filter((name) => /\.pcap(ng)?$/.test(name));
    const { results } = await analyzeFiles(
      files.map((name) => join(captures, name)),
      { catalogue },
    );
    const wrong: unknown[] = [];
    for (const [index, name] of files.entries()) {
      await page.evaluate(`document.getElementById('verdict')?.remove()`);
      await choose(page, join(captures, name));
      await page.waitForSelector('#verdict');
      const verdict = await page.$eval('#verdict', (one) => one.getAttribute('data-verdict'));
      const { verdict: expected } = results[index] as { verdict?: string };
      if (verdict !== expected) wrong.push([name, verdict, expected]);
    }
    expect(wrong).toEqual([]);
    expect(amiss).toEqual([]);
    await page.close();
  });

  test('its policy refuses a script and a request from within', async () => {
    const { page, amiss } = await open(http);
    await page.addScriptTag({ content: 'window.foreign = 1' }).catch(() => undefined);
    expect(await page.evaluate('window.foreign')).toBeUndefined();
    expect(await page.evaluate(`fetch('${http}').then(() => 'sent', () => 'refused')`)).toBe('refused');
    expect(amiss.filter((says) => !says.includes('Content-Security-Policy'))).toEqual([]);
    expect(amiss).not.toEqual([]);
    await page.close();
  });
});

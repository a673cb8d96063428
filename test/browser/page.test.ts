import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { calculate } from '../../src/mtu/calculate.js';
import { requestOf } from '../../src/page/description.js';
import { argvOf, commandOf, linkOf, wordsOf } from '../../src/page/words.js';
import { launch, type Opened, open, pageFile, serve } from './browser.js';
import { covering } from './covering.js';
import { importedMtu } from './imported-mtu.js';
import { commandReport, shownReport } from './report.js';

let browser: Browser;
let server: Server;
let http: string;
let folder: string;
const file = `file://${pageFile}`;

beforeAll(async () => {
  browser = await launch();
  ({ server, url: http } = await serve());
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-browser-'));
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const numbers = async ({ page }: Opened): Promise<string[]> => await page.locator('output.value').allTextContents();

/** Goes to a link as a person who edits the address does. */
async function follow({ page }: Opened, link: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(link)}`);
  await page.waitForFunction(`location.hash === ${JSON.stringify(link)}`);
}

/** Pastes, and waits where what reads pastes is not there yet. */
async function paste({ page }: Opened, text: string): Promise<void> {
  await page.fill('#cipher', text);
  await page.locator('#recognised', { hasNotText: 'Reading what was pasted' }).waitFor();
}

const captures = fileURLToPath(new URL('../../captures/', import.meta.url));
const fixtures = fileURLToPath(new URL('../device/fixtures/', import.meta.url));
const texts = (path: string): string[] => readdirSync(path).filter((name) => name.endsWith('.txt'));

describe.each([
  ['http', () => http],
  ['file', () => file],
] as const)('over %s', (_, url) => {
  test('the first number stands there at once, nothing is asked for, nothing is complained of', async () => {
    const opened = await open(browser, `${url()}#v1&cipher=aes256-sha256&wan=pppoe`);
    expect(await numbers(opened)).toEqual(['1422', '1382']);
    expect(opened.requests).toEqual([]);
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });

  test('two hundred descriptions: the figures of the command line, and links that come back', async () => {
    const opened = await open(browser, url());
    const wrong: unknown[] = [];
    for (const words of covering()) {
      await follow(opened, linkOf(words));
      const value = calculate(requestOf(words), catalogue);
      const shown = await numbers(opened);
      const command = await opened.page.locator('#command code').first().textContent();
      const link = await opened.page.evaluate('location.hash');
      const right =
        shown.join() === `${value.tunnelMtu},${value.mss.ipv4}` &&
        command === commandOf(argvOf(words)) &&
        JSON.stringify(wordsOf(String(link))) === JSON.stringify(words);
      if (!right) wrong.push({ words, shown, tunnelMtu: value.tunnelMtu, command, link });
    }
    expect(wrong).toEqual([]);
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });

  test('a capture is read here, whole or compressed, chosen or dropped', async () => {
    const opened = await open(browser, url());
    const zipped = join(folder, 'black-hole.pcap.gz');
    writeFileSync(zipped, gzipSync(readFileSync(join(captures, 'black-hole-client.pcap'))));
    await opened.page.setInputFiles('#file', zipped);
    await opened.page.waitForSelector('#verdict[data-verdict=black-hole]');
    const octets = readFileSync(join(captures, 'pmtud-works-client.pcap')).toString('base64');
    await opened.page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob('${octets}'), (c) => c.charCodeAt(0))], 'dropped.pcap'));
      document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    })()`);
    await opened.page.waitForSelector('#verdict[data-verdict=pmtud-works]');
    expect(opened.requests).toEqual([]);
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });

  test('lines and numbers are copied', async () => {
    const opened = await open(browser, `${url()}#v1&cipher=aes256gcm16&target=nftables`);
    await opened.page.getByRole('button', { name: 'Copy lines' }).click();
    await opened.page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = String(await opened.page.evaluate('navigator.clipboard.readText()'));
    expect(copied).toMatch(/^# mtucalc: nftables/);
    expect(copied).toBe(await opened.page.locator('#lines pre').textContent());
    await opened.context.close();
  });
});

describe('what is pasted', () => {
  const shared = fileURLToPath(new URL('../../../shared/cases/paste/import/', import.meta.url));
  const forms = [
    ...texts(fixtures).map((name) => join(fixtures, name)),
    ...(existsSync(shared) ? texts(shared).map((name) => join(shared, name)) : []),
  ];
  test(`${forms.length} forms come to what mtucalc import says; keys go nowhere`, async () => {
    const opened = await open(browser, file);
    const wrong: unknown[] = [];
    for (const form of forms) {
      const text = readFileSync(form, 'utf8');
      const expected = importedMtu(text);
      await paste(opened, text);
      const refused = (await opened.page.getAttribute('#cipher', 'aria-invalid')) !== null;
      const [mtu] = await numbers(opened);
      if (expected === undefined ? mtu !== undefined : refused || mtu !== String(expected))
        wrong.push([form, expected, mtu, refused]);
      const link = String(await opened.page.evaluate('location.hash'));
      if (link.length > 40) wrong.push([form, link]);
      const key = /0x[0-9a-f]{32,}/i.exec(text)?.[0];
      const elsewhere = String(
        await opened.page.evaluate(
          `document.documentElement.innerText + location.href + JSON.stringify({...localStorage, ...sessionStorage})`,
        ),
      );
      if (key && elsewhere.includes(key)) wrong.push([form, 'a key outside the box']);
    }
    expect(wrong).toEqual([]);
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });
});

describe('what is typed or pasted and is no tunnel', () => {
  test('no number of before stays beside a refusal', async () => {
    const opened = await open(browser, `${file}#v1&cipher=aes256-sha256`);
    expect(await numbers(opened)).toHaveLength(2);
    await opened.page.fill('#cipher', 'aes266');
    expect(await opened.page.locator('#recognised').textContent()).toMatch(/did you mean/);
    expect(await numbers(opened)).toEqual([]);
    expect(await opened.page.locator('#lines pre, #command code').count()).toBe(0);
    await opened.page.fill('#cipher', 'aes256-sha256');
    expect(await numbers(opened)).toHaveLength(2);
    await opened.context.close();
  });

  test("lines of tcpdump are judged, a ping's line is looked up", async () => {
    const opened = await open(browser, file);
    const lines = readFileSync(new URL('black-hole.txt', import.meta.url), 'utf8');
    await opened.page.fill('#cipher', lines);
    await opened.page.waitForSelector('#verdict');
    expect(await opened.page.locator('#recognised').textContent()).toMatch(/^Read as a capture in text/);
    expect(await opened.page.evaluate('location.hash')).not.toContain('10.');
    await paste(
      opened,
      'PING 192.0.2.1 (192.0.2.1) 1472(1500) bytes of data.\nFrom 10.0.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1422)',
    );
    expect(await opened.page.locator('#numbers').textContent()).toContain('AES-CBC with HMAC-SHA2-256-128');
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });

  test('for a paste the commands read a file', async () => {
    const opened = await open(browser, file);
    await paste(opened, readFileSync(join(fixtures, 'cisco-asa-natt.txt'), 'utf8'));
    await opened.page.selectOption('#wan', 'pppoe');
    expect(await opened.page.locator('#command code').allTextContents()).toEqual([
      'mtucalc import FILE -w pppoe',
      'mtucalc snippet cisco --from FILE -w pppoe',
      'mtucalc verify HOST --from FILE -w pppoe',
    ]);
    await opened.context.close();
  });
});

describe('captures', () => {
  const files = readdirSync(captures).filter((name) => /\.pcap(ng)?$/.test(name));
  test(`${files.length} captures: the report of mtucalc analyze, word for word`, async () => {
    const opened = await open(browser, file);
    const wrong: unknown[] = [];
    for (const name of files) {
      await opened.page.evaluate(`document.getElementById('verdict')?.remove()`);
      await opened.page.setInputFiles('#file', join(captures, name));
      await opened.page.waitForSelector('#verdict');
      const shown = await shownReport(opened.page);
      const said = await commandReport(opened.page, join(captures, name));
      if (shown !== said || shown.length < 100) wrong.push({ name, shown, said });
    }
    expect(wrong).toEqual([]);
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });

  test('the worst connection is drawn from a second reading; none where all went well', async () => {
    const opened = await open(browser, file);
    for (const [name, drawn] of [
      ['black-hole-client.pcap', 1],
      ['ok-client.pcap', 0],
    ] as const) {
      await opened.page.evaluate(`document.getElementById('verdict')?.remove()`);
      await opened.page.setInputFiles('#file', join(captures, name));
      await opened.page.waitForSelector('#verdict');
      expect(await opened.page.locator('#verdict polyline.ack').count()).toBe(drawn);
    }
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });

  test('what is no capture is said in a sentence, and hostile names stay text', async () => {
    const opened = await open(browser, file);
    const path = join(folder, '<img src=x onerror=alert(1)>.pcap');
    writeFileSync(path, 'no capture at all');
    await opened.page.setInputFiles('#file', path);
    await opened.page.locator('#capture .remark').waitFor();
    expect(await opened.page.locator('#capture').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await opened.page.locator('#capture img').count()).toBe(0);
    await opened.page.fill('#cipher', '<img src=x onerror=alert(1)>');
    await opened.page.fill('#tunnel-if', '"><script>alert(1)</script>');
    expect(await opened.page.locator('main img, main script').count()).toBe(0);
    expect(opened.complaints).toEqual([]);
    await opened.context.close();
  });
});

describe('a policy that holds', () => {
  test('no script from elsewhere, no request from within', async () => {
    const opened = await open(browser, http);
    await expect(opened.page.addScriptTag({ content: 'window.foreign = 1' })).rejects.toThrow();
    expect(await opened.page.evaluate('window.foreign')).toBeUndefined();
    expect(await opened.page.evaluate(`fetch('http://127.0.0.1:1/').then(() => 'sent', (e) => e.message)`)).not.toBe(
      'sent',
    );
    expect(opened.requests.filter((one) => !one.includes('127.0.0.1:1'))).toEqual([]);
    await opened.context.close();
  });
});

test('beside a stack rest the fields that it says itself; it grows by the header that was chosen', async () => {
  const opened = await open(browser, `${file}#v1&tunnel=gre-ipsec&nat-t=no&outer=6&cipher=aes256-sha256`);
  await opened.page.selectOption('#stack-new', 'ipv4');
  await opened.page.click('#stack-use');
  expect(await opened.page.locator('#command code').first().textContent()).toBe(
    'mtucalc --stack ipv4/natt/esp:aes256-sha256',
  );
  expect(await opened.page.locator(':is(#tunnel, #nat-t, #outer, #mode):disabled').count()).toBe(4);
  await opened.page.click('#stack-add');
  expect(await opened.page.locator('#command code').first().textContent()).toBe(
    'mtucalc --stack ipv4/natt/esp:aes256-sha256/ipv4',
  );
  expect(await opened.page.inputValue('#stack-new')).toBe('ipv4');
  await opened.page.click('#stack-use');
  expect(await opened.page.inputValue('#tunnel')).toBe('gre-ipsec');
  expect(await opened.page.isDisabled('#tunnel')).toBe(false);
  await opened.context.close();
});

test('a second script that is not the one it was built with does not run, and that is said', async () => {
  const other = deflateRawSync('window.foreign = 1').toString('base64');
  const damaged = join(folder, 'damaged.html');
  writeFileSync(damaged, readFileSync(pageFile, 'utf8').replace(/(id="readers"[^>]*>)[^<]*/, `$1${other}`));
  const opened = await open(browser, `file://${damaged}`);
  await opened.page.setInputFiles('#file', join(captures, 'black-hole-client.pcap'));
  await opened.page.locator('#capture .remark').waitFor();
  expect(await opened.page.locator('#capture').textContent()).toMatch(
    /cannot be read: this copy of the page is damaged/,
  );
  await opened.page.fill('#cipher', 'one line\nand another');
  expect(await opened.page.locator('#recognised').textContent()).toMatch(/cannot be read/);
  expect(await numbers(opened)).toEqual([]);
  expect(await opened.page.evaluate('window.foreign')).toBeUndefined();
  await opened.context.close();
});

describe('for everybody', () => {
  test.each(['light', 'dark'] as const)(
    'axe finds nothing in the %s page, with a capture and an error shown',
    async (scheme) => {
      const opened = await open(browser, http, { scheme });
      await opened.page.setInputFiles('#file', join(captures, 'black-hole-client.pcap'));
      await opened.page.waitForSelector('#verdict');
      await opened.page.fill('#identify', '1422');
      await opened.page.evaluate(`document.getElementById('more').open = true`);
      expect(await violations(opened.page)).toEqual([]);
      await opened.page.fill('#cipher', 'aes266');
      expect(await violations(opened.page)).toEqual([]);
      await opened.context.close();
    },
  );

  test('by keyboard alone: cipher, link, box, copy', async () => {
    const opened = await open(browser, http);
    const { keyboard } = opened.page;
    await opened.page.locator('#cipher').focus();
    await keyboard.press('Control+A');
    await keyboard.type('aes256gcm16');
    const focused = async (): Promise<string> => String(await opened.page.evaluate('document.activeElement.id'));
    const seen = new Set<string>();
    for (let n = 0; n < 60 && !seen.has('tab-routeros'); n++) {
      await keyboard.press('Tab');
      seen.add(await focused());
    }
    expect(seen).toContain('wan');
    expect(seen).toContain('tab-routeros');
    await keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/^tab-(?!routeros)/);
    expect(await opened.page.locator('[role=tab][aria-selected=true]').count()).toBe(1);
    await keyboard.press('End');
    await keyboard.press('Home');
    expect(await focused()).toBe('tab-routeros');
    // Every part of the packet tells itself.
    await opened.page.locator('.packet g').first().focus();
    expect(await opened.page.locator('.part').textContent()).toMatch(/^IPv4: 20 octets, RFC 791/);
    await opened.context.close();
  });

  test('a phone of 360 points scrolls in one direction only', async () => {
    const opened = await open(browser, http, { width: 360 });
    const wide = await opened.page.evaluate('document.documentElement.scrollWidth');
    expect(Number(wide)).toBeLessThanOrEqual(360);
    await opened.context.close();
  });
});

/** What axe finds against accessibility, in the trees of shadow roots too: rule and elements. */
async function violations(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(" "))]))',
  );
}

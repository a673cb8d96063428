import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateCapture } from '../../bench/generate-capture.js';
import { usual } from '../../bench/traffic.js';
import { launch, open, pageFile } from './browser.js';
import { commandReport, shownReport } from './report.js';

const GROWS_BY_MOST = 300e6;
const PCAP_HEADER = 24;
const trouble = fileURLToPath(new URL('../../captures/black-hole-client.pcap', import.meta.url));

let browser: Browser;
let folder: string;
let path: string;

/**
 * Half a gigabyte of two thousand sound connections, and one in trouble at the end: it is drawn from a second reading.
 */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-large-'));
  path = join(folder, 'large.pcap');
  generateCapture(path, { ...usual, packets: 760_000 });
  appendFileSync(path, readFileSync(trouble).subarray(PCAP_HEADER));
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

test('500 MB: the report of the command, a bar that moves, less than 300 MB of memory', async () => {
  expect(statSync(path).size).toBeGreaterThan(500e6);
  const opened = await open(browser, `file://${pageFile}`);
  const renderers = await renderersOf(browser);
  const before = renderers.map(resident);
  await opened.page.evaluate(`{
    window.bar = new Set();
    const look = () => {
      const bar = document.querySelector('progress');
      if (bar?.position >= 0) window.bar.add(bar.position);
      requestAnimationFrame(look);
    };
    look();
  }`);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, ...renderers.map((id, index) => resident(id) - before[index]!));
  }, 20);
  await opened.page.setInputFiles('#file', path);
  await opened.page.waitForSelector('#verdict');
  clearInterval(watch);
  expect(await opened.page.getAttribute('#verdict', 'data-verdict')).toBe('black-hole');
  expect(await opened.page.locator('#verdict polyline.ack').count()).toBe(1);
  expect(await shownReport(opened.page)).toBe(await commandReport(opened.page, path));
  const places = (await opened.page.evaluate('[...window.bar]')) as number[];
  expect(places.length).toBeGreaterThan(5);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(GROWS_BY_MOST);
  console.log(`renderer: ${Math.round(most / 1e6)} MB more; the bar stood at ${places.length} places`);
  expect(opened.complaints).toEqual([]);
  await opened.context.close();
});

/** Processes that hold pages and their workers. */
async function renderersOf(all: Browser): Promise<number[]> {
  const session = await all.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Memory of its own, in octets: what it shares with other processes apart. 0 once it is gone. */
function resident(id: number): number {
  try {
    const [, kB = '0'] = /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return Number(kB) * 1024;
  } catch {
    return 0;
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const pageFile = fileURLToPath(new URL('../../dist/page/mtucalc.html', import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** @throws with the one command that brings what is missing. */
export async function launch(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`there is no ${executablePath}: sudo apt-get install chromium`);
  if (!existsSync(pageFile)) throw new Error(`there is no ${pageFile}: npm run build:page`);
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** Serves the one file and nothing else. */
export async function serve(): Promise<{ server: Server; url: string }> {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(readFileSync(pageFile));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything the page asked for, its own document and blobs apart. */
  readonly requests: string[];
  /** What the console said: errors, policy violations. */
  readonly complaints: string[];
}

export async function open(
  browser: Browser,
  url: string,
  { scheme = 'light', width = 1000 }: { scheme?: 'light' | 'dark'; width?: number } = {},
): Promise<Opened> {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith('blob:') && !asked.startsWith('data:') && asked.split('#')[0] !== url.split('#')[0])
      requests.push(asked);
  });
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  await page.goto(url);
  return { page, context, requests, complaints };
}

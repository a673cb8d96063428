import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { expect } from 'vitest';

// playwright-core asks Firefox for what this release does not know yet; puppeteer-core speaks WebDriver BiDi to it.
const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/**
 * @param preferences of Firefox, as about:config names them
 * @throws with the one command that brings what is missing
 */
export async function launchFirefox(preferences: Readonly<Record<string, unknown>> = {}): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`there is no ${executablePath}: sudo apt-get install firefox-esr`);
  return await puppeteer.launch({ browser: 'firefox', executablePath, extraPrefsFirefox: { ...preferences } });
}

export interface OpenedInFirefox {
  readonly page: Page;
  /** What it asked for beside its own document, and what it complained of: both stay empty. */
  readonly amiss: string[];
}

export async function openInFirefox(browser: Browser, url: string): Promise<OpenedInFirefox> {
  const page = await browser.newPage();
  const amiss: string[] = [];
  page.on('request', (request) => {
    const asked = request.url();
    if (!/^(blob|data):/.test(asked) && asked.split('#')[0] !== url.split('#')[0]) amiss.push(asked);
  });
  page.on('console', (message) => amiss.push(message.text()));
  page.on('pageerror', (error) => amiss.push(String(error)));
  await page.goto(url);
  return { page, amiss };
}

export async function choose(page: Page, path: string): Promise<void> {
  const chooser = await page.$('input#file');
  await chooser?.uploadFile(path);
}

/**
 * Waits until an expression is true in the page. Puppeteer's waitForFunction makes a function of a text, which the page's
 * policy forbids, and Firefox holds tests to that (seen with 140.12).
 */
export const until = (page: Page, expression: string): Promise<void> =>
  expect.poll(() => page.evaluate(expression), { timeout: 30_000 }).toBe(true);

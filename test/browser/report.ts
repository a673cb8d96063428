import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

/**
 * What `mtucalc analyze FILE --format html` says of one capture: its text, with the file named as a browser names it.
 */
export async function commandReport(page: Page, path: string): Promise<string> {
  const screen = fakeTerminal();
  await main(['analyze', path, '--format', 'html'], screen.terminal);
  const [section = ''] = /<section[\s\S]*<\/section>/.exec(screen.stdout.replaceAll(path, basename(path))) ?? [];
  return String(
    await page.evaluate(
      `{ const all = document.createElement('template'); all.innerHTML = ${JSON.stringify(section)}; all.content.textContent; }`,
    ),
  );
}

/** The same of what the page shows. */
export const shownReport = async (page: Page): Promise<string> =>
  String(await page.evaluate(`document.getElementById('verdict').shadowRoot.querySelector('section').textContent`));

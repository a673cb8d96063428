import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { width } from '../../src/cli/terminal.js';
import { fakeTerminal } from '../terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-thresholds-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a terminal of less than forty columns is taken for one of forty', () => {
  const columns = (columns: number): number => width({ write: () => true, isTTY: true, columns });
  expect([39, 40, 41].map(columns)).toEqual([40, 40, 41]);
});
test('a page shows a network: it is for its owner alone', async () => {
  const page = join(folder, 'page.html');
  const screen = fakeTerminal();
  await main(['analyze', 'captures/ok-client.pcap', '--report', page], screen.terminal);
  expect(statSync(page).mode & 0o777).toBe(0o600);
});
test('thirty-two things are read at once', async () => {
  const said = async (count: number): Promise<string> => {
    const screen = fakeTerminal();
    await main(['diagnose', '--no-hosts', ...new Array<string>(count).fill('no-such.pcap')], screen.terminal);
    return screen.stderr;
  };
  expect(await said(33)).toContain('33 things are more than the 32');
  expect(await said(32)).not.toContain('things are more than');
});

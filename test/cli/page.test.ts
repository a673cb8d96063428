import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-page-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...argv: string[]) {
  const screen = fakeTerminal();
  return { code: await main(['page', ...argv], screen.terminal), screen };
}

test('writes one file that asks for nothing, over itself but over nothing else', async () => {
  const path = join(folder, 'mtu.html');
  for (let n = 0; n < 2; n++) expect((await run('--out', path)).code).toBe(0);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/^<!doctype html><!-- mtucalc: page -->/);
  expect(text).toContain("default-src 'none'");
  // Addresses of name spaces and sources are text; nothing is loaded from anywhere.
  expect(text.match(/(?:src|href)="(?!data:|#)[^"]*"/g) ?? []).toEqual([]);
  const { code, screen } = await run('--out', path, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(screen.stdout)).toMatchObject({ file: path, opened: false, octets: Buffer.byteLength(text) });
  const own = join(folder, 'own.html');
  writeFileSync(own, '<h1>mine</h1>');
  expect((await run('--out', own)).code).toBe(2);
  expect(readFileSync(own, 'utf8')).toBe('<h1>mine</h1>');
});

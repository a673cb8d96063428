import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Diagnosed } from '../../../src/diagnose/answer.js';
import { diagnoseHtml } from '../../../src/report/html/diagnose.js';
import { palette } from '../../../src/report/palette.js';
import { things } from '../../cli/story.js';
import { fakeTerminal } from '../../terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-answer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const look = { colour: palette(false), columns: 100 };

async function saved(...words: string[]): Promise<{ html: string; path: string; stdout: string }> {
  const path = join(folder, 'answer.html');
  const screen = fakeTerminal();
  await main(['diagnose', ...words, '--report', path], screen.terminal);
  expect(screen.stderr).toContain(`wrote ${path}`);
  return { html: readFileSync(path, 'utf8'), path, stdout: screen.stdout };
}

describe('diagnose --report', () => {
  test('the one-page answer: cause, evidence, the lines to paste, the check', async () => {
    const { html, path, stdout } = await saved(things['export.rsc']!, things['ping.txt']!);
    expect(html).toMatch(/^<!doctype html><!-- mtucalc: diagnose -->\n/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<img|https?:|url\(/);
    expect(html).toContain('takes at most 1400');
    expect(html).toContain('<td>fits</td>');
    expect(html).toMatch(/<h2>For MikroTik RouterOS<\/h2><pre># mtucalc: /);
    expect(html).toContain('new-mss=1350');
    expect(html).toContain('<pre>mtucalc verify 10.2.0.2 --from');
    expect(stdout).toMatch(/^Cause: /);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });
  test('every element that opens closes', async () => {
    const open: string[] = [];
    const { html } = await saved(things['export.rsc']!, things['dump.txt']!);
    for (const tag of html.match(/<\/?[a-z][^>]*>/g) ?? []) {
      const name = tag.match(/[a-z]\w*/)![0];
      if (tag.startsWith('</')) expect(open.pop()).toBe(name);
      else if (!['meta', 'wbr'].includes(name)) open.push(name);
    }
    expect(open).toEqual([]);
  });
  test('nothing found is no all-clear', async () => {
    const { html } = await saved(things['fine.txt']!);
    expect(html).toContain('no all-clear');
    expect(html).toMatch(/<header class="(?:unknown|warning)">/);
  });
  test('--redact reaches the page', async () => {
    expect((await saved(things['ping.txt']!)).html).toContain('10.2.0.2');
    expect((await saved(things['ping.txt']!, '--redact')).html).not.toContain('10.2.0.2');
  });
  test('another’s file stays, and - is refused, before anything is read', async () => {
    const other = join(folder, 'other.html');
    writeFileSync(other, '<p>mine</p>');
    for (const path of [other, '-']) {
      const screen = fakeTerminal();
      expect(await main(['diagnose', things['ping.txt']!, '--report', path], screen.terminal)).toBe(2);
      expect([screen.stdout, screen.stderr]).toEqual(['', expect.stringMatching(/^mtucalc: .*\n {2}.*\n$/)]);
    }
    expect(readFileSync(other, 'utf8')).toBe('<p>mine</p>');
  });
});

const evil = '</title><script>alert(1)</script>"\'&\u202e';
const finding = {
  code: evil,
  severity: 'problem',
  says: evil,
  evidence: [{ value: evil, from: evil }],
  fix: evil,
  of: evil,
} as const;

test('whatever stands in the value is text in the page', () => {
  const value: Diagnosed = {
    schemaVersion: 2,
    things: [{ name: evil, kinds: ['host'], formats: [evil] }],
    fits: { tunnelMtu: 1422, mss: { ipv4: 1382, ipv6: 1362 }, linkMtu: 1500, says: evil, of: evil },
    happens: [{ verdict: 'ok', says: evil, of: evil }],
    carries: [{ to: evil, arrived: 1, refused: 2, ptb: null, of: evil, verdict: evil, way: 'path' }],
    cause: finding,
    findings: [finding, { ...finding, of: null }],
    target: { mtu: 1400, mss: { ipv4: 1360, ipv6: 1340 }, from: evil },
    paste: { target: evil, title: evil, text: evil },
    check: [evil],
  };
  const html = diagnoseHtml(value, look);
  expect(html).not.toMatch(/<script|\u202e|<\/title><|alert\(1\)<\/script/);
  expect(html.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(15);
});

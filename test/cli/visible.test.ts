import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { guarded, visible, visibleLine } from '../../src/cli/visible.js';
import { fakeTerminal } from '../terminal.js';

describe('what could deceive becomes visible', () => {
  test.for([
    ['escape', '\u001b[31m', '\\u001b[31m'],
    ['title and bell', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['carriage return', 'a\rb', 'a\\u000db'],
    ['C1', '\u009b2J', '\\u009b2J'],
    ['direction override', 'gnp\u202efdp', 'gnp\\u202efdp'],
    ['isolates', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['direction marks', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
    ['byte order mark', '\ufeffx', '\\ufeffx'],
    ['a tag, outside the basic plane', '\u{e0041}', '\\udb40\\udc41'],
    ['zero width', 'a\u200bb', 'a\\u200bb'],
    ['soft hyphen', 'pass\u00adword', 'pass\\u00adword'],
    ['the vowel separator, marks of annotations', '\u180e\ufff9', '\\u180e\\ufff9'],
    ['line ends of other kinds', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
  ] as const)('%s', ([, text, expected]) => expect(visible(text)).toBe(expected));
  test.for(['Grüße, 日本 – “quoted” → …', 'two\nlines\tand a tab', '😀', 'é'])('%j stays', (text) =>
    expect(visible(text)).toBe(text),
  );
  test('of all characters, control and format characters and line ends of other kinds, to a pipe and to a terminal', () => {
    const wrong: string[] = [];
    const screen = fakeTerminal({ tty: true });
    for (let code = 0; code <= 0x10_ffff; code++) {
      // Halves of what stands outside the basic plane.
      if (code === 0xd800) code = 0xe000;
      const one = String.fromCodePoint(code);
      const isHidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(one) && one !== '\n' && one !== '\t';
      if (visible(one).startsWith('\\u') !== isHidden) wrong.push(`${code.toString(16)} to a pipe`);
      if (isHidden) guarded(screen.terminal).stdout.write(one);
    }
    expect(wrong).toEqual([]);
    expect(screen.stdout).toMatch(/^(?:\\u[0-9a-f]{4})+$/);
  });
  test('in one line', () => expect(visibleLine('a\nb\tc')).toBe('a\\nb\\tc'));
  test('JSON stays the same value', () => {
    const value = { name: 'a\u202eb\u{e0041}\u001b' };
    expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
  });
});

test('a closed standard error ends nothing: what is told there has no reader, the rest has', () => {
  const stderr = Object.assign(new EventEmitter(), { write: () => stderr.emit('error', new Error('EPIPE')) });
  const terminal = guarded({ ...fakeTerminal().terminal, stderr });
  expect(() => terminal.stderr.write('told')).not.toThrow();
  expect(() => terminal.stderr.write('told again')).not.toThrow();
  expect(stderr.listenerCount('error')).toBe(1);
});

describe('on a terminal', () => {
  const colours = '\u001b[1mbold\u001b[22m \u001b[31mred\u001b[39m';
  test('our colours and progress lines pass, others do not', () => {
    const screen = fakeTerminal({ tty: true });
    guarded(screen.terminal).stdout.write(`${colours} \u001b[5mblink \u001b[2J`);
    guarded(screen.terminal).stderr.write('\r\u001b[K50 %');
    expect(screen.stdout).toBe(`${colours} \\u001b[5mblink \\u001b[2J`);
    expect(screen.stderr).toBe('\r\u001b[K50 %');
  });
  test('nothing passes where output is no terminal', () => {
    const screen = fakeTerminal();
    guarded(screen.terminal).stdout.write(colours);
    expect(screen.stdout).not.toContain('\u001b');
  });
});

describe('through the commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtucalc-visible-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const name = 'a\u001b[31mRED\u001b]0;pwn\u0007\u202e\nforged: ok';
  test.for([
    [['analyze', `${name}.pcap`]],
    [['lint', name]],
    [['import', name]],
    [['-c', 'aes256', '--ciphers', name]],
    [['analyze', '--before', name, '--after', name]],
    [['snippet', 'nftables', '-c', 'aes256', '--out', `${folder}/${name}/x`]],
  ] as const)('%j', async ([argv]) => {
    const screen = fakeTerminal({ tty: true });
    expect(await main(argv, screen.terminal)).toBe(2);
    const all = screen.stdout + screen.stderr;
    expect(all.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
    expect(all).not.toContain('\nforged');
  });
  test('rows of the user cannot forge lines', async () => {
    const path = join(folder, 'rows.json');
    writeFileSync(path, JSON.stringify({ wan: [{ id: 'x', name: 'X\nTunnel MTU 1500', linkMtu: 1400, source: 'a' }] }));
    const screen = fakeTerminal();
    expect(await main(['-c', 'aes256', '-w', 'x', '--ciphers', path], screen.terminal)).toBe(2);
    expect(screen.stdout).toBe('');
    expect(screen.stderr).toContain('name');
  });
});

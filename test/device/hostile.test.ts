import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import { deviceFormats } from '../../src/device/formats/index.js';
import { importDevice } from '../../src/device/import.js';
import { PASTE_LIMIT, splitPaste } from '../../src/device/paste.js';
import { MtucalcError } from '../../src/error.js';
import { catalogue } from '../../src/io/catalogue.js';
import { fakeTerminal } from '../terminal.js';

const folder = new URL('./fixtures/', import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** What takes a second on an idle machine; a pattern gone quadratic takes hours. */
const PATIENCE_MS = 20_000;

/** A value or a clear refusal; anything else that is thrown is a bug. */
function survives(text: string): void {
  try {
    const { value } = importDevice(text, catalogue, { from: 'hostile', overrides: {} });
    expect(value.tunnelMtu).toBeGreaterThan(0);
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
  }
}

/** The same numbers on every run. */
function* random(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

vi.setConfig({ testTimeout: 2 * PATIENCE_MS });

describe('cut and damaged', () => {
  test('every fixture cut after every 29th character gives a value or a reason', () => {
    for (const { text } of texts) for (let at = 0; at < text.length; at += 29) survives(text.slice(0, at));
  });
  test('every fixture without one of its lines, every third tried', () => {
    for (const { text } of texts) {
      const lines = text.split('\n');
      for (let i = 0; i < lines.length; i += 3) survives(lines.filter((_, at) => at !== i).join('\n'));
    }
  });
  test('every fixture with its words shuffled', () => {
    const numbers = random(7);
    for (const { text } of texts) {
      const words = text.split(/(\s+)/);
      for (let i = words.length - 1; i > 0; i--) {
        const j = (numbers.next().value as number) % (i + 1);
        [words[i], words[j]] = [words[j] as string, words[i] as string];
      }
      survives(words.join(''));
    }
  });
  test('every reader takes every other format', () => {
    for (const { text } of texts)
      for (const format of deviceFormats) expect(() => format.parse(splitPaste(text))).not.toThrow();
  });
});

describe('time stays linear', () => {
  const long: Record<string, string> = {
    'one line of very many characters': `proto esp spi 0x1 mode tunnel ${'a'.repeat(300_000)}`,
    'very many blanks': `${' '.repeat(300_000)}x`,
    'open braces': 'a {'.repeat(100_000),
    'open brackets': 'list-sa event {a=['.repeat(50_000),
    'quotes without an end': `/ip ipsec proposal\n${'add name="x\n'.repeat(5_000)}`,
    'continuations without an end': `/ip ipsec proposal\n${'add name=x \\\n'.repeat(5_000)}`,
    'a hundred thousand mail marks': '> '.repeat(100_000),
    'escapes without an end': '\u001b]'.repeat(100_000),
    'pager marks without an end': '--More'.repeat(100_000),
    backspaces: '\b'.repeat(200_000),
    'equal signs': '='.repeat(300_000),
    'words and colons': 'a: #1, '.repeat(50_000),
    arrows: '1:1->'.repeat(60_000),
    names: 'name='.repeat(100_000),
    'at signs': `  local 'x' ${'@ '.repeat(100_000)}`,
    routes: `default ${'dev '.repeat(100_000)}`,
    numbers: `${'128 '.repeat(200_000)}`,
  };
  test.for(Object.entries(long))('%s', ([, text]) => {
    const begun = performance.now();
    for (const format of deviceFormats) {
      const paste = splitPaste(text);
      format.recognise(paste);
      format.parse(paste);
    }
    survives(text);
    expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
  });
  test('two thousand SAs', () => {
    const one = (i: number): string =>
      `src 192.0.2.${i % 250} dst 198.51.100.${(i >> 3) % 250}\n\tproto esp spi 0x${(0x1000 + i).toString(16)} reqid ${i} mode tunnel\n\tauth-trunc hmac(sha256) 0x00 128\n\tenc cbc(aes) 0x00\n\tanti-replay context: seq 0x0\n`;
    const begun = performance.now();
    const { value } = importDevice(Array.from({ length: 2000 }, (_, i) => one(i)).join(''), catalogue, {
      from: 'many',
      overrides: {},
    });
    expect(value.rows.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
    expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
  });
});

describe('at the terminal', () => {
  const run = async (args: readonly string[], stdin?: string | Buffer) => {
    const terminal = fakeTerminal(stdin === undefined ? {} : { stdin });
    const code = await main(['import', ...args], terminal.terminal);
    return { code, out: terminal.stdout, err: terminal.stderr };
  };
  const folderOfTest = mkdtempSync(join(tmpdir(), 'mtucalc-'));

  test('a file of 100 MB is refused before it is read', async () => {
    const path = join(folderOfTest, 'large.txt');
    const file = openSync(path, 'w');
    ftruncateSync(file, 100 * 1024 * 1024);
    closeSync(file);
    const begun = performance.now();
    const { code, err } = await run([path]);
    rmSync(path);
    expect(code).toBe(2);
    expect(err).toContain(`104857600 octets, more than the ${PASTE_LIMIT} octets`);
    expect(performance.now() - begun).toBeLessThan(PATIENCE_MS / 4);
  });
  test('a stream without an end is left as soon as the limit is passed', async () => {
    let sent = 0;
    const terminal = fakeTerminal();
    const stdin = new Readable({
      read() {
        sent += 65536;
        this.push(Buffer.alloc(65536, 'a\n'));
      },
    });
    const code = await main(['import', '-'], { ...terminal.terminal, stdin });
    expect(code).toBe(2);
    expect(terminal.stderr).toContain('larger than');
    expect(sent).toBeLessThan(PASTE_LIMIT + 1024 * 1024);
  });
  test('random octets, a binary and a capture are no text', async () => {
    const numbers = random(3);
    const noise = Buffer.from(Array.from({ length: 20_000 }, () => (numbers.next().value as number) >>> 24));
    for (const octets of [
      noise,
      Buffer.from('7f454c4602010100', 'hex'),
      Buffer.from('d4c3b2a1020004000000000000000000', 'hex'),
      Buffer.alloc(500, 0x80),
    ]) {
      const { code, err } = await run(['-'], octets);
      expect(code).toBe(2);
      expect(err).toMatch(/is not text|none of the/);
    }
  });
  test('UTF-16 of a PowerShell redirection is read', async () => {
    const text = readFileSync(new URL('cisco-path-mtu-1400.txt', folder), 'utf8');
    const { code, out } = await run(
      ['-', '--json'],
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ tunnelMtu: 1358 });
  });
  test.for([
    [['-'], '', 'standard input is empty'],
    [['-'], '\n\n  \n', 'standard input is empty'],
    [['-'], 'hello there\n', 'no line of standard input (1 in all) is device output that is known'],
    [['/nonexistent/file'], undefined, 'cannot read /nonexistent/file: there is no such file'],
    [['/tmp'], undefined, '/tmp is a directory'],
    [['-', '--from-format', 'nonsense'], 'x', "unknown format 'nonsense'"],
    [['-', '--from-format', 'xfrm-state'], 'interface: wg0\npeer: x\n', 'could be read as xfrm-state'],
    [['a', 'b'], '', "'b' is not expected here"],
  ] as const)('%j with %j: exit 2, %s', async ([args, stdin, says]) => {
    const { code, out, err } = await run(args, stdin);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(says);
    expect(err).not.toContain('    at ');
  });
  test('what the text draws is not drawn again: escape sequences in names', async () => {
    const evil = `a\u001b[31mb\u009b2J: #1, ESTABLISHED, IKEv2, a_i b_r\n  x\u202ey: #1, reqid 1, INSTALLED, TUNNEL, ESP:AES_CBC-128/HMAC_SHA1_96\n`;
    writeFileSync(join(folderOfTest, 'evil'), evil);
    const { code, out } = await run([join(folderOfTest, 'evil')]);
    expect(code).toBe(0);
    expect(out).not.toMatch(/[\u001b\u009b\u202e]/);
    rmSync(folderOfTest, { recursive: true, force: true });
  });
});

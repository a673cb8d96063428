import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { main } from '../../src/cli/main.js';
import { answerTo } from '../../src/page/description.js';
import { argvOf, commandOf, linkOf, type Words, wordsOf } from '../../src/page/words.js';
import { fakeTerminal } from '../terminal.js';

/** Every link ever documented or written down anywhere keeps its meaning: rows are added, never changed. */
const links: readonly (readonly [string, Words])[] = [
  ['#v1&cipher=aes256-sha256&wan=pppoe', { cipher: 'aes256-sha256', wan: 'pppoe' }],
  ['#v1&cipher=aes256gcm16&nat-t=yes&outer=6', { cipher: 'aes256gcm16', 'nat-t': 'yes', outer: '6' }],
  ['#v1&tunnel=wireguard&wan=pppoe&target=wireguard', { tunnel: 'wireguard', wan: 'pppoe', target: 'wireguard' }],
  ['#v1&stack=ipv4%2Fnatt%2Fesp%3Aaes256-sha256', { stack: 'ipv4/natt/esp:aes256-sha256' }],
  ['#v1&identify=74(44)', { identify: '74(44)' }],
  [
    '#v1&cipher=aes256-sha1&local-net=10.1.0.0%2F24&remote-net=10.2.0.0%2F24&undo=yes',
    { cipher: 'aes256-sha1', 'local-net': '10.1.0.0/24', 'remote-net': '10.2.0.0/24', undo: 'yes' },
  ],
];

describe('a link and the words it stands for', () => {
  test.for(links)('%s', ([link, words]) => {
    expect(wordsOf(link)).toEqual(words);
    expect(linkOf(words)).toBe(link);
  });
  test('every link of the documentation is among them', () => {
    const documented = readFileSync(new URL('../../docs/page.md', import.meta.url), 'utf8').match(/#v1&\S+/g) ?? [];
    expect(documented.length).toBeGreaterThan(3);
    expect(documented.filter((link) => !links.some(([known]) => known === link))).toEqual([]);
  });
  test('four thousand characters of a link are read', () => {
    const link = (length: number): string => '#v1&wan=pppoe&'.padEnd(length, 'x');
    expect(wordsOf(`${link(4000)}&outer=6`)).toEqual({ wan: 'pppoe' });
    expect(wordsOf(`${link(3900)}&outer=6`)).toEqual({ wan: 'pppoe', outer: '6' });
  });
  test('nothing said is no fragment', () => expect(linkOf({})).toBe(''));
  test.for([
    ['no version', '#cipher=aes256'],
    ['a version to come', '#v2&cipher=aes256'],
    ['an unknown word', '#v1&paste=secret'],
    ['an inherited name', '#v1&__proto__=x&constructor=y'],
    ['a value that no field writes', '#v1&outer=5&nat-t=maybe&link-mtu=99999999&mode=quick'],
    ['broken percent signs', '#v1&cipher=%E0%A4%A'],
    ['control characters', '#v1&cipher=aes%0A256'],
  ] as const)('%s is left aside', ([, link]) => expect(wordsOf(link)).toEqual({}));
});

describe('a link and the command line come to the same number', () => {
  const ciphers = ['aes256-sha256', 'aes128-sha1', 'aes256gcm16', 'chacha20poly1305', '3des-md5'];
  const rows = ciphers.flatMap((cipher) =>
    ['pppoe', 'ethernet'].flatMap((wan) =>
      [{}, { 'nat-t': 'no' }, { outer: '6' }, { mode: 'transport', 'nat-t': 'yes' }].map(
        (more): Words => ({ cipher, wan, ...more }),
      ),
    ),
  );
  test('forty descriptions', async () => {
    const differ: unknown[] = [];
    for (const words of rows) {
      const told = wordsOf(linkOf(words));
      const screen = fakeTerminal();
      const code = await main([...argvOf(told), '--json'], screen.terminal);
      const answer = answerTo(told.cipher ?? '', told, catalogue, undefined);
      const page = answer.kind === 'calculated' ? answer.calculation : answer;
      const printed = code === 2 ? { kind: 'refused' } : JSON.parse(screen.stdout);
      if (JSON.stringify(page) !== JSON.stringify(printed)) differ.push([words, page, printed]);
    }
    expect(differ).toEqual([]);
  });
});

test.for([
  [{ cipher: 'aes256-sha256', wan: 'pppoe' }, 'mtucalc -c aes256-sha256 -w pppoe'],
  [{ cipher: "aes256'; rm -rf /" }, `mtucalc -c 'aes256'\\''; rm -rf /'`],
  [{ 'nat-t': 'no', cipher: 'aes256, sha1' }, "mtucalc -c 'aes256, sha1' --no-nat-t"],
] as const)('%j as a command', ([words, command]) => expect(commandOf(argvOf(words))).toBe(command));

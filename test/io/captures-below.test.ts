import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capturesBelow } from '../../src/io/captures-below.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-below-'));
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  for (const name of ['empty', 'day', 'day/b', 'day/a', 'loop']) mkdirSync(at(name));
  for (const name of [
    'day/b/2.pcap',
    'day/a/1.pcapng.gz',
    'day/z.PCAP',
    'day/a.pcap12',
    'day/x.cap.zst',
    'day/notes.txt',
    'day/pcap',
  ])
    writeFileSync(at(name), '');
  symlinkSync(at('day'), at('day/b/again'));
  symlinkSync(at('day/z.PCAP'), at('day/b/link.pcap'));
  symlinkSync(at('loop'), at('loop/loop'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const names = async (words: readonly string[], limits = {}) => {
  const { files, ...left } = await capturesBelow(words.map(at), limits);
  return { files: files.map((file) => relative(folder, file)), ...left };
};

describe('captures in folders', () => {
  test('all below, by name; links are not followed, other names are counted', async () => {
    expect(await names(['day'])).toEqual({
      files: ['day/a.pcap12', 'day/a/1.pcapng.gz', 'day/b/2.pcap', 'day/x.cap.zst', 'day/z.PCAP'],
      others: 2,
      links: 2,
    });
  });
  test('what is named itself is read whatever it is called, in the order it was named', async () => {
    expect((await names(['day/notes.txt', 'day/b', 'missing'])).files).toEqual([
      'day/notes.txt',
      'day/b/2.pcap',
      'missing',
    ]);
    expect((await capturesBelow(['-'])).files).toEqual(['-']);
  });
  test('a folder that is named by a link is read', async () => {
    expect((await names(['day/b/again/a'])).files).toEqual(['day/b/again/a/1.pcapng.gz']);
  });
  test.for([
    ['empty', {}, 'file'],
    ['loop', {}, 'file'],
    ['day', { most: 4 }, 'too-many'],
    ['day', { entries: 3 }, 'too-many'],
  ] as const)('%s with %j: %s', async ([name, limits, code]) => {
    await expect(names([name], limits)).rejects.toMatchObject({ code });
  });
  test('as many as the limit are no more than it', async () => {
    expect((await names(['day'], { most: 5, entries: 11 })).files.length).toBe(5);
  });
});

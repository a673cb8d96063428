import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  promises,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isOurs, mayWrite, writeFiles, writeInto } from '../../src/io/write-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const none = (): void => undefined;
const linkToOurs = (): void => {
  writeFileSync(at('y'), ours);
  symlinkSync(at('y'), at('x'));
};
const ours = '# mtucalc: nftables: MSS 1382\n';

describe('whose file it is, by its first line', () => {
  test.for([
    ['# mtucalc: nftables', true],
    ['! mtucalc: Cisco IOS', true],
    ['<!doctype html><!-- mtucalc: analyze -->', true],
    ['// mtucalc: Junos', true],
    ['# my own rules\n# mtucalc: quoted', false],
    ['<!doctype html>\n<title>mtucalc:', false],
    [' # mtucalc: indented', false],
    ['table inet mtucalc: {', false],
    ['', false],
  ] as const)('%j: %s', ([start, expected]) => expect(isOurs(start)).toBe(expected));
});

describe('what may be written over', () => {
  test.for([
    ['nothing there', none, undefined],
    ['an empty file', () => writeFileSync(at('x'), ''), undefined],
    ['a file of ours', () => writeFileSync(at('x'), ours), undefined],
    ["somebody's rules", () => writeFileSync(at('x'), 'my own rules\n'), /did not write it/],
    ['thirty octets of somebody else', () => writeFileSync(at('x'), 'x'.repeat(30)), /did not write it/],
    ['a directory', () => mkdirSync(at('x')), /is a directory/],
    ['a link to a file of ours', linkToOurs, /symbolic link/],
    ['a link to nothing', () => symlinkSync(at('nowhere'), at('x')), /symbolic link/],
    ['a name above 255 octets', none, /name is too long/, 'n'.repeat(300)],
    ['a folder that is missing', none, undefined, 'no/x'],
  ] as const)('%s', async ([, prepare, refusal, name]) => {
    prepare();
    const answer = mayWrite(at(name ?? 'x'));
    if (refusal) await expect(answer).rejects.toThrow(refusal);
    else await expect(answer).resolves.toBeUndefined();
  });
  test('--force replaces a file of somebody else, and still no link', async () => {
    writeFileSync(at('x'), 'my own rules\n');
    await writeFiles([{ path: at('x'), text: ours, mode: 0o644 }], { force: true });
    expect(readFileSync(at('x'), 'utf8')).toBe(ours);
    symlinkSync(at('x'), at('link'));
    await expect(mayWrite(at('link'), { force: true })).rejects.toThrow(/symbolic link/);
  });
});

describe('all or none', () => {
  const set = [
    { name: 'a.rsc', text: `${ours}new a\n` },
    { name: 'b.nft', text: `${ours}new b\n` },
  ];
  test('a set is written whole, with nothing left beside it', async () => {
    writeFileSync(at('a.rsc'), `${ours}old a\n`);
    expect(await writeInto(folder, set)).toEqual([at('a.rsc'), at('b.nft')]);
    expect(readdirSync(folder).sort()).toEqual(['a.rsc', 'b.nft']);
    expect(readFileSync(at('a.rsc'), 'utf8')).toMatch('new a');
    expect(lstatSync(at('b.nft')).mode & 0o133).toBe(0);
  });
  test('one that is refused keeps all from being touched', async () => {
    writeFileSync(at('a.rsc'), `${ours}old a\n`);
    writeFileSync(at('b.nft'), 'my own rules\n');
    await expect(writeInto(folder, set)).rejects.toThrow(/b\.nft: it exists and mtucalc did not write it/);
    expect(readFileSync(at('a.rsc'), 'utf8')).toMatch('old a');
    expect(readdirSync(folder).sort()).toEqual(['a.rsc', 'b.nft']);
  });
  test('one that cannot be placed puts the others back', async () => {
    writeFileSync(at('a.rsc'), `${ours}old a\n`);
    const files = [
      { path: at('a.rsc'), text: 'new', mode: 0o644 },
      { path: at('new.nft'), text: 'new', mode: 0o644 },
      { path: join(folder, 'no', 'c.nft'), text: 'new', mode: 0o644 },
    ];
    await expect(writeFiles(files)).rejects.toThrow(/no\/c\.nft: there is no such folder/);
    expect(readFileSync(at('a.rsc'), 'utf8')).toMatch('old a');
    expect(existsSync(at('new.nft'))).toBe(false);
    expect(readdirSync(folder)).toEqual(['a.rsc']);
  });
  test('a rename that fails puts the old file back and takes the new one away', async () => {
    writeFileSync(at('b.nft'), `${ours}old b\n`);
    const { rename } = promises;
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const failing = vi.spyOn(promises, 'rename').mockImplementation((from, to) => {
      return String(to).endsWith('c.rsc') && String(from).endsWith('.part') ? Promise.reject(full) : rename(from, to);
    });
    try {
      await expect(writeInto(folder, [...set, { name: 'c.rsc', text: ours }])).rejects.toThrow(
        /c\.rsc: the disk is full/,
      );
    } finally {
      failing.mockRestore();
    }
    expect(readdirSync(folder)).toEqual(['b.nft']);
    expect(readFileSync(at('b.nft'), 'utf8')).toMatch('old b');
  });
  test('a report is for its owner alone', async () => {
    await writeFiles([{ path: at('page.html'), text: 'x', mode: 0o600 }]);
    expect(lstatSync(at('page.html')).mode & 0o777).toBe(0o600);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../src', import.meta.url));

/** A folder imports only from those named here, and from itself. */
const mayImport: Record<string, readonly string[]> = {
  '.': ['mtu', 'packet', 'frame', 'capture', 'config', 'snippet', 'lint', 'device', 'probe', 'analyze', 'io', 'app'],
  mtu: ['.'],
  packet: ['.'],
  frame: ['.', 'packet'],
  capture: ['.', 'packet', 'frame'],
  config: ['.'],
  snippet: ['.', 'mtu'],
  lint: ['.', 'mtu', 'config', 'snippet'],
  device: ['.', 'mtu', 'config'],
  probe: ['.', 'mtu', 'packet'],
  analyze: ['.', 'mtu', 'packet', 'frame', 'capture'],
  io: ['.', 'mtu', 'packet', 'frame', 'capture', 'config', 'snippet', 'lint', 'device', 'probe', 'analyze'],
  app: ['.', 'mtu', 'packet', 'frame', 'capture', 'config', 'snippet', 'lint', 'device', 'probe', 'analyze', 'io'],
  report: ['.', 'mtu', 'packet', 'frame', 'capture', 'config', 'snippet', 'lint', 'device', 'probe', 'analyze'],
  cli: [
    '.',
    'mtu',
    'packet',
    'frame',
    'capture',
    'config',
    'snippet',
    'lint',
    'device',
    'probe',
    'analyze',
    'io',
    'app',
    'report',
  ],
};

/** Which folder may import a package; no other does. */
const packages: Record<string, string> = {
  'fastest-levenshtein': 'mtu',
  yargs: 'cli',
  'cli-table3': 'report',
  'raw-socket': 'io',
  koffi: 'io',
  'pcap-parser': 'io',
};

/** Rooms that know values only: no files, sockets, clocks or terminals. */
const pure = ['mtu', 'packet', 'frame', 'capture', 'config', 'snippet', 'lint', 'device', 'probe', 'analyze', 'report'];
const ceiling = 250;

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

const folderOf = (name: string): string => (name.includes('/') ? (name.split('/')[0] as string) : '.');
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?<!')\b(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map((match) => match[1] as string);

describe('who imports whom', () => {
  test.for(files)('$name', ({ name, text }) => {
    const folder = folderOf(name);
    const wrong = importsOf(text).filter((target) => {
      if (target.startsWith('node:')) return pure.includes(folder);
      if (!target.startsWith('.')) return packages[target] !== folder;
      const to = relative(root, join(root, dirname(name), target));
      if (to.startsWith('../ciphers/')) return folder !== 'io';
      const other = folderOf(to);
      return other !== folder && !(mayImport[folder] ?? []).includes(other);
    });
    expect(wrong).toEqual([]);
  });
});

describe('size and names of files', () => {
  test('no file above the ceiling', () => {
    expect(files.filter(({ text }) => text.split('\n').length > ceiling + 1).map(({ name }) => name)).toEqual([]);
  });
  test('no drawer for everything', () => {
    expect(files.filter(({ name }) => /(^|\/)(core|utils?|helpers?|common|misc)(\/|\.ts$)/.test(name))).toEqual([]);
  });
});

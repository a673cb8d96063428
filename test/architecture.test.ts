import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../src', import.meta.url));

/** A folder imports only from those named here, and from itself. */
const mayImport: Record<string, readonly string[]> = {
  '.': [
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
    'diagnose',
    'io',
    'app',
  ],
  mtu: ['.'],
  packet: ['.'],
  frame: ['.', 'packet'],
  capture: ['.', 'packet', 'frame'],
  config: ['.'],
  snippet: ['.', 'mtu', 'packet'],
  lint: ['.', 'mtu', 'packet', 'config', 'snippet'],
  device: ['.', 'mtu', 'config'],
  probe: ['.', 'mtu', 'packet'],
  analyze: ['.', 'mtu', 'packet', 'frame', 'capture'],
  diagnose: ['.', 'mtu', 'capture', 'lint', 'device', 'probe', 'analyze'],
  io: ['.', 'mtu', 'packet', 'frame', 'capture', 'config', 'snippet', 'lint', 'device', 'probe', 'analyze'],
  app: [
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
    'diagnose',
    'io',
  ],
  report: [
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
    'diagnose',
  ],
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
    'diagnose',
    'io',
    'app',
    'report',
  ],
  page: ['.', 'mtu', 'packet', 'frame', 'capture', 'config', 'snippet', 'lint', 'device', 'probe', 'analyze', 'report'],
};

/** Which folder may import a package; no other does. */
const packages: Record<string, string> = {
  'fastest-levenshtein': 'mtu',
  yargs: 'cli',
  'yargs-parser': 'cli',
  'yargs-parser/browser': 'cli',
  'cli-table3': 'report',
  'hyparquet/src/thrift.js': 'report',
  'hyparquet-writer/src/bytewriter.js': 'report',
  'hyparquet-writer/src/parquet-writer.js': 'report',
  'raw-socket': 'io',
  koffi: 'io',
  'pcap-parser': 'io',
};

/** Rooms that know values only: no files, sockets, clocks or terminals. */
const pure = [
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
  'diagnose',
  'report',
];
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
      if (target.startsWith('node:')) return pure.includes(folder) || folder === 'page';
      if (!target.startsWith('.')) return packages[target] !== folder;
      const to = relative(root, join(root, dirname(name), target));
      // The catalogue is handed to the pure rooms, never fetched by them.
      if (to.startsWith('../ciphers/')) return to !== '../ciphers/index.js' || pure.includes(folder);
      const other = folderOf(to);
      return other !== folder && !(mayImport[folder] ?? []).includes(other);
    });
    expect(wrong).toEqual([]);
  });
});

/** Files that reach each other through imports, type imports too. */
function circles(): string[][] {
  const names = new Set(files.map(({ name }) => name));
  const imports = new Map(
    files.map(({ name, text }) => [
      name,
      importsOf(text)
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(root, join(root, dirname(name), target)).replace(/\.js$/, '.ts'))
        .filter((target) => names.has(target)),
    ]),
  );
  // Tarjan: a group whose lowest reachable number is its own is closed.
  const number = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (name: string): number => {
    number.set(name, number.size);
    lowest.set(name, number.get(name)!);
    stack.push(name);
    for (const to of imports.get(name) ?? []) {
      if (!number.has(to)) lowest.set(name, Math.min(lowest.get(name)!, visit(to)));
      else if (stack.includes(to)) lowest.set(name, Math.min(lowest.get(name)!, number.get(to)!));
    }
    if (lowest.get(name) === number.get(name)) {
      const group = stack.splice(stack.indexOf(name));
      if (group.length > 1) found.push(group.sort());
    }
    return lowest.get(name)!;
  };
  for (const name of names) if (!number.has(name)) visit(name);
  return found;
}

describe('circles', () => {
  test('no files import each other in a circle', () => {
    expect(circles()).toEqual([]);
  });
});

describe('prose is for people', () => {
  /** A sentence is taken apart, or compared with another. */
  const looks = [
    /\b(?:message|says|fix|hint|why)\)?[?!]?\.(?:startsWith|endsWith|includes|indexOf|search|match|matchAll|replace|replaceAll|split|slice)\b/,
    /\.test\([\w.()!?]*\b(?:message|says|fix|hint)\)/,
    /\b(?:says|message|fix|hint)\b (?:===|!==) (?!undefined|null)/,
    /(?:===|!==) [\w.?!]*\b(?:says|message|fix|hint)\b(?!\()/,
  ];
  /** What others wrote, and has no code: the sentences of the system, of a compiler, of pcap-parser. */
  const foreign = ['io/engine-choice.ts', 'io/engine-raw.ts', 'io/capture-pcap-parser.ts'];
  test('no code looks into message, says, fix or hint; report/ lays them out', () => {
    const wrong = files
      .filter(({ name }) => !name.startsWith('report/') && !foreign.includes(name))
      .flatMap(({ name, text }) =>
        text
          .split('\n')
          .flatMap((line, i) => (looks.some((one) => one.test(line)) ? [`${name}:${i + 1} ${line.trim()}`] : [])),
      );
    expect(wrong).toEqual([]);
  });
  test('the test sees what it forbids', () => {
    const bad = [
      "if (error.message.startsWith('unknown')) throw error;",
      "list.some(({ says }) => says.startsWith('TFC'))",
      'all.some((known) => known.says === says)',
      '/unknown/.test(error.message)',
      "(error as Error).message.split(' ')",
    ];
    const good = ['hint === undefined ? {} : { hint }', "fix: lines.join(', ')", 'const { message, says } = error;'];
    expect(bad.filter((line) => !looks.some((one) => one.test(line)))).toEqual([]);
    expect(good.filter((line) => looks.some((one) => one.test(line)))).toEqual([]);
  });
});

describe('pure rooms', () => {
  test('know no Buffer, no process, no clock of the machine', () => {
    const wrong = files
      .filter(({ name }) => pure.includes(folderOf(name)))
      .flatMap(({ name, text }) =>
        text
          .replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'/g, '')
          .split('\n')
          .flatMap((line) =>
            /\b(?:Buffer|process|__dirname|require|setTimeout)\b[.(]/.test(line) ? [`${name}: ${line.trim()}`] : [],
          ),
      );
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

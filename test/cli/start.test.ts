import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

interface Kept {
  readonly code?: Buffer;
  readonly place?: object;
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const { keptCode } = (await import(join(root, 'bin/kept.mjs'))) as { keptCode(name: string, source: Buffer): Kept };
const { keep: keepAt } = (await import(join(root, 'bin/keep.mjs'))) as {
  keep(place: object, source: Buffer, make: () => Buffer): void;
};

const source = Buffer.from('(function(){return 1492})');
const code = Buffer.from(Array.from({ length: 4001 }, (_, i) => (i * 7) % 251));
let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'mtucalc-start-'));
  vi.stubEnv('XDG_CACHE_HOME', base);
  vi.stubEnv('NODE_OPTIONS', '');
  vi.stubEnv('NODE_DISABLE_COMPILE_CACHE', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true, force: true });
});

const folder = () => join(base, 'mtucalc');
const onlyFile = () => join(folder(), readdirSync(folder())[0] ?? '');
const keep = (command = 'calc', make = () => code) => {
  const { place } = keptCode(command, source);
  if (place) keepAt(place, source, make);
};
const read = () => keptCode('calc', source).code;

describe('compiled code is used where it proves itself', () => {
  test('it comes back as it was kept', () => {
    expect(read()).toBeUndefined();
    keep();
    expect(read()).toEqual(code);
    expect([lstatSync(folder()).mode & 0o777, lstatSync(onlyFile()).mode & 0o777]).toEqual([0o700, 0o600]);
  });
  test('not for another source of the same length, another command or other flags', () => {
    keep();
    expect(keptCode('calc', Buffer.from('(function(){return 1491})')).code).toBeUndefined();
    expect(keptCode('lint', source).code).toBeUndefined();
    vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=300');
    expect(read()).toBeUndefined();
    keep();
    expect(read()).toEqual(code);
    vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=301');
    expect(read()).toBeUndefined();
  });
  test('no flipped bit and no cut gets through', () => {
    keep();
    const file = onlyFile();
    const whole = readFileSync(file);
    const wrong: string[] = [];
    const takes = (octets: Buffer) => {
      writeFileSync(file, octets);
      const kept = read();
      return kept !== undefined && !kept.equals(code);
    };
    for (let at = 0; at < whole.length; at += 23) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      if (takes(flipped)) wrong.push(`octet ${at} flipped`);
    }
    for (const length of [0, 3, 15, 16, 40, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      if (read() !== undefined) wrong.push(`cut to ${length}`);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.alloc(8)]));
    if (read() !== undefined) wrong.push('longer');
    expect(wrong).toEqual([]);
  });
});

describe("another user's code is never run", () => {
  test.for([
    ['a file that others may write', () => chmodSync(onlyFile(), 0o666)],
    ['a folder that others may write', () => chmodSync(folder(), 0o777)],
    [
      'a link in place of the file',
      () => {
        const file = onlyFile();
        renameSync(file, join(base, 'elsewhere'));
        symlinkSync(join(base, 'elsewhere'), file);
      },
    ],
    [
      'a link in place of the folder',
      () => {
        renameSync(folder(), join(base, 'other'));
        symlinkSync(join(base, 'other'), folder());
      },
    ],
    [
      'a folder in place of the file',
      () => {
        const file = onlyFile();
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ] as const)('%s', ([, spoil]) => {
    keep();
    spoil();
    expect(read()).toBeUndefined();
  });
  test.skipIf(process.getuid?.() !== 0)(
    'a file or folder of another owner (only root can make one: skipped else)',
    () => {
      keep();
      chownSync(onlyFile(), 65534, 65534);
      expect(read()).toBeUndefined();
      chownSync(onlyFile(), 0, 0);
      expect(read()).toEqual(code);
      chownSync(folder(), 65534, 65534);
      expect(read()).toBeUndefined();
      // sudo keeps HOME: root leaves nothing there either.
      rmSync(onlyFile());
      keep();
      expect(readdirSync(folder())).toEqual([]);
    },
  );
});

describe('where nothing can be kept it is only slower', () => {
  test.for([
    ['a relative folder', { XDG_CACHE_HOME: 'relative', HOME: '' }],
    ['no home', { XDG_CACHE_HOME: '', HOME: '' }],
    ['/proc, where no folder can be made', { XDG_CACHE_HOME: '/proc/1/none' }],
    ['/dev/null', { XDG_CACHE_HOME: '/dev/null' }],
    ["Node's own switch", { NODE_DISABLE_COMPILE_CACHE: '1' }],
  ] as const)('%s', ([, env]) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(keep).not.toThrow();
    expect(read()).toBeUndefined();
  });
  test('what makes the code fails: no half file stays', () => {
    keep('calc', () => {
      throw new Error('no code');
    });
    expect(readdirSync(folder())).toEqual([]);
  });
});

test('the folder has a limit, the oldest go', () => {
  for (let i = 0; i < 45; i++) keep(`command${i}`);
  expect(readdirSync(folder()).length).toBe(40);
  expect(keptCode('command44', source).code).toEqual(code);
});

const built = existsSync(join(root, 'dist/quick/calc.js'));
describe.skipIf(!built)('the program itself (skipped without npm run build)', () => {
  const run = (place: string, ...argv: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, 'bin/mtucalc.js'), ...argv], {
      encoding: 'utf8',
      cwd: root,
    });
    return { status, out: stdout, err: stderr };
  };
  const calc = ['-c', 'aes256', '-w', 'pppoe'];
  const copy = (): string => {
    const place = join(base, 'copy');
    for (const part of ['bin', 'dist/chunks', 'dist/quick', 'dist/cli.js', 'dist/start.cjs', 'dist/keep.cjs'])
      cpSync(join(root, part), join(place, part), { recursive: true });
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    return place;
  };
  /** Rewrites the one file of a folder that holds a text. */
  const edit = (within: string, text: string, instead: string): void => {
    const files = readdirSync(within).map((name) => join(within, name));
    const holding = files.filter((file) => readFileSync(file, 'latin1').includes(text));
    expect(holding).toHaveLength(1);
    for (const file of holding) writeFileSync(file, readFileSync(file, 'latin1').replaceAll(text, instead), 'latin1');
  };
  /** calc is in one file, all others are put together of pieces. */
  const ways = [
    ['calc', 'dist/quick', calc, /^Tunnel MTU (\d+)/],
    ['compare', 'dist/chunks', ['compare', '-c', 'aes256', '-w', 'pppoe'], /^aes256 .*?(\d+)$/m],
  ] as const;

  test.for(ways)(
    '%s: the first run keeps the code, the next uses it, a changed program of the same length is obeyed',
    ([, within, argv, number]) => {
      const place = copy();
      const first = run(place, ...argv);
      expect(number.exec(first.out)?.[1]).toBe('1422');
      expect(readdirSync(folder())).toHaveLength(1);
      expect(run(place, ...argv)).toEqual(first);
      edit(join(place, within), '"linkMtu":1492', '"linkMtu":1491');
      expect(number.exec(run(place, ...argv).out)?.[1]).toBe('1406');
    },
  );
  test.for(
    ways.flatMap(([name, ...way]) => [
      [name, 'longer', ' "linkMtu":1491', '1406', ...way] as const,
      [name, 'shorter', '"linkMtu":999', '926', ...way] as const,
    ]),
  )('%s: one that is %s than it was built is obeyed too', ([name, , instead, mtu, within, argv, number]) => {
    const place = copy();
    edit(join(place, within), '"linkMtu":1492', instead);
    const { status, out } = run(place, ...argv);
    expect([status, number.exec(out)?.[1]]).toEqual([0, mtu]);
    // What is put together must be as long as it was; else the whole program runs, of which no code is kept.
    expect(existsSync(folder())).toBe(name === 'calc');
  });
  test.for([
    ['a capture', readFileSync(join(root, 'captures/ok-client.pcap'))],
    ['a packed one', gzipSync(readFileSync(join(root, 'captures/ok-client.pcap')))],
  ] as const)('%s on standard input, which the whole program could not read again', ([, input]) => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'bin/mtucalc.js'), 'analyze', '-'], { input });
    expect([status, String(stdout)]).toEqual([0, expect.stringContaining('No MTU or MSS problem')]);
    expect(readdirSync(folder())).toHaveLength(1);
  });
  test.for([
    ['calc', calc],
    ['analyze', ['analyze', 'captures/ok-client.pcap']],
    ['analyze of a text, which keeps the young heap small meanwhile', ['analyze', 'TEXT']],
    ['identify', ['identify', '1422']],
  ] as const)('%s: V8 takes the kept code, so that it is not kept again', ([, argv]) => {
    const text = join(base, 'lines.txt');
    writeFileSync(text, 'IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 1, win 1, options [mss 1460], length 0\n');
    const given = argv.map((word) => (word === 'TEXT' ? text : word));
    const first = run(root, ...given);
    const { ino } = lstatSync(onlyFile());
    expect(run(root, ...given)).toEqual(first);
    expect(lstatSync(onlyFile()).ino).toBe(ino);
  });
  test('all that a command starts from is ASCII: a letter of a regular expression is what it was', () => {
    const pieces = readdirSync(join(root, 'dist/chunks'));
    expect(
      pieces.filter((name) => /[^\x00-\x7f]/.test(readFileSync(join(root, 'dist/chunks', name), 'latin1'))),
    ).toEqual([]);
    expect(run(root, 'identify', '58\u201373').out).toMatch(/^58-73 is exactly the overhead of/);
  });
  test.for<[string[], number, RegExp]>([
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['help', 'calc'], 0, /^mtucalc calc \[options\]/],
    [['-c', 'aes256', '--format', 'swanctl-sas'], 2, /^$/],
    [['snippet', 'nftables', '--from', 'test/device/fixtures/fortios-gre.txt'], 0, /^# mtucalc: nftables/],
    [['-c', 'aes256', '--emit', 'nftables'], 0, /^# mtucalc: nftables/],
    [['--from', 'test/device/fixtures/fortios-gre.txt'], 0, /^Tunnel MTU 1434/],
    [['compare', '-c', 'aes256'], 0, /^Tunnel MTU, octets/],
    [['identify', '1450'], 0, /^1450 is exactly/],
    [['ciphers', '--wan', '--json'], 0, /^\{/],
    [['analyze', 'captures/ok-client.pcap'], 0, /No MTU or MSS problem/],
    [['analyze', '--format', 'html', 'captures/ok-client.pcap'], 0, /^<!doctype html>/],
    [['lint', 'test/device/fixtures/routeros-defaults.txt'], 0, /RouterOS/],
    [['nonsense'], 2, /^$/],
  ])('%j: what a small file does not hold the whole program does', ([argv, status, out]) => {
    const ran = run(root, ...argv);
    expect({ status: ran.status, bug: /bug in mtucalc/.test(ran.err) }).toEqual({ status, bug: false });
    expect(ran.out).toMatch(out);
  });
});

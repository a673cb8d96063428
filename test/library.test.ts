import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { commands } from '../src/cli/commands/index.js';
import { main } from '../src/cli/main.js';
import * as library from '../src/index.js';
import { schemaFault, schemaNames } from './json-schemas.js';
import { fakeTerminal } from './terminal.js';

const { catalogue } = library;
const root = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'mtucalc-library-'));
afterAll(() => rmSync(folder, { recursive: true }));
const capture = `${root}captures/black-hole-client.pcap`;
const pair = [`${root}captures/clamp-one-way-client.pcap`, `${root}captures/clamp-one-way-client.pcap`] as const;
const pasted = `${root}test/device/fixtures/cisco-asa-natt.txt`;
const rules = `${root}examples/office.rsc`;
const text = (path: string): string => readFileSync(path, 'utf8');

/** A run's JSON beside the library's value for the same question. */
const same: readonly (readonly [command: string, argv: readonly string[], library: () => unknown])[] = [
  ['calc', ['-c', 'aes256-sha1', '--nat-t'], () => library.calculate({ cipher: 'aes256-sha1', natT: true }, catalogue)],
  [
    'compare',
    ['-c', 'aes256-sha1,aes128gcm16', '-w', 'ethernet,lte', '--nat-t'],
    () =>
      library.compare(
        { natT: true },
        ['cipher'],
        ['wan', 'nat-t'],
        {
          cipher: ['aes256-sha1', 'aes128gcm16'],
          wan: ['ethernet', 'lte'],
          'nat-t': ['on'],
          outer: ['4'],
          tunnel: ['ipsec'],
        },
        catalogue,
      ),
  ],
  ['identify', ['1422'], () => library.identify({ as: 'any', value: 1422 }, catalogue, {})],
  ['ciphers', [], () => ({ schemaVersion: library.SCHEMA_VERSION, ...catalogue })],
  [
    'import',
    [pasted, '--wan', 'pppoe'],
    () => library.importDevice(text(pasted), catalogue, { from: pasted, overrides: { wan: 'pppoe' } }).value,
  ],
  [
    'snippet',
    ['routeros', 'vyos@1.3', '-c', 'aes256-sha256', '--ipsec', 'vti', '--tunnel-if', 'vti0'],
    () =>
      library.snippets(['routeros', 'vyos@1.3'], library.calculate({ cipher: 'aes256-sha256' }, catalogue), {
        ipsec: 'vti',
        tunnelIf: 'vti0',
      }),
  ],
  ['lint', [rules], () => library.lint(text(rules), {}, { file: rules })],
  [
    'analyze',
    [capture],
    async () => ({
      schemaVersion: 2,
      results: [{ file: capture, ...(await library.analyze(readFileSync(capture), { catalogue })) }],
    }),
  ],
  ['analyze', [capture, '/nonexistent'], () => library.analyzeFiles([capture, '/nonexistent'], { catalogue })],
  ['analyze', ['--before', pair[0], '--after', pair[1]], () => library.analyzePair(...pair, { catalogue })],
  ['probe', ['300.1.2.3'], () => library.probeHosts(['300.1.2.3'])],
  ['doctor', [], () => library.doctor()],
  [
    'diagnose',
    [capture, rules],
    () => library.diagnose([capture, rules], { catalogue, request: {}, box: undefined, stdin: process.stdin }),
  ],
];
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('--json is the library’s value', () => {
  test.for(same)('%s %j', async ([command, argv, value]) => {
    const screen = fakeTerminal();
    await main([command, ...argv, '--json'], screen.terminal);
    expect(JSON.parse(screen.stdout)).toEqual(plain(await value()));
    expect(schemaFault(command, JSON.parse(screen.stdout))).toBe('');
  });
  test('probe and verify give what the library does, but for times', async () => {
    const steady = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (key, one) => (/^(elapsedMs|rttMs|probes)$/.test(key) ? 0 : one));
    const run = async (...argv: string[]): Promise<unknown> => {
      const screen = fakeTerminal();
      await main([...argv, '--engine', 'ping', '--max', '1400', '--json'], screen.terminal);
      return screen.stdout === '' ? screen.stderr : JSON.parse(screen.stdout);
    };
    const how = { engine: 'ping', max: 1400 } as const;
    const asLibrary = async (value: Promise<unknown>): Promise<unknown> =>
      value.catch(
        (error: library.MtucalcError) => `mtucalc: ${error.message}\n${error.hint ? `  ${error.hint}\n` : ''}`,
      );
    expect(steady(await run('probe', '127.0.0.1'))).toEqual(steady(await library.probeHosts(['127.0.0.1'], how)));
    expect(steady(await run('verify', '127.0.0.1', '-c', 'aes256'))).toEqual(
      steady(await asLibrary(library.verifyHost('127.0.0.1', { cipher: 'aes256' }, catalogue, how))),
    );
  });
  test('every command has a schema, which refuses what is not its answer', () => {
    // probe --peer answers with a value of its own.
    expect([...schemaNames].sort()).toEqual(
      [...commands.map(({ name }) => name), 'far', 'export-flows', 'export-findings'].sort(),
    );
    const value = plain(library.calculate({ cipher: 'aes256' }, catalogue)) as Record<string, unknown>;
    expect(schemaFault('calc', value)).toBe('');
    expect(schemaFault('calc', { ...value, schemaVersion: 1 })).toContain('schemaVersion');
    expect(schemaFault('calc', { ...value, more: 1 })).toContain('more');
    expect(schemaFault('lint', value)).not.toBe('');
  });
  test('every command is compared', () => {
    const compared = new Set([...same.map(([command]) => command), 'probe', 'verify']);
    // A script and a page are texts of the command line alone; listen is judged with its other end, watch with its
    // clock.
    expect(commands.filter(({ name }) => !compared.has(name)).map(({ name }) => name)).toEqual([
      'page',
      'completion',
      'listen',
      'watch',
    ]);
  });
});

describe('analyze from octets', () => {
  const octets = readFileSync(capture);
  const whole = async (): Promise<unknown> => plain(await library.analyze(octets, { catalogue }));
  async function* inPieces(length: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < octets.length; at += length) yield octets.subarray(at, at + length);
  }
  test.for([1, 7, 4096])('in pieces of %i', async (length) => {
    expect(plain(await library.analyze(inPieces(length), { catalogue }))).toEqual(await whole());
  });
  test('a Blob, and gzip', async () => {
    expect(plain(await library.analyze(new Blob([octets]), { catalogue }))).toEqual(await whole());
    expect(plain(await library.analyze(gzipSync(octets), { catalogue }))).toEqual(await whole());
  });
  test('gzip that is cut keeps what came out before, and says so', async () => {
    const packed = gzipSync(octets, { level: 0 });
    const value = await library.analyze(packed.subarray(0, packed.length - 600), { catalogue });
    expect(value.totals.frames).toBeGreaterThan(10);
    expect(value.damage[0]?.says).toMatch(/the compressed data is damaged/);
  });
  test('as the command reads the same cut file', async () => {
    const path = join(folder, 'cut.pcap');
    writeFileSync(path, octets.subarray(0, octets.length - 5));
    const [fromFile] = (await library.analyzeFiles([path], { catalogue })).results;
    const { file: _, ...rest } = fromFile as library.AnalyzedCapture;
    expect(plain(await library.analyze(octets.subarray(0, octets.length - 5), { catalogue }))).toEqual(plain(rest));
  });
  test.for([
    [new Uint8Array(0), 'empty-file'],
    [new TextEncoder().encode('this is no capture at all'), 'not-a-capture'],
    [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0), 'unreadable'],
    [Uint8Array.of(0x1f, 0x8b, 0, 0), 'unreadable'],
  ] as const)('%j is refused: %s', async ([bytes, code]) => {
    await expect(library.analyze(bytes, { catalogue })).rejects.toMatchObject({ name: 'MtucalcError', code });
  });
});

import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import * as library from '../src/index.js';

/** The sub-path exports that load in a browser, and their source. */
const rooms = {
  calc: 'src/mtu/index.ts',
  snippet: 'src/snippet/index.ts',
  lint: 'src/lint/index.ts',
  import: 'src/device/index.ts',
  analyze: 'src/analyze/index.ts',
  ciphers: 'ciphers/index.ts',
} as const;
type Room = keyof typeof rooms;

const root = new URL('..', import.meta.url).pathname;
const sizes: string[] = [];
afterAll(() => console.log(`minified for the browser, octets (gzip): ${sizes.join(', ')}`));

/** What a browser and its workers have, and nothing of Node. */
const web = () =>
  createContext({ TextDecoder, TextEncoder, DecompressionStream, Blob, Uint8Array, Symbol, console: undefined });

/** The room as a browser has it: bundled, and run where Node's own names do not exist. */
function inBrowser(room: Room): Record<string, (...args: never[]) => unknown> {
  const { outputFiles, warnings } = buildSync({
    entryPoints: [root + rooms[room]],
    absWorkingDir: root,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'room',
    minify: true,
    write: false,
  });
  expect(warnings).toEqual([]);
  const { text } = outputFiles[0]!;
  sizes.push(`${room} ${text.length} (${gzipSync(text).length})`);
  const context = web();
  runInContext(`${text};globalThis.room = room;`, context);
  return (context as { room: Record<string, (...args: never[]) => unknown> }).room;
}

const { catalogue } = library;
const call = (room: Room, name: string, ...args: unknown[]): unknown => inBrowser(room)[name]!(...(args as never[]));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('without Node, the same values', () => {
  test('mtucalc/calc', () => {
    const request = { cipher: 'aes256-sha256', wan: 'pppoe' };
    expect(plain(call('calc', 'calculate', request, catalogue))).toEqual(plain(library.calculate(request, catalogue)));
  });
  test('mtucalc/snippet', () => {
    const value = library.calculate({ cipher: 'aes256-sha256', wan: 'pppoe' }, catalogue);
    expect(plain(call('snippet', 'snippets', ['routeros'], value))).toEqual(
      plain(library.snippets(['routeros'], value)),
    );
  });
  test('mtucalc/lint', () => {
    const text = readFileSync(`${root}examples/office.rsc`, 'utf8');
    expect(plain(call('lint', 'lint', text, { tunnelMtu: 1422 }))).toEqual(
      plain(library.lint(text, { tunnelMtu: 1422 })),
    );
  });
  test('mtucalc/import', () => {
    const text = readFileSync(`${root}test/device/fixtures/cisco-asa-natt.txt`, 'utf8');
    const how = { from: 'paste', overrides: {} };
    expect(plain(call('import', 'importDevice', text, catalogue, how))).toEqual(
      plain(library.importDevice(text, catalogue, how)),
    );
  });
  test('mtucalc/analyze, from a Blob', async () => {
    const octets = readFileSync(`${root}captures/black-hole-client.pcap`);
    const seen = await call('analyze', 'analyze', new Blob([octets]), { catalogue });
    expect(plain(seen)).toEqual(plain(await library.analyze(octets, { catalogue })));
    expect(seen).toMatchObject({ verdict: 'black-hole' });
  });
  test('mtucalc/ciphers', () => {
    expect(plain(inBrowser('ciphers').catalogue)).toEqual(plain(catalogue));
  });
  test('all of them together', () => {
    const imports = Object.values(rooms).map(
      (path) => `import * as ${path.replace(/\W/g, '_')} from '${root}${path}';`,
    );
    const { outputFiles } = buildSync({
      stdin: {
        contents: `${imports.join('')}console.log(${imports.map((line) => line.split(' ')[3])});`,
        resolveDir: root,
      },
      bundle: true,
      platform: 'browser',
      minify: true,
      write: false,
    });
    sizes.push(`all ${outputFiles[0]!.text.length} (${gzipSync(outputFiles[0]!.text).length})`);
  });
});

import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CaptureValue } from '../../src/analyze/capture-value.js';
import { analyzeCapture } from '../../src/app/analyze-capture.js';
import { MtucalcError } from '../../src/error.js';
import { pcap } from '../capture/files.js';
import { samples } from '../frame/frame-samples.js';
import { ownFolder } from '../own-folder.js';

const { folder, write } = ownFolder('captures');

const frames = samples.filter(([, link]) => link === 1).map(([, , octets], index) => ({ octets, fraction: index }));
const little = pcap(frames);
const big = pcap(frames, { little: false });
const stdin = (octets: Uint8Array, piece = 1000): NodeJS.ReadableStream =>
  Readable.from(
    Array.from({ length: Math.ceil(octets.length / piece) }, (_, at) =>
      Buffer.from(octets.subarray(at * piece, (at + 1) * piece)),
    ),
  );
/** What must not depend on how the octets came in. */
const facts = ({ totals, damage, container }: CaptureValue) => ({ totals, damage, octets: container.octets });

describe('the same capture by every road', () => {
  const plain = analyzeCapture(write('plain.pcap', little), {});
  test('gzip', async () => {
    expect(facts(await analyzeCapture(write('packed.pcap.gz', gzipSync(little)), {}))).toEqual(facts(await plain));
  });
  test('standard input, in pieces of any size, gzip too', async () => {
    for (const piece of [1, 3, 1000, 1 << 20]) {
      expect(facts(await analyzeCapture('-', {}, stdin(little, piece)))).toEqual(facts(await plain));
    }
    expect(facts(await analyzeCapture('-', {}, stdin(gzipSync(little))))).toEqual(facts(await plain));
  });
  test('pcap-parser, both byte orders', async () => {
    const value = facts(await plain);
    expect(facts(await analyzeCapture(write('p.pcap', little), { reader: 'pcap-parser' }))).toEqual(value);
    expect(facts(await analyzeCapture(write('b.pcap', big), { reader: 'pcap-parser' }))).toEqual(value);
    expect(facts(await analyzeCapture(write('c.pcap', big), {}))).toEqual(value);
    expect(facts(await analyzeCapture('-', { reader: 'pcap-parser' }, stdin(little)))).toEqual(value);
  });
  test('larger than the buffer', async () => {
    const large = pcap(
      Array.from({ length: 4000 }, (_, index) => frames[index % frames.length]!).flatMap((one) => [
        one,
        { octets: new Uint8Array(1400) },
      ]),
    );
    expect(large.length).toBeGreaterThan(5e6);
    const path = write('large.pcap', large);
    const value = await analyzeCapture(path, {});
    expect(value.totals.frames).toBe(8000);
    expect(facts(await analyzeCapture(path, { reader: 'pcap-parser' }))).toEqual(facts(value));
    expect(facts(await analyzeCapture('-', {}, stdin(large, 65_536)))).toEqual(facts(value));
  });
});

// Each waits a second for its writer: side by side.
describe.concurrent('breaking off', () => {
  test('ends the reading though the writer goes on; what was read stands', async () => {
    const stop = new AbortController();
    const endless = new Readable({ read() {} });
    endless.push(Buffer.from(little));
    setTimeout(() => stop.abort(), 20);
    const value = await analyzeCapture('-', { signal: stop.signal }, endless);
    expect([value.interrupted, value.totals.frames]).toEqual([true, frames.length]);
  });
  test('Ctrl-C reaches the writer too: what it hands over then is read, and nothing is called damaged', async () => {
    const stop = new AbortController();
    const writer = new Readable({ read() {} });
    stop.signal.addEventListener('abort', () =>
      setTimeout(() => writer.push(Buffer.from(little)) && writer.push(null), 50),
    );
    setTimeout(() => stop.abort(), 20);
    const { totals, damage } = await analyzeCapture('-', { signal: stop.signal }, writer);
    expect([totals.frames, damage]).toEqual([frames.length, []]);
  });
  test('Ctrl-C before anything arrived', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const reading = analyzeCapture('-', { signal: stop.signal }, new Readable({ read() {} }));
    await expect(reading).rejects.toThrow('nothing had arrived');
  });
  test('a named pipe is left though its writer goes on', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const writer = openSync(path, 'r+');
    writeSync(writer, little.subarray(0, little.length - 3));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const { totals, damage, interrupted } = await analyzeCapture(path, { signal: stop.signal });
    expect([totals.frames, damage, interrupted]).toEqual([frames.length - 1, [], true]);
    closeSync(writer);
  });
});
test('progress is told', async () => {
  const told: number[] = [];
  await analyzeCapture(write('told.pcap', little), { progress: (octets, of) => told.push(octets, of) });
  expect(told).toEqual([little.length, little.length]);
});
describe('damaged files', () => {
  test('pcap-parser passes over a cut in silence; we do not', async () => {
    const path = write('cut.pcap', little.subarray(0, little.length - 10));
    for (const reader of ['own', 'pcap-parser'] as const) {
      const { totals, damage } = await analyzeCapture(path, { reader });
      expect([totals.frames, damage.length]).toEqual([frames.length - 1, 1]);
    }
  });
  test('a gzip cut short, by pcap-parser too', async () => {
    const path = write('cut.gz', gzipSync(little).subarray(0, 700));
    const { damage } = await analyzeCapture(path, { reader: 'pcap-parser' });
    expect(damage.map(({ says }) => says)).toEqual(['the compressed file ends early']);
  });
  test('a length that pcap-parser would wait for without end is stopped', async () => {
    const bad = pcap([{ octets: frames[0]!.octets, captured: 0xffffffff }, { octets: new Uint8Array(3 << 20) }]);
    const { damage } = await analyzeCapture(write('bogus.pcap', bad), { reader: 'pcap-parser' });
    expect(damage[0]?.says).toContain('more than 262144');
  });
});

describe('what cannot be read', () => {
  const rows = [
    ['no such file', join(folder, 'none.pcap'), 'there is no such file'],
    ['a folder', folder, 'is a directory'],
    ['an empty file', write('empty', ''), 'the file is empty'],
    ['text', write('text.txt', 'hello, world of captures'), "it begins like text, 'hello"],
    ['much text', write('much.txt', 'hello again '.repeat(300_000)), "it begins like text, 'hello"],
    ['gzip of text', write('text.gz', gzipSync('hello, world of captures')), "it begins like text, 'hello"],
    [
      'no gzip behind the magic',
      write('bad.gz', Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9, 9, 9)),
      'the compressed data is damaged',
    ],
  ] as const;
  test.for(rows)('%s', async ([, path, says]) => {
    const failure = await analyzeCapture(path, {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MtucalcError);
    expect((failure as Error).message).toContain(says);
  });
  test('pcap-parser on a nanosecond capture', async () => {
    const path = write('ns.pcap', pcap(frames, { magic: 0xa1b23c4d }));
    await expect(analyzeCapture(path, { reader: 'pcap-parser' })).rejects.toThrow('pcap-parser refuses this file');
  });
  test('a terminal as standard input', async () => {
    const terminal = Object.assign(Readable.from([]), { isTTY: true });
    await expect(analyzeCapture('-', {}, terminal)).rejects.toThrow('standard input is a terminal');
  });
});

import { describe, expect, test } from 'vitest';
import { Capture } from '../../../src/capture/container.js';
import { CaptureReader } from '../../../src/capture/reader.js';
import { Generations } from '../../../src/capture/text/generations.js';
import { LineCutter } from '../../../src/capture/text/lines.js';
import { Places } from '../../../src/capture/text/places.js';
import { FrameQueue, MOST_WAITING } from '../../../src/capture/text/queue.js';
import { judgedText, upload } from './read.js';

const clock = (microseconds: number): string => {
  const seconds = Math.floor(microseconds / 1e6);
  const at = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((one) => String(Math.floor(one)).padStart(2, '0'));
  return `${at.join(':')}.${String(microseconds % 1e6).padStart(6, '0')}`;
};
/** `count` segments of one connection, a millisecond apart. */
const segments = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, n) => {
    const seq = 1 + (from + n) * 1448;
    return `${clock((from + n) * 1000)} IP 192.0.2.50.40000 > 198.51.100.9.443: Flags [.], seq ${seq}:${seq + 1448}, ack 1, win 502, length 1448`;
  });
const octets = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);

describe('frames of a text are handed over before its end', () => {
  test.for([
    [MOST_WAITING - 1, 0],
    [MOST_WAITING, MOST_WAITING / 2],
  ] as const)('%i packets read: %i handed over', ([read, handed]) => {
    const numbers: number[] = [];
    const reader = new CaptureReader((frame) => numbers.push(frame.number));
    // A packet is whole when the next one begins.
    const text = octets(segments(read + 1));
    reader.consume(text, text.length);
    expect(numbers).toHaveLength(handed);
    // Broken off: what waits is handed over.
    expect(reader.report()).toMatchObject({ frames: read + 1, text: { packets: read + 1, lines: read + 1 } });
    expect(numbers).toEqual(Array.from({ length: read + 1 }, (_, n) => n + 1));
  });

  test('large ones sooner: 4 MB of them wait', () => {
    let frames = 0;
    const queue = new FrameQueue(new Capture(() => frames++), new Places());
    const push = (): void => {
      queue.out.all(new Uint8Array(65_535));
      queue.push({ original: 65_535, linkType: 1, time: null, place: 0, second: null });
    };
    for (let n = 0; n < 62; n++) push();
    expect(frames).toBe(0);
    push();
    expect(frames).toBe(32);
    queue.end();
    expect([frames, queue.out.length]).toEqual([63, 0]);
  });
});

test('a black hole behind twenty thousand packets is found', () => {
  const text = `${segments(20_000).join('\n')}\n${upload({ times: 5, answered: false })}`;
  const result = judgedText(text, 65_536);
  expect(result.verdict).toBe('black-hole-suspected');
  expect(result.text?.packets).toBe(20_014);
});

test('each of twenty thousand packets twice: the second views are left aside', () => {
  const twice = segments(10_000).flatMap((line) => [line, line.replace('000 IP', '009 IP')]);
  const { text, flows } = judgedText(twice.join('\n'), 65_536);
  expect(text).toMatchObject({ packets: 20_000, copies: 10_000 });
  expect(text?.unknown).toContain('device');
  expect(flows[0]?.directions.reduce((sum, { retransmitted }) => sum + retransmitted, 0)).toBe(0);
});

test('a table of generations holds half of its entries at least, and what is asked for', () => {
  const table = new Generations<number>(8);
  for (let n = 0; n < 8; n++) table.set(`${n}`, n);
  expect(table.get('0')).toBe(0);
  for (let n = 8; n < 11; n++) table.set(`${n}`, n);
  expect(['0', '1', '8', '10'].map((key) => table.get(key))).toEqual([0, undefined, 8, 10]);
  table.delete('0');
  expect(table.get('0')).toBeUndefined();
});

test.for([
  ['16,384 characters are whole', 16_384],
  ['of more the rest is passed over', 100_000],
] as const)('a line of %s', ([, length]) => {
  const lines: string[] = [];
  const cutter = new LineCutter(new Uint8Array());
  const text = new TextEncoder().encode(`${'x'.repeat(length)}\r\nnext\rlast`);
  for (let at = 0; at < text.length; at += 1000) cutter.cut(text.subarray(at, at + 1000), (line) => lines.push(line));
  cutter.end((line) => lines.push(line));
  expect(lines).toEqual(['x'.repeat(16_384), 'next', 'last']);
});

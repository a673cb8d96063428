import { expect, test } from 'vitest';
import { CaptureReader } from '../../../src/capture/reader.js';

/** One packet as `tshark -V` prints it, with so many lines, each of them that long. */
function details(lines: number, length: number): string {
  const own = `Frame 4: 1514 bytes on wire (12112 bits), 128 bytes captured (1024 bits)
    Arrival Time: Nov 21, 2026 06:25:18.250000000 UTC
Internet Protocol Version 4, Src: 192.0.2.7, Dst: 198.51.100.9
    Total Length: 1500
    Protocol: TCP (6)
Transmission Control Protocol, Src Port: 40000, Dst Port: 443
    [TCP Segment Len: 1448]
    Sequence Number (raw): 1
    Acknowledgment number (raw): 1
    Flags: 0x018 (PSH, ACK)`.split('\n');
  const more = Array.from({ length: lines - own.length }, () => `    ${'x'.repeat(length)}`);
  return `${[...own, ...more].join('\n')}\n`;
}
function damage(lines: number, length = 4): string[] {
  const octets = new TextEncoder().encode(details(lines, length));
  const reader = new CaptureReader(() => undefined);
  const left = octets.slice(reader.consume(octets, octets.length));
  return reader.finish(left, left.length).damage.map(({ says }) => says);
}

test('a packet of 1500 lines is read whole; of a longer one is said what was not read', () => {
  expect(damage(1500)).toEqual([]);
  expect(damage(1501)).toEqual([
    'the packet of line 1: more than 1500 lines or 524288 characters; what stands behind them was not read',
  ]);
});
test('so it is where its lines are long', () => {
  expect(damage(100, 5000)).toEqual([]);
  expect(damage(130, 5000)).toHaveLength(1);
});

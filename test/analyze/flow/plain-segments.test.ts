import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CaptureWatch } from '../../../src/analyze/capture-value.js';
import { CaptureReader } from '../../../src/capture/reader.js';
import { feed } from '../../capture/feed.js';
import { enhanced, iface, pcap, section } from '../../capture/files.js';
import { join as joined } from '../../packet/packets.js';
import { seeded } from '../../seeded.js';
import { bothWays, compiled } from '../both-ways.js';
import { crowd } from '../crowd.js';
import { datagrams } from '../datagrams.js';
import { fuzzPlainSegments, transfers } from '../fuzz.js';
import { ip, tcp, pcap as timedPcap, times } from '../packets.js';
import { ipv4Ends, ipv6Ends } from '../script.js';
import { wraps } from '../wrapped.js';

const root = join(import.meta.dirname, '../../..');
const frames = transfers();
const seconds = 1_700_000_000;
const packets = frames.map((octets, index) => ({
  octets,
  seconds: seconds + (index >> 6),
  fraction: (index & 63) * 900,
}));
const clock = (index: number): { high: number; low: number } => {
  const ticks = seconds * 1e6 + index * 137;
  return { high: Math.floor(ticks / 2 ** 32), low: ticks % 2 ** 32 };
};
const snap = 68;
const files: readonly (readonly [name: string, file: Uint8Array, leastShare?: number])[] = [
  ['pcap, little-endian', pcap(packets)],
  ['pcap, big-endian', pcap(packets, { little: false })],
  ['pcap, nanoseconds', pcap(packets, { magic: 0xa1b23c4d })],
  ['pcap, modified', pcap(packets, { magic: 0xa1b2cd34 })],
  [
    'pcap, snapped',
    pcap(packets.map((one) => ({ ...one, octets: one.octets.slice(0, snap), original: one.octets.length }))),
  ],
  ['pcap, over minutes', pcap(packets.map((one, index) => ({ ...one, seconds: seconds + (index >> 5) })))],
  // After a second of silence, and where the clock steps back, each frame is looked at.
  ['pcap, over days', pcap(packets.map((one, index) => ({ ...one, seconds: seconds + index * 5000 }))), 0],
  ['pcap, backwards', pcap(packets.map((one, index) => ({ ...one, seconds: seconds - index * 2 }))), 0],
  ['pcap, one step back', pcap(packets.map((one, at) => ({ ...one, seconds: one.seconds - (at > 99 ? 3600 : 0) })))],
  ['pcapng', joined(section(), iface(1), ...frames.map((octets, index) => enhanced(octets, clock(index))))],
  [
    'pcapng, big-endian',
    joined(
      section(false),
      iface(1, [], 0, false),
      ...frames.map((octets, index) => enhanced(octets, clock(index), false)),
    ),
  ],
  [
    'pcapng, two interfaces in long turns',
    joined(
      section(),
      iface(1),
      iface(1),
      ...frames.map((octets, index) => enhanced(octets, { ...clock(index), index: (index >> 7) & 1 })),
    ),
    // Of each interface the frames that are gathered with the first are not foretold.
    0.7,
  ],
];

describe('the compiled code counts most frames of a transfer, and the result is that of the long road', () => {
  test.for(files)('%s', ([, file, leastShare = 0.75]) => {
    const { slow, fast, taken } = bothWays(file);
    expect(fast).toBe(slow);
    expect(taken).toBeGreaterThan(frames.length * leastShare - 1);
  });
  test('in pieces', () => {
    for (const chunk of [1000, 4096, 65_536]) {
      const { slow, fast } = bothWays(files[0]![1], chunk);
      expect(fast).toBe(slow);
    }
  });
});

describe('whatever stands in front of the IP header', () => {
  const at = (index: number) => ({ seconds: seconds + (index >> 6), fraction: (index & 63) * 900 });
  const families = [
    ['IPv4', ipv4Ends],
    ['IPv6', ipv6Ends],
  ] as const;
  const rows = wraps.flatMap((how) => families.map(([family, ends]) => [how.name, family, how, ends] as const));
  test.for(rows)('%s, %s', ([, , how, ends]) => {
    const wrapped = transfers(60, how, ends);
    const { slow, fast, taken } = bothWays(
      pcap(
        wrapped.map((octets, index) => ({ octets, ...at(index) })),
        how,
      ),
    );
    expect(fast).toBe(slow);
    // Until two devices are known to be one place, no frame of theirs is foretold.
    expect(taken).toBeGreaterThan(wrapped.length * (how.name.includes('device') ? 0.5 : 0.75));
  });
  test('each packet twice: in by one device, out by another', () => {
    const cooked = wraps.find(({ name }) => name === 'Linux cooked')!;
    const cooked2 = wraps.find(({ name }) => name.endsWith('a device for each direction'))!;
    for (const how of [cooked, cooked2]) {
      const twice = [
        transfers(60, { ...how, wrap: (packet) => how.wrap(packet, false) }),
        transfers(60, { ...how, wrap: (packet) => how.wrap(packet, true) }),
      ];
      const frames = twice[0]!.flatMap((octets, index) => [octets, twice[1]![index]!]);
      const { slow, fast, taken } = bothWays(
        pcap(
          frames.map((octets, index) => ({ octets, ...at(index) })),
          how,
        ),
      );
      expect(fast).toBe(slow);
      expect(taken).toBeGreaterThan(frames.length * 0.75);
    }
  });
  test('twenty of them in turn, more than are remembered', () => {
    const tagged = Array.from({ length: 20 }, (_, tag) =>
      transfers(
        20,
        { name: '', linkType: 1, wrap: (packet) => wraps[tag % 4]!.wrap(packet, false) },
        families[tag % 2]![1],
      ),
    );
    const frames = tagged[0]!.flatMap((_, index) => tagged.map((list) => list[index]!));
    const { slow, fast } = bothWays(pcap(frames.map((octets, index) => ({ octets, ...at(index) }))));
    expect(fast).toBe(slow);
  });
});

describe('datagrams', () => {
  const rows = wraps.flatMap((how) => [4, 6].map((family) => [how.name, family, how] as const));
  test.for(rows)('most of a steady conversation, %s, IPv%i', ([, family, how]) => {
    for (const kind of ['QUIC', 'WireGuard'] as const) {
      const packets = datagrams(seeded(1), 600, how, family === 6, kind);
      const { slow, fast, taken } = bothWays(pcap(packets, how));
      expect(fast).toBe(slow);
      expect(taken).toBeGreaterThan(packets.length * (how.name.includes('device') ? 0.4 : 0.8));
    }
  });
  test.for(rows)('all sizes, waits and ports, %s, IPv%i', ([, family, how]) => {
    for (let seed = 0; seed < 8; seed++) {
      const { slow, fast } = bothWays(pcap(datagrams(seeded(seed), 400, how, family === 6), how));
      expect(fast).toBe(slow);
    }
  });
});

describe('connections from the first SYN on, more than the table holds', () => {
  const rows = wraps.flatMap((how) => [4, 6].map((family) => [how.name, family, how] as const));
  test.for(rows)('%s, IPv%i', ([, family, how]) => {
    let taken = 0;
    for (let seed = 0; seed < 6; seed++) {
      const both = bothWays(pcap(crowd(seeded(seed), 900, how, family === 6), how));
      expect(both.fast).toBe(both.slow);
      taken += both.taken;
    }
    expect(taken).toBeGreaterThan(2000);
  });
});

test('where every flow is kept, none ends in compiled code alone', () => {
  const watch = new CaptureWatch({ capacity: 64, compiled, everyFlow: true });
  const reader = new CaptureReader((frame) => watch.frame(frame), { shortcut: watch.shortcut });
  // More than are ranked before the small ones are turned away.
  const file = timedPcap(
    times(1500, (n) => {
      const syn = tcp({ sourcePort: 1000 + n, destinationPort: 443, seq: n, flags: 2 });
      return { at: n / 1e4, packet: ip(6, { from: `10.3.${n & 63}.1`, to: '10.4.0.1' }, syn) };
    }),
  );
  const { facts } = watch.finish('x', feed(reader, file, file.length), false);
  expect(facts.everyFlow?.count).toBe(1500);
  expect(watch.plain.frames).toBeGreaterThan(1400);
});

describe('captures of real kernels come to the same both ways', () => {
  const shared = ['captures/scenarios', 'cases/analyze'].map((name) => join(root, '../shared', name));
  const folders = [join(root, 'captures'), ...shared].filter(existsSync);
  const names = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  test.for(names.filter((name) => /\.pcap(ng)?$/.test(name)))('%s', (name) => {
    const { slow, fast } = bothWays(readFileSync(name));
    expect(fast).toBe(slow);
  });
});

test('so do transfers with any octet of any header changed', () => {
  expect(fuzzPlainSegments(3, 50)).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { CaptureWatch } from '../../src/analyze/capture-value.js';
import { CaptureReader } from '../../src/capture/reader.js';
import { MtucalcError } from '../../src/error.js';
import { feed } from '../capture/feed.js';
import { enhanced, iface, pcap, section } from '../capture/files.js';
import { ethernet, filled, ipv4, join, tcp } from '../packet/packets.js';

const whole = ethernet(0x0800, ipv4(6, tcp(filled(30))));
const secret = join([0x88, 0x41], filled(24), filled(80));
const time = { high: 396_087, low: 2_165_637_120 };

function read(octets: Uint8Array) {
  const watch = new CaptureWatch();
  const report = feed(new CaptureReader(watch.frame.bind(watch)), octets);
  return watch.finish('a.pcap', report, false);
}

describe('a file of which nothing can be read', () => {
  const refused = [
    [
      'private use',
      pcap([{ octets: filled(60) }], { linkType: 147 }),
      '1 frame: 1 of link type 147 (private use), which',
    ],
    ['no name', pcap([{ octets: filled(60) }], { linkType: 999 }), '1 of link type 999, which is not read'],
    ['named', pcap([{ octets: filled(60) }], { linkType: 195 }), '195 (IEEE 802.15.4)'],
    [
      'encrypted',
      pcap([{ octets: secret }, { octets: secret }], { linkType: 105 }),
      '2 frames: 2 that their link encrypts',
    ],
    [
      'both',
      join(section(), iface(105), iface(149), enhanced(secret, time), enhanced(filled(99), { ...time, index: 1 })),
      '1 of link type 149 (private use), which is not read, 1 that their link encrypts',
    ],
  ] as const;
  test.for(refused)('%s: says what it holds', ([, octets, says]) => {
    expect(() => read(octets)).toThrow(MtucalcError);
    expect(() => read(octets)).toThrow(says);
  });
});

describe('what can be read is judged', () => {
  const judged = [
    [
      'some frames are not read',
      join(section(), iface(1), iface(147), enhanced(whole, time), enhanced(filled(9), { ...time, index: 1 })),
      ['147 (private use)'],
    ],
    [
      'an interface that no frame uses',
      join(section(), iface(274), iface(1), enhanced(whole, { ...time, index: 1 })),
      [],
    ],
    ['no IP, but nothing that is not read', pcap([{ octets: ethernet(0x0806, filled(28)) }]), []],
    ['no frame at all', pcap([]), []],
  ] as const;
  test.for(judged)('%s', ([, octets, unread]) => {
    expect(read(octets)).toMatchObject({ damage: [], container: { unread } });
  });
  test('no more than 64 link types are told apart', () => {
    const links = Array.from({ length: 70 }, (_, index) => iface(1000 + index));
    const frames = links.map((_, index) => enhanced(filled(9), { ...time, index }));
    expect(
      read(join(section(), iface(1), ...links, enhanced(whole, time), ...frames.slice(1))).container.unread,
    ).toHaveLength(64);
  });
});

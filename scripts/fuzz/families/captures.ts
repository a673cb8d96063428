import { readdirSync, readFileSync } from 'node:fs';
import { analyzed } from '../../../src/analyze/answer.js';
import { CaptureWatch } from '../../../src/analyze/capture-value.js';
import { CaptureReader } from '../../../src/capture/reader.js';
import { feed } from '../../../test/capture/feed.js';
import { enhanced, iface, option, type Packet, pcap, section } from '../../../test/capture/files.js';
import { samples } from '../../../test/frame/frame-samples.js';
import { join } from '../../../test/packet/packets.js';
import { mutated } from '../../../test/seeded.js';
import { hostile, noise, pick } from '../disturb.js';
import type { Family, Random } from '../family.js';
import { writtenAnalysis } from '../written.js';

interface Kept extends Packet {
  readonly link: number;
}

/** Records of our example captures and one frame of each header there is. */
const conversations: readonly (readonly Kept[])[] = [
  samples.map(([, link, octets]): Kept => ({ link, octets })),
  ...readdirSync('captures')
    .filter((name) => name.endsWith('.pcap'))
    .map((name) => recordsOf(readFileSync(`captures/${name}`))),
];

function recordsOf(file: Uint8Array): Kept[] {
  const kept: Kept[] = [];
  const reader = new CaptureReader((frame) => {
    const { bytes, start, end, seconds, nanoseconds, wire, linkType } = frame;
    kept.push({
      link: linkType,
      octets: bytes.slice(start, end),
      seconds,
      fraction: Math.floor(nanoseconds / 1000),
      original: wire,
    });
  });
  feed(reader, file);
  return kept;
}

/** A stretch of one conversation: some packets changed, lost, doubled or out of order. */
function stretch(random: Random): readonly Kept[] {
  const all = pick(conversations, random);
  const from = random(all.length);
  return all.slice(from, from + 2 + random(24)).flatMap((packet) => {
    if (random(12) === 0) return [];
    const changed = random(3) === 0 ? { ...packet, octets: mutated(packet.octets, random) } : packet;
    const late = random(20) === 0 ? { ...changed, seconds: (changed.seconds ?? 0) + random(100) } : changed;
    return random(20) === 0 ? [late, late] : [late];
  });
}

const NAME = 2;

/** A file of those packets: classic or pcapng, at times with names and lengths of its own. */
function container(random: Random): Uint8Array {
  const packets = stretch(random);
  const [first] = packets;
  const linkType = random(30) === 0 ? random(300) : (first?.link ?? 1);
  const magic = pick([0xa1b2c3d4, 0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34], random);
  const little = random(4) > 0;
  if (random(3) > 0)
    return pcap(packets, { linkType, little, magic, snapLength: random(10) === 0 ? random(2000) : 262_144 });
  const name = [...new TextEncoder().encode(pick(hostile, random))].slice(0, 80);
  const options = random(2) === 0 ? option(NAME, name, little) : [];
  return join(
    section(little),
    iface(linkType, options, 0, little),
    ...packets.map(({ octets }) => enhanced(octets, {}, little)),
  );
}

export const captures: Family = {
  id: 'captures',
  input(random) {
    if (random(100) === 0) return new TextEncoder().encode(noise(random));
    const file = container(random);
    return random(3) === 0 ? mutated(file, random) : file;
  },
  run(input) {
    const file = input as Uint8Array;
    const watch = new CaptureWatch({ capacity: 16 });
    const reader = new CaptureReader(watch.frame.bind(watch), { resync: (file.length & 1) === 0 });
    const report = feed(reader, file);
    return writtenAnalysis(analyzed(watch.finish('fuzz', report, false), {}), file.length);
  },
};

import { TotalsCounter } from '../../src/analyze/totals.js';
import { CaptureReader } from '../../src/capture/reader.js';
import { MtucalcError } from '../../src/error.js';
import type { Frame } from '../../src/frame/frame.js';
import { feed } from '../capture/feed.js';
import { enhanced, iface, type Packet, pcap, section } from '../capture/files.js';
import { samples } from '../frame/frame-samples.js';
import { decode, join, shown } from '../packet/packets.js';
import { mutated, nasty, seeded } from '../seeded.js';
import { bothWays } from './both-ways.js';
import { crowd } from './crowd.js';
import { datagrams } from './datagrams.js';
import { pcap as timed } from './packets.js';
import { randomTraffic } from './random-traffic.js';
import { type Ends, ipv4Ends, ipv6Ends, Script } from './script.js';
import { type Wrap, wraps } from './wrapped.js';

/** What must hold of every frame, whatever its octets; undefined when it does. */
function broken(frame: Frame): string | undefined {
  const { start, end, limit, transport, payloadLength, ip, outer, tunnels } = frame;
  if (limit < start || limit > end) return `limit ${limit}`;
  if (transport !== -1 && (transport < start || transport > end)) return `transport ${transport}`;
  if (payloadLength < 0 || !Number.isInteger(payloadLength)) return `payload ${payloadLength}`;
  if (ip !== outer && ip !== frame.inner) return 'ip is neither outer nor inner';
  if (ip.family !== 0 && (ip.source < start || ip.destination + (ip.family === 4 ? 4 : 16) > end)) return 'addresses';
  if (ip.family !== 0 && ip.totalLength < (ip.family === 4 ? 20 : 40)) return `total length ${ip.totalLength}`;
  if (tunnels > 8 || frame.sackBlocks > 4) return 'counts';
  if (frame.tcp && (frame.tcpHeaderLength < 20 || transport + 20 > end)) return 'TCP header';
  return undefined;
}

/** Decodes mutated frames; answers what went wrong, empty when nothing did. */
export function fuzzFrames(seed: number, count: number): string[] {
  const random = seeded(seed);
  const wrong: string[] = [];
  for (let index = 0; index < count && wrong.length < 20; index++) {
    const [name, link, octets] = samples[random(samples.length)]!;
    const bytes = mutated(octets, random);
    const wire = bytes.length + (random(4) === 0 ? random(2000) : 0);
    const linkType = random(20) === 0 ? samples[random(samples.length)]![1] : link;
    const where = `seed ${seed}, frame ${index} (${name}): ${Buffer.from(bytes).toString('hex')}`;
    try {
      const frame = decode(linkType, bytes, wire, 0x00);
      const problem = broken(frame);
      if (problem) wrong.push(`${problem}; ${where}`);
      // The same octets among other surroundings must look the same. Every sixteenth, as it is the slow part.
      if (
        index % 16 === 0 &&
        JSON.stringify(shown(frame)) !== JSON.stringify(shown(decode(linkType, bytes, wire, 0xff)))
      )
        wrong.push(`reads outside the frame; ${where}`);
    } catch (error) {
      wrong.push(`${error}; ${where}`);
    }
  }
  return wrong;
}

const packets = samples.filter(([, link]) => link === 1).map(([, , octets]) => ({ octets }));
const files = [
  pcap(packets.slice(0, 12)),
  pcap(packets.slice(12, 20), { little: false, magic: 0xa1b23c4d }),
  join(section(), iface(1), ...packets.slice(0, 8).map(({ octets }) => enhanced(octets))),
  join(
    section(false),
    iface(1, [], 0, false),
    ...packets.slice(20, 26).map(({ octets }) => enhanced(octets, {}, false)),
  ),
];

/** Reads mutated files whole and in pieces: the same must come out, within bounds, and only our own errors. */
export function fuzzFiles(seed: number, count: number): string[] {
  const random = seeded(seed);
  const wrong: string[] = [];
  for (let index = 0; index < count && wrong.length < 20; index++) {
    const file = mutated(files[random(files.length)]!, random);
    const resync = random(2) === 0;
    const whole = outcome(file, file.length, resync);
    // Resynchronisation looks ahead as far as it can see, so only the plain reading is the same in pieces.
    const pieces = resync ? whole : outcome(file, 1 + random(400), false);
    if (whole.startsWith('bug') || pieces !== whole)
      wrong.push(`seed ${seed}, file ${index}: ${whole} / ${pieces}; ${Buffer.from(file).toString('hex')}`);
  }
  return wrong;
}

function outcome(file: Uint8Array, chunk: number, resync: boolean): string {
  const totals = new TotalsCounter();
  const reader = new CaptureReader((frame) => totals.visit(frame), { resync });
  try {
    const report = feed(reader, file, chunk);
    // How far a stopped reader had looked depends on the pieces; what it read does not.
    return JSON.stringify({ ...report, octets: 0, totals: totals.totals(report.frames) });
  } catch (error) {
    return error instanceof MtucalcError ? `refused: ${error.message}` : `bug: ${(error as Error).stack}`;
  }
}

/** IP packets of bulk transfers in both directions, several connections at once, with a few small segments between. */
export function packetsOf(rounds = 60, ends: Ends = ipv4Ends): Uint8Array[] {
  const connections = [ends === ipv4Ends ? 1448 : 1428, 1160, 536].map((octets) => ({
    octets,
    script: new Script(ends).handshake(),
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { octets, script } of connections) {
      const side = round % 20 === 19 ? 'client' : 'server';
      script
        .data(side, octets)
        .data(side, round % 7 === 6 ? 100 : octets)
        .wait(0.01)
        .ack(side);
    }
  }
  // The three share addresses and ports but for the last octet of the client's address.
  const [source, destination] = ends === ipv4Ends ? [15, 19] : [23, 39];
  const perConnection = connections.map(({ script }, index) =>
    script.packets.map(({ packet }) => {
      const octets = Uint8Array.from(packet);
      octets[isFromServer(octets) ? destination : source] = 10 + index;
      return octets;
    }),
  );
  const most = Math.max(...perConnection.map((packets) => packets.length));
  return Array.from({ length: most }, (_, at) => perConnection.flatMap((packets) => packets[at] ?? [])).flat();
}

/** By its port, 443. */
function isFromServer(packet: Uint8Array): boolean {
  const at = packet[0]! >> 4 === 4 ? 20 : 40;
  return packet[at]! * 256 + packet[at + 1]! === 443;
}

/** The same as frames. */
export const transfers = (rounds = 60, { wrap }: Wrap = wraps[0]!, ends: Ends = ipv4Ends): Uint8Array[] =>
  packetsOf(rounds, ends).map((packet) => wrap(packet, isFromServer(packet)));

/** Octets of an IPv6 and a TCP header. */
const HEADERS = 60;

/** Random traffic, and transfers with some octets changed: with the compiled code they must come to the same. */
export function fuzzPlainSegments(seed: number, count: number): string[] {
  const random = seeded(seed);
  const wrong: string[] = [];
  for (let index = 0; index < count && wrong.length < 5; index++) {
    const how = wraps[random(wraps.length)]!;
    const ends = random(3) === 0 ? ipv6Ends : ipv4Ends;
    const changed = (): Packet[] => disturbed(transfers(12, how, ends), random);
    const kinds: readonly (() => Uint8Array)[] = [
      () => timed(randomTraffic(random, 400)),
      () => pcap(changed(), how),
      () => pcap(withChanges(datagrams(random, 400, how, ends === ipv6Ends), random), how),
      () => pcap(withChanges(crowd(random, 600, how, ends === ipv6Ends), random, 40), how),
    ];
    const file = kinds[index % kinds.length]!();
    const { slow, fast } = bothWays(file);
    if (slow !== fast) wrong.push(`seed ${seed}, file ${index} (${how.name})`);
  }
  return wrong;
}

/** One in `share` with an octet of its headers changed, or cut. */
function withChanges(packets: readonly Packet[], random: (below: number) => number, share = 10): Packet[] {
  return packets.map((one) => {
    if (random(share) > 0 || one.octets.length === 0) return one;
    const octets = one.octets.slice();
    octets[random(Math.min(octets.length, HEADERS))] = random(2) === 0 ? random(256) : nasty[random(nasty.length)]!;
    return {
      ...one,
      octets: octets.slice(0, random(3) ? octets.length : random(octets.length)),
      original: one.original ?? octets.length,
    };
  });
}

function disturbed(frames: readonly Uint8Array[], random: (below: number) => number): Packet[] {
  const changed = frames.map((octets, at) => {
    const copy = octets.slice();
    for (let changes = random(12) === 0 ? 1 + random(3) : 0; changes > 0; changes--) {
      // Where the headers before the IP header end, and what is in it.
      const place = random(10) === 0 ? random(copy.length) : random(HEADERS + Math.min(60, copy.length - HEADERS));
      if (place < copy.length) copy[place] = random(2) === 0 ? random(256) : nasty[random(nasty.length)]!;
    }
    const captured = random(40) === 0 ? random(copy.length) : copy.length;
    return { octets: copy.slice(0, captured), original: copy.length, seconds: 1_700_000_000, fraction: at * 800 };
  });
  // Some come twice, some late, some not at all.
  for (let moves = random(6); moves > 0; moves--) {
    const [one] = changed.splice(random(changed.length), random(3) === 0 ? 0 : 1);
    if (one) changed.splice(random(changed.length), 0, ...(random(2) ? [one] : [one, one]));
  }
  return changed;
}

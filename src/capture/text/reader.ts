import { MtucalcError } from '../../error.js';
import { LinkType } from '../../frame/link-type.js';
import type { Capture, ContainerReader } from '../container.js';
import { deliver } from '../record.js';
import { copiesIn, mostSeen } from './copies.js';
import { type FrameRecord, FrameStore } from './frames.js';
import { type Gathered, Gatherer } from './gather.js';
import { linkTypeOf, wireLength } from './hex.js';
import { LineCutter } from './lines.js';
import { Places } from './places.js';
import type { PrintedPacket } from './printed.js';
import { Rebuilder } from './rebuild.js';
import { refusalOf } from './refusal.js';
import { type TextSource, unknowns } from './source.js';
import { SynPairs } from './syn-pairs.js';
import { steadyTimes } from './times.js';

const COOKED = 16;
const MOST_PTBS = 64;
/** Reserved by IANA: what is no packet that can be read. */
const NO_TYPE = 0xffff;

/**
 * A capture as text: packets are put together, rebuilt as octets as far as the text has them, and handed over when the
 * whole of it has been seen. What the text does not hold stands in the report beside them.
 */
export class TextReader implements ContainerReader {
  stopped = false;
  readonly #capture: Capture;
  readonly #cutter: LineCutter;
  readonly #gatherer = new Gatherer((gathered) => this.#packet(gathered));
  readonly #rebuilder = new Rebuilder();
  readonly #places = new Places();
  readonly #store = new FrameStore();
  readonly #unreadPtbs = new Map<string, { from: string; to: string; line: number; count: number }>();
  readonly #start: string[] = [];
  readonly #syns = new SynPairs();
  #pieces = 0;
  #sized: { octets: number; line: number; packets: number } | null = null;

  constructor(capture: Capture, first: Uint8Array) {
    this.#capture = capture;
    this.#cutter = new LineCutter(first);
    capture.format = 'text';
  }

  consume(bytes: Uint8Array, length: number): number {
    this.#cutter.cut(bytes.subarray(0, length), (line) => this.#line(line));
    return length;
  }

  finish(bytes: Uint8Array, length: number): void {
    if (length > 0) this.consume(bytes, length);
    this.#cutter.end((line) => this.#line(line));
    this.#gatherer.flush();
    const { records } = this.#store;
    if (records.length === 0) throw refusalOf(this.#start, this.#cutter.odd);
    if (this.#store.full)
      this.#capture.damage.add(
        0,
        records.length,
        `the text holds more packets than ${records.length}; the rest is left aside`,
      );
    this.#handOver();
  }

  #line(line: string): void {
    if (this.#start.length < 200) this.#start.push(line.slice(0, 300));
    if (this.#cutter.odd > 64 && this.#cutter.odd * 20 > this.#cutter.characters) {
      throw new MtucalcError(
        'not-a-capture',
        'this is no capture: it begins like text and is none',
        'pcap, pcapng and text are read',
      );
    }
    if (!this.#store.full) this.#gatherer.line(line);
  }

  #packet({ packet, ordinal, afterWords }: Gathered): void {
    const place = this.#places.of(packet.device, packet.time, ordinal, afterWords);
    const { out, records } = this.#store;
    const start = out.length;
    if (packet.piece) this.#pieces++;
    const common = { start, time: packet.time, place, line: packet.line };
    const cooked = packet.way !== null && packet.device === null;
    if (packet.octets) {
      const { linkType, from } = linkTypeOf(packet.octets);
      const octets = packet.octets.subarray(from);
      const bare = cooked && linkType === LinkType.raw;
      if (bare) this.#cook(packet.way, (octets[0] as number) >> 4);
      out.all(octets);
      const original = Math.max(wireLength(octets, linkType), packet.ipLength ?? 0) + (bare ? COOKED : 0);
      records.push({
        ...common,
        end: out.length,
        original,
        linkType: bare ? LinkType.linuxCooked : linkType,
        same: null,
      });
      return;
    }
    if (cooked) this.#cook(packet.way, packet.family);
    const built = this.#rebuilder.write(out, packet, String(this.#places.section));
    const linkType = cooked ? LinkType.linuxCooked : LinkType.raw;
    if (built === null) {
      out.length = start;
      // Something that is no IP, or of which only the place is known: it is counted.
      for (let octet = 0; octet < 12; octet++) out.u8(0);
      out.u16(NO_TYPE);
      records.push({
        ...common,
        end: out.length,
        original: out.length - start,
        linkType: LinkType.ethernet,
        same: null,
      });
      return;
    }
    if (packet.id === null && packet.family === 4 && packet.time === null) this.#rebuilder.unknown.add('time');
    this.#note(packet, built);
    if (packet.tcp) this.#syns.note(packet.tcp, packet.line, this.#places.section);
    const original = Math.max(out.length - start, built + (cooked ? COOKED : 0));
    records.push({ ...common, end: out.length, original, linkType, same: sameOf(packet) });
  }

  /** Received or sent, where no device is named: as a cooked capture says it. */
  #cook(way: PrintedPacket['way'], family: number): void {
    const { out } = this.#store;
    out.u16(way === 'out' ? 4 : 0);
    for (let octet = 0; octet < 12; octet++) out.u8(0);
    out.u16(family === 6 ? 0x86dd : 0x0800);
  }

  #note(packet: PrintedPacket, octets: number): void {
    const { icmp, family } = packet;
    if (packet.protocol === 6 && packet.tcp === null) {
      const held = this.#sized ?? { octets: 0, line: 0, packets: 0 };
      const larger = octets > held.octets;
      this.#sized = {
        octets: larger ? octets : held.octets,
        line: larger ? packet.line : held.line,
        packets: held.packets + 1,
      };
    }
    if (!icmp || icmp.mtu !== null || !(family === 6 ? icmp.type === 2 : icmp.type === 3 && icmp.code === 4)) return;
    const key = `${packet.source} ${packet.destination}`;
    const held = this.#unreadPtbs.get(key);
    if (held) held.count++;
    else if (this.#unreadPtbs.size < MOST_PTBS) {
      this.#unreadPtbs.set(key, { from: packet.source, to: packet.destination, line: packet.line, count: 1 });
    }
  }

  #handOver(): void {
    const capture = this.#capture;
    const { records, out } = this.#store;
    const { list } = this.#places;
    const components = new Set(list.flatMap(({ name }, place) => (name.startsWith('component ') ? [place] : [])));
    const kept = components.size > 0 ? mostSeen(records, (place) => components.has(place)) : null;
    const left = kept === null ? copiesIn(records) : new Set<number>();
    const several = new Set(records.map(({ place }) => place)).size > 1 && kept === null;
    const times = steadyTimes(
      records,
      list.map(({ section }) => section),
    );
    for (const { name } of kept === null ? list : []) {
      capture.interfaces.push({
        linkType: LinkType.raw,
        snapLength: 0,
        unitsPerSecond: 1e9,
        ...(name === '' ? {} : { name }),
      });
    }
    let copies = 0;
    for (const [index, record] of records.entries()) {
      if (left.has(index) || (kept !== null && components.has(record.place) && record.place !== kept)) {
        copies++;
        continue;
      }
      const time = times[index] as number;
      const seconds = Math.floor(time);
      capture.frame.interface = several ? record.place : 0;
      capture.frame.linkType = record.linkType;
      const captured = record.end - record.start;
      deliver(
        capture,
        out.bytes,
        record.start,
        record.end,
        0,
        captured,
        record.original,
        seconds,
        Math.round((time - seconds) * 1e9),
      );
    }
    if (left.size > 0) this.#rebuilder.unknown.add('device');
    // Frames of a text are not cut by a snap length; what is missing is said in words.
    capture.snapped = 0;
    capture.snappedAt = 0;
    capture.text = this.#source(copies);
  }

  #source(copies: number): TextSource {
    const { unknown, hosts } = this.#rebuilder;
    return {
      forms: [...this.#gatherer.forms],
      unknown: unknowns.filter((one) => unknown.has(one)),
      lines: this.#gatherer.lines,
      packets: this.#store.records.length,
      copies,
      unreadPtbs: [...this.#unreadPtbs.values()],
      foreign: this.#rebuilder.foreign,
      pieces: this.#pieces,
      sized: this.#sized,
      rewritten: this.#syns.rewritten,
      names: hosts.names,
      sections: this.#places.section + 1,
    };
  }
}

/** Equal for two views of one segment. Without an identification nothing but its numbers tells; a datagram has none. */
function sameOf({ id, tcp, source, sourcePort, destination, destinationPort }: PrintedPacket): FrameRecord['same'] {
  if (id !== null || tcp === null) return null;
  const { seq, ack, flags, payload, timestamps } = tcp;
  const direction = [source, sourcePort, destination, destinationPort].join(' ');
  return { direction, numbers: [seq, ack, flags, payload, timestamps?.[0]].join(' ') };
}

import { MtucalcError } from '../../error.js';
import { LinkType } from '../../frame/link-type.js';
import { ETHER_TYPE } from '../../packet/ethernet.js';
import type { Capture, ContainerReader } from '../container.js';
import { Copies } from './copies.js';
import { type Gathered, Gatherer, MOST_CHARACTERS, MOST_LINES } from './gather.js';
import { linkTypeOf, wireLength } from './hex.js';
import { LineCutter } from './lines.js';
import { own } from './own.js';
import { Places } from './places.js';
import type { PrintedPacket } from './printed.js';
import { FrameQueue } from './queue.js';
import { Rebuilder } from './rebuild.js';
import { refusalOf } from './refusal.js';
import { type TextSource, unknowns } from './source.js';
import { SynPairs } from './syn-pairs.js';

const COOKED = 16;
const MOST_PTBS = 64;
/** Reserved by IANA: what is no packet that can be read. */
const NO_TYPE = 0xffff;

/**
 * A capture as text: packets are put together, rebuilt as octets as far as the text has them, and handed over when
 * enough of what follows them has been seen. What the text does not hold stands in the report beside them.
 */
export class TextReader implements ContainerReader {
  stopped = false;
  readonly #capture: Capture;
  readonly #cutter: LineCutter;
  readonly #gatherer = new Gatherer((gathered) => this.#packet(gathered));
  readonly #rebuilder = new Rebuilder();
  readonly #places = new Places();
  readonly #queue: FrameQueue;
  readonly #copies = new Copies();
  readonly #unreadPtbs = new Map<string, { from: string; to: string; line: number; count: number }>();
  readonly #start: string[] = [];
  readonly #syns = new SynPairs();
  #pieces = 0;
  #sized: { octets: number; line: number; packets: number } | null = null;

  constructor(capture: Capture, first: Uint8Array) {
    this.#capture = capture;
    this.#cutter = new LineCutter(first);
    this.#queue = new FrameQueue(capture, this.#places);
    capture.format = 'text';
  }

  consume(bytes: Uint8Array, length: number): number {
    this.#cutter.cut(bytes.subarray(0, length), (line) => this.#line(line));
    return length;
  }

  finish(bytes: Uint8Array, length: number): void {
    if (length > 0) this.consume(bytes, length);
    this.#cutter.end((line) => this.#line(line));
    this.leave();
    if (this.#queue.frames === 0) throw refusalOf(this.#start, this.#cutter.odd);
  }

  leave(): void {
    this.#gatherer.flush();
    this.#queue.end();
    this.#capture.text = this.#source();
    this.#capture.drops.printed = this.#gatherer.dropped;
    const { packets, line } = this.#gatherer.overlong;
    // Said once, however often what is known so far is asked for.
    this.#gatherer.overlong.packets = 0;
    if (packets > 0)
      this.#capture.damage.add(
        this.#capture.base,
        this.#queue.frames,
        `${packets === 1 ? 'the packet' : `${packets} packets, the first`} of line ${line}: more than ${MOST_LINES} lines or ${MOST_CHARACTERS} characters; what stands behind them was not read`,
      );
  }

  #line(line: string): void {
    if (this.#start.length < 200) this.#start.push(own(line.slice(0, 300)));
    if (this.#cutter.odd > 64 && this.#cutter.odd * 20 > this.#cutter.characters) {
      throw new MtucalcError(
        'not-a-capture',
        'this is no capture: it begins like text and is none',
        'pcap, pcapng and text are read',
      );
    }
    this.#gatherer.line(line);
  }

  #packet({ packet, ordinal, afterWords }: Gathered): void {
    const place = this.#places.of(packet.device, packet.time, ordinal, afterWords);
    const { out } = this.#queue;
    const start = out.length;
    if (packet.piece) this.#pieces++;
    const common = { time: packet.time, place };
    const cooked = packet.way !== null && packet.device === null;
    if (packet.octets) {
      const { linkType, from } = linkTypeOf(packet.octets);
      const octets = packet.octets.subarray(from);
      const bare = cooked && linkType === LinkType.raw;
      if (bare) this.#cook(packet.way, (octets[0] as number) >> 4);
      out.all(octets);
      const original = Math.max(wireLength(octets, linkType), packet.ipLength ?? 0) + (bare ? COOKED : 0);
      const type = bare ? LinkType.linuxCooked : linkType;
      this.#queue.push({ ...common, original, linkType: type, second: null });
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
      const original = out.length - start;
      this.#queue.push({ ...common, original, linkType: LinkType.ethernet, second: null });
      return;
    }
    if (packet.id === null && packet.family === 4 && packet.time === null) this.#rebuilder.unknown.add('time');
    this.#note(packet, built);
    if (packet.tcp) this.#syns.note(packet.tcp, packet.line, this.#places.section);
    const original = Math.max(out.length - start, built + (cooked ? COOKED : 0));
    const second = this.#copies.note(packet, place);
    this.#queue.push({ ...common, original, linkType, second });
  }

  /** Received or sent, where no device is named: as a cooked capture says it. */
  #cook(way: PrintedPacket['way'], family: number): void {
    const { out } = this.#queue;
    out.u16(way === 'out' ? 4 : 0);
    for (let octet = 0; octet < 12; octet++) out.u8(0);
    out.u16(family === 6 ? ETHER_TYPE.ipv6 : ETHER_TYPE.ipv4);
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

  #source(): TextSource {
    const { unknown, hosts } = this.#rebuilder;
    const { frames, copies, withoutDevice } = this.#queue;
    if (withoutDevice) unknown.add('device');
    return {
      forms: [...this.#gatherer.forms],
      unknown: unknowns.filter((one) => unknown.has(one)),
      lines: this.#gatherer.lines,
      packets: frames,
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

import {
  CUSTOM,
  CUSTOM_NOT_COPIED,
  ENHANCED_PACKET,
  FRAMING,
  INTERFACE,
  JOURNAL,
  lengthProblem,
  OLD_PACKET,
  PACKET_FIELD,
  PACKET_HEADER,
  SECTION,
  SIMPLE_HEADER,
  SIMPLE_PACKET,
  STATISTICS,
} from './block.js';
import type { Capture, ContainerReader } from './container.js';
import { LARGEST_FRAME, LARGEST_MESSAGE, LARGEST_RECORD } from './limits.js';
import { u16In, u32In } from './order.js';
import { takePackets } from './pcapng-packets.js';
import { findBlock } from './pcapng-resync.js';
import { deliver } from './record.js';
import { Section } from './section.js';

/** As much of an interface block as is looked at; the rest is passed over. */
const READ_OF_BLOCK = 65_536;

/** pcapng (draft-ietf-opsawg-pcapng): both byte orders, many sections, a link type and a clock for each interface. */
export class PcapngReader implements ContainerReader {
  stopped = false;
  private readonly capture: Capture;
  private skip = 0;
  /** After a long block: the length its last four octets must repeat; 0 where none is awaited. */
  private trailer = 0;
  private readonly section = new Section();

  constructor(capture: Capture) {
    this.capture = capture;
    capture.format = 'pcapng';
  }

  consume(bytes: Uint8Array, length: number): number {
    let at = 0;
    while (!this.stopped) {
      if (this.skip > 0) {
        const passed = Math.min(this.skip, length - at);
        this.skip -= passed;
        at += passed;
        if (this.skip > 0) return at;
      }
      if (this.trailer > 0) {
        if (at + 4 > length) return at;
        const expected = this.trailer;
        if (u32In(bytes, at, this.section.little) !== expected) {
          const next = this.goOn(bytes, at, length, this.trailerProblem(bytes, at, expected));
          if (next < 0) return at;
          at = next - 4;
        }
        this.trailer = 0;
        at += 4;
        continue;
      }
      at = takePackets(this.capture, this.section, bytes, at, length);
      if (at + FRAMING > length) return at;
      const type = u32In(bytes, at, this.section.little);
      const mark = type === SECTION ? this.byteOrder(bytes, at) : undefined;
      const blockLength = u32In(bytes, at + 4, this.section.little);
      const wrong = mark ?? lengthProblem(type, blockLength);
      const whole = at + blockLength <= length;
      if (wrong !== undefined || (whole && u32In(bytes, at + blockLength - 4, this.section.little) !== blockLength)) {
        const says = wrong ?? this.trailerProblem(bytes, at + blockLength - 4, blockLength);
        const next = this.goOn(bytes, at, length, says);
        if (next < 0) return at;
        at = next;
        continue;
      }
      const needed = whole ? blockLength : this.neededOf(type, bytes, at, length, blockLength);
      if (needed < 0 || at + needed > length) return this.stopped ? length : at;
      this.block(type, bytes, at, blockLength);
      if (this.stopped) return length;
      if (whole) at += blockLength;
      else {
        at += needed;
        this.skip = blockLength - needed - 4;
        this.trailer = blockLength;
      }
    }
    return length;
  }

  finish(_bytes: Uint8Array, length: number): void {
    const { capture } = this;
    if (this.stopped || (length === 0 && this.skip === 0 && this.trailer === 0)) return;
    const frame = capture.frames + 1;
    if (this.skip > 0 || this.trailer > 0) {
      capture.damage.add(capture.base, frame, `the last block is cut: ${this.skip + 4} octets of it are missing`);
    } else if (length < 8) {
      capture.damage.add(capture.base, frame, `the last block is cut: ${FRAMING} octets needed, ${length} there`);
    } else {
      const said = u32In(_bytes, 4, this.section.little);
      capture.damage.add(
        capture.base,
        frame,
        `the last block is cut: its length is ${said} octets, ${length} are there`,
      );
    }
  }

  /** A section header sets the byte order for all that follows; answers what is wrong with its mark. */
  private byteOrder(bytes: Uint8Array, at: number): string | undefined {
    const mark = u32In(bytes, at + 8, true);
    if (mark !== 0x1a2b3c4d && mark !== 0x4d3c2b1a) {
      return `the byte-order mark of the section is 0x${mark.toString(16)}; 0x1a2b3c4d was expected`;
    }
    this.section.little = mark === 0x1a2b3c4d;
    return undefined;
  }

  private trailerProblem(bytes: Uint8Array, at: number, expected: number): string {
    return `a block begins with length ${expected} and ends with length ${u32In(bytes, at, this.section.little)}`;
  }

  /**
   * The framing is lost at `at`: where to go on, the end of `bytes` where reading stops, or -1: more octets are needed.
   */
  private goOn(bytes: Uint8Array, at: number, length: number, says: string): number {
    const { capture } = this;
    const next = capture.resync ? findBlock(bytes, at + 1, length, this.section.little) : -1;
    if (next < 0 && capture.resync && length - at < LARGEST_RECORD) return -1;
    const then = next < 0 ? 'reading stopped there' : `${next - at} octets passed over`;
    capture.damage.add(capture.base + at, capture.frames + 1, `${says}; ${then}`);
    this.stopped = next < 0;
    return next < 0 ? length : next;
  }

  /** Octets of a block that reaches beyond the buffer which must be there before it can be read; -1: wait. */
  private neededOf(type: number, bytes: Uint8Array, at: number, length: number, blockLength: number): number {
    if (blockLength <= LARGEST_FRAME) return -1;
    if (type === ENHANCED_PACKET || type === OLD_PACKET) {
      if (at + PACKET_HEADER > length) return -1;
      return Math.min(
        PACKET_HEADER + Math.min(u32In(bytes, at + PACKET_FIELD.captured, this.section.little), LARGEST_FRAME),
        blockLength - 4,
      );
    }
    if (type === SIMPLE_PACKET) return Math.min(SIMPLE_HEADER + LARGEST_FRAME, blockLength - 4);
    return Math.min(READ_OF_BLOCK, blockLength - 4);
  }

  private block(type: number, bytes: Uint8Array, at: number, blockLength: number): void {
    switch (type) {
      case ENHANCED_PACKET:
        this.packet(bytes, at, blockLength, u32In(bytes, at + PACKET_FIELD.interfaceId, this.section.little));
        return;
      case OLD_PACKET:
        this.packet(bytes, at, blockLength, u16In(bytes, at + PACKET_FIELD.interfaceId, this.section.little));
        return;
      case SIMPLE_PACKET:
        this.simple(bytes, at, blockLength);
        return;
      case INTERFACE:
        this.section.declare(this.capture, bytes, at, blockLength);
        return;
      case SECTION:
        this.begin(bytes, at);
        return;
      case STATISTICS:
        this.capture.drops.block(bytes, at, blockLength, this.section.first, this.section.little);
        return;
      case CUSTOM:
      case CUSTOM_NOT_COPIED:
      case JOURNAL:
        // No packet, but Wireshark gives it a number, and ours must be the same.
        this.capture.frames += 1;
        return;
      default:
    }
  }

  private begin(bytes: Uint8Array, at: number): void {
    const wrong = this.section.open(this.capture, bytes, at);
    if (wrong !== undefined) this.refuse(at + 12, wrong);
  }

  private packet(bytes: Uint8Array, at: number, blockLength: number, index: number): void {
    const { capture } = this;
    const { little } = this.section;
    const captured = u32In(bytes, at + PACKET_FIELD.captured, little);
    const clock = this.section.clocks[index];
    if (clock === undefined) {
      this.refuse(
        at + 8,
        `frame ${capture.frames + 1} names interface ${index}; the section has ${this.section.clocks.length}`,
      );
      return;
    }
    if (captured > blockLength - PACKET_HEADER - 4 || captured > LARGEST_MESSAGE) {
      const says = `frame ${capture.frames + 1} says ${captured} octets were captured; its block holds ${blockLength - 32}`;
      this.refuse(at + 20, says);
      return;
    }
    const original = u32In(bytes, at + PACKET_FIELD.original, little);
    clock.set(u32In(bytes, at + PACKET_FIELD.timeHigh, little), u32In(bytes, at + PACKET_FIELD.timeLow, little));
    this.hand(bytes, at, PACKET_HEADER, captured, original, index, clock.seconds, clock.nanoseconds);
  }

  private simple(bytes: Uint8Array, at: number, blockLength: number): void {
    const { capture } = this;
    const clock = this.section.clocks[0];
    if (clock === undefined) {
      this.refuse(at, `frame ${capture.frames + 1} is a simple packet block; the section has no interface yet`);
      return;
    }
    const original = u32In(bytes, at + 8, this.section.little);
    const { snapLength } = clock.interface;
    const captured = snapLength > 0 ? Math.min(original, snapLength) : original;
    if (captured > blockLength - SIMPLE_HEADER - 4) {
      const says = `frame ${capture.frames + 1} should hold ${captured} octets; its block holds ${blockLength - 16}`;
      this.refuse(at + 8, says);
      return;
    }
    this.hand(bytes, at, SIMPLE_HEADER, captured, original, 0, 0, 0);
  }

  private hand(
    bytes: Uint8Array,
    at: number,
    header: number,
    captured: number,
    original: number,
    index: number,
    seconds: number,
    nanoseconds: number,
  ): void {
    const { capture } = this;
    capture.frame.interface = this.section.first + index;
    capture.frame.linkType = this.section.clocks[index]!.interface.linkType;
    const start = at + header;
    const end = start + Math.min(captured, LARGEST_FRAME);
    deliver(capture, bytes, start, end, at, captured, Math.max(captured, original), seconds, nanoseconds);
  }

  /** A block with sound framing says something impossible. */
  private refuse(at: number, says: string): void {
    const { capture } = this;
    const then = capture.resync ? 'the block is passed over' : 'reading stopped there';
    capture.damage.add(capture.base + at, capture.frames + 1, `${says}; ${then}`);
    this.stopped = !capture.resync;
  }
}

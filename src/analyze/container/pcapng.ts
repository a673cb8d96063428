import { Clock } from './clock.js';
import { type Capture, type ContainerReader, LARGEST_FRAME, LARGEST_MESSAGE } from './container.js';
import { readInterface } from './interface.js';
import { u16In, u32In } from './order.js';
import { deliver } from './record.js';

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const JOURNAL = 9;
const CUSTOM = 0xbad;
const CUSTOM_NOT_COPIED = 0x4000_0bad;

/** Type, length, length again. */
const FRAMING = 12;
/** The longest block that is believed; libpcap's and Wireshark's limit. */
const LARGEST_BLOCK = 16 * 1024 * 1024;
/** Octets before the packet data, block framing included: enhanced, old, simple. */
const PACKET_HEADER = 28;
const SIMPLE_HEADER = 12;
/** As much of an interface block as is looked at; the rest is passed over. */
const READ_OF_BLOCK = 65_536;

/** pcapng (draft-ietf-opsawg-pcapng): both byte orders, many sections, interfaces with their own link type and clock. */
export class PcapngReader implements ContainerReader {
  stopped = false;
  private readonly capture: Capture;
  private little = true;
  private skip = 0;
  /** After a long block: the length its last four octets must repeat; 0 where none is awaited. */
  private trailer = 0;
  /** Index of the section's first interface in `capture.interfaces`. */
  private first = 0;
  private clocks: Clock[] = [];

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
        this.checkTrailer(bytes, at, this.trailer);
        this.trailer = 0;
        at += 4;
        continue;
      }
      if (at + FRAMING > length) return at;
      const type = u32In(bytes, at, this.little);
      if (type === SECTION && !this.byteOrder(bytes, at)) return length;
      const blockLength = u32In(bytes, at + 4, this.little);
      if (!this.lengthFits(type, blockLength, at)) return length;
      const whole = at + blockLength <= length;
      if (whole && u32In(bytes, at + blockLength - 4, this.little) !== blockLength) {
        this.checkTrailer(bytes, at + blockLength - 4, blockLength);
        return length;
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
      const said = u32In(_bytes, 4, this.little);
      capture.damage.add(
        capture.base,
        frame,
        `the last block is cut: its length is ${said} octets, ${length} are there`,
      );
    }
  }

  /** A section header sets the byte order for all that follows; false where its mark is unknown. */
  private byteOrder(bytes: Uint8Array, at: number): boolean {
    const mark = u32In(bytes, at + 8, true);
    if (mark !== 0x1a2b3c4d && mark !== 0x4d3c2b1a) {
      this.stop(at + 8, `the byte-order mark of the section is 0x${mark.toString(16)}; 0x1a2b3c4d was expected`);
      return false;
    }
    this.little = mark === 0x1a2b3c4d;
    return true;
  }

  private lengthFits(type: number, blockLength: number, at: number): boolean {
    const least =
      type === SECTION ? 28 : type === INTERFACE ? 20 : type === SIMPLE_PACKET ? 16 : isPacket(type) ? 32 : FRAMING;
    if (blockLength >= least && blockLength <= LARGEST_BLOCK && (blockLength & 3) === 0) return true;
    const rule =
      blockLength < least ? `at least ${least}` : blockLength & 3 ? 'a multiple of 4' : `at most ${LARGEST_BLOCK}`;
    this.stop(at, `block type ${name(type)} says it is ${blockLength} octets long; it must be ${rule}`);
    return false;
  }

  private checkTrailer(bytes: Uint8Array, at: number, expected: number): void {
    const found = u32In(bytes, at, this.little);
    if (found !== expected) this.stop(at, `a block begins with length ${expected} and ends with length ${found}`);
  }

  /** Octets of a block that reaches beyond the buffer which must be there before it can be read; -1: wait. */
  private neededOf(type: number, bytes: Uint8Array, at: number, length: number, blockLength: number): number {
    if (blockLength <= LARGEST_FRAME) return -1;
    if (type === ENHANCED_PACKET || type === OLD_PACKET) {
      if (at + PACKET_HEADER > length) return -1;
      return Math.min(PACKET_HEADER + Math.min(u32In(bytes, at + 20, this.little), LARGEST_FRAME), blockLength - 4);
    }
    if (type === SIMPLE_PACKET) return Math.min(SIMPLE_HEADER + LARGEST_FRAME, blockLength - 4);
    return Math.min(READ_OF_BLOCK, blockLength - 4);
  }

  private block(type: number, bytes: Uint8Array, at: number, blockLength: number): void {
    switch (type) {
      case ENHANCED_PACKET:
        this.packet(bytes, at, blockLength, u32In(bytes, at + 8, this.little));
        return;
      case OLD_PACKET:
        this.packet(bytes, at, blockLength, u16In(bytes, at + 8, this.little));
        return;
      case SIMPLE_PACKET:
        this.simple(bytes, at, blockLength);
        return;
      case INTERFACE:
        this.clocks.push(new Clock(readInterface(this.capture, bytes, at, blockLength, this.little)));
        return;
      case SECTION:
        this.section(bytes, at);
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

  private section(bytes: Uint8Array, at: number): void {
    const { capture } = this;
    capture.byteOrder = this.little ? 'little' : 'big';
    this.first = capture.interfaces.length;
    this.clocks = [];
    const major = u16In(bytes, at + 12, this.little);
    const minor = u16In(bytes, at + 14, this.little);
    if (major !== 1) this.stop(at + 12, `section version ${major}.${minor} is not known; 1.0 is`);
  }

  private packet(bytes: Uint8Array, at: number, blockLength: number, index: number): void {
    const { capture, little } = this;
    const captured = u32In(bytes, at + 20, little);
    const clock = this.clocks[index];
    if (clock === undefined) {
      this.stop(at + 8, `frame ${capture.frames + 1} names interface ${index}; the section has ${this.clocks.length}`);
      return;
    }
    if (captured > blockLength - PACKET_HEADER - 4 || captured > LARGEST_MESSAGE) {
      const says = `frame ${capture.frames + 1} says ${captured} octets were captured; its block holds ${blockLength - 32}`;
      this.stop(at + 20, says);
      return;
    }
    const original = u32In(bytes, at + 24, little);
    clock.set(u32In(bytes, at + 12, little), u32In(bytes, at + 16, little));
    this.hand(bytes, at, PACKET_HEADER, captured, original, index, clock.seconds, clock.nanoseconds);
  }

  private simple(bytes: Uint8Array, at: number, blockLength: number): void {
    const { capture } = this;
    const clock = this.clocks[0];
    if (clock === undefined) {
      this.stop(at, `frame ${capture.frames + 1} is a simple packet block; the section has no interface yet`);
      return;
    }
    const original = u32In(bytes, at + 8, this.little);
    const { snapLength } = clock.interface;
    const captured = snapLength > 0 ? Math.min(original, snapLength) : original;
    if (captured > blockLength - SIMPLE_HEADER - 4) {
      const says = `frame ${capture.frames + 1} should hold ${captured} octets; its block holds ${blockLength - 16}`;
      this.stop(at + 8, says);
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
    capture.frame.interface = this.first + index;
    capture.frame.linkType = this.clocks[index]!.interface.linkType;
    const start = at + header;
    const end = start + Math.min(captured, LARGEST_FRAME);
    deliver(capture, bytes, start, end, at, captured, Math.max(captured, original), seconds, nanoseconds);
  }

  private stop(at: number, says: string): void {
    const { capture } = this;
    capture.damage.add(capture.base + at, capture.frames + 1, `${says}; reading stopped there`);
    this.stopped = true;
  }
}

const isPacket = (type: number): boolean => type === ENHANCED_PACKET || type === OLD_PACKET;
const name = (type: number): string => (type < 256 ? String(type) : `0x${type.toString(16)}`);

import { BATCH } from '../frame/frame-batch.js';
import type { Capture, ContainerReader } from './container.js';
import { LARGEST_FRAME, LARGEST_MESSAGE, LARGEST_RECORD } from './limits.js';
import { u16In, u32In } from './order.js';
import { RECORD_FIELD } from './pcap-record.js';
import { findRecord } from './pcap-resync.js';
import { deliver, deliverBatch } from './record.js';

const FILE_HEADER = 24;
/** All-zero records in a row that are taken for a hole in the file. */
const ZERO_RUN = 4;
const messageLinks: readonly number[] = [231, 249, 279, 288];

/**
 * Classic pcap (draft-ietf-opsawg-pcap): micro- and nanosecond, both byte orders, and the "modified" records of 24
 * octets.
 */
export class PcapReader implements ContainerReader {
  stopped = false;
  private readonly capture: Capture;
  private readonly little: boolean;
  private readonly perUnit: number;
  private readonly recordHeader: number;
  private started = false;
  private most = LARGEST_FRAME;
  private swapped = false;
  private skip = 0;
  /** All-zero records in a row. */
  private zeros = 0;
  private zerosFrom = 0;

  constructor(capture: Capture, variant: { little: boolean; nanoseconds: boolean; modified: boolean }) {
    this.capture = capture;
    this.little = variant.little;
    this.perUnit = variant.nanoseconds ? 1 : 1000;
    this.recordHeader = variant.modified ? 24 : 16;
    capture.format = variant.modified ? 'pcap modified' : 'pcap';
    capture.byteOrder = variant.little ? 'little' : 'big';
  }

  consume(bytes: Uint8Array, length: number): number {
    const { capture, little, perUnit, recordHeader, most } = this;
    let at = 0;
    if (!this.started) {
      if (length < FILE_HEADER) return 0;
      this.start(bytes);
      if (this.stopped) return length;
      return FILE_HEADER;
    }
    if (this.skip > 0) {
      at = Math.min(this.skip, length);
      this.skip -= at;
    }
    while (at + recordHeader <= length) {
      for (let behind = this.gather(bytes, at, length); behind > at; behind = this.gather(bytes, at, length)) {
        deliverBatch(capture);
        if (this.zeros < ZERO_RUN) this.zeros = 0;
        at = behind;
      }
      if (at + recordHeader > length) break;
      let captured = u32In(bytes, at + RECORD_FIELD.captured, little);
      let original = u32In(bytes, at + RECORD_FIELD.original, little);
      if (this.swapped && captured > original) [captured, original] = [original, captured];
      const body = at + recordHeader;
      if (captured > most) {
        const next = this.bogus(bytes, at, length, captured);
        if (next < 0) return this.stopped ? length : at;
        at = next;
        continue;
      }
      let end = body + captured;
      if (end > length) {
        if (captured <= LARGEST_FRAME) return at;
        end = body + LARGEST_FRAME;
        if (end > length) return at;
        this.skip = captured - LARGEST_FRAME;
      }
      let seconds = u32In(bytes, at + RECORD_FIELD.seconds, little);
      let nanoseconds = u32In(bytes, at + RECORD_FIELD.fraction, little) * perUnit;
      if (nanoseconds >= 1e9) {
        seconds += Math.floor(nanoseconds / 1e9);
        nanoseconds %= 1e9;
      }
      if (original < captured) original = captured;
      if (captured === 0 && original === 0 && seconds === 0) this.sawZeros(at);
      else if (this.zeros < ZERO_RUN) this.zeros = 0;
      deliver(capture, bytes, body, end, at, captured, original, seconds, nanoseconds);
      at = end;
      if (this.skip > 0) {
        const passed = Math.min(this.skip, length - at);
        this.skip -= passed;
        at += passed;
        if (this.skip > 0) return at;
      }
    }
    return at;
  }

  /** Fills the batch with whole and ordinary records from `from` on; answers where the first other one begins. */
  private gather(bytes: Uint8Array, from: number, length: number): number {
    const { little, perUnit, recordHeader } = this;
    const { batch, frame, shortcut } = this.capture;
    const { start, end, original, seconds, nanoseconds, record } = batch;
    if (this.swapped) return from;
    batch.bytes = bytes;
    batch.linkType = frame.linkType;
    batch.interface = frame.interface;
    if (little && shortcut?.sees(bytes)) return shortcut.gatherRecords(from, length, recordHeader, perUnit);
    let at = from;
    let count = 0;
    let isCut = false;
    while (count < BATCH && at + recordHeader <= length) {
      const captured = u32In(bytes, at + RECORD_FIELD.captured, little);
      const wire = u32In(bytes, at + RECORD_FIELD.original, little);
      const fraction = u32In(bytes, at + RECORD_FIELD.fraction, little) * perUnit;
      const body = at + recordHeader;
      const whole = captured > 0 && captured <= LARGEST_FRAME && body + captured <= length;
      if (!whole || wire < captured || wire > LARGEST_MESSAGE || fraction >= 1e9) break;
      start[count] = body;
      end[count] = body + captured;
      original[count] = wire;
      seconds[count] = u32In(bytes, at + RECORD_FIELD.seconds, little);
      nanoseconds[count] = fraction;
      record[count] = at;
      isCut ||= captured < wire;
      count += 1;
      at = body + captured;
    }
    batch.count = count;
    batch.isCut = isCut;
    return at;
  }

  finish(bytes: Uint8Array, length: number): void {
    const { capture, little, recordHeader } = this;
    if (this.stopped) return;
    const octet = capture.base;
    const frame = capture.frames + 1;
    if (!this.started) {
      capture.damage.add(octet, frame, `the file header is cut: ${FILE_HEADER} octets needed, ${length} there`);
    } else if (this.skip > 0) {
      capture.damage.add(octet, frame - 1, `frame ${frame - 1} is cut: ${this.skip} octets of it are missing`);
    } else if (length > 0 && length < recordHeader) {
      capture.damage.add(
        octet,
        frame,
        `the record header of frame ${frame} is cut: ${recordHeader} octets needed, ${length} there`,
      );
    } else if (length > 0) {
      const captured = u32In(bytes, RECORD_FIELD.captured, little);
      const there = length - recordHeader;
      if (captured > this.most) {
        capture.damage.add(octet, frame, `${this.impossible(captured)}; reading stopped there`);
        return;
      }
      capture.damage.add(octet, frame, `frame ${frame} is cut: its record says ${captured} octets, ${there} are there`);
    }
  }

  private start(bytes: Uint8Array): void {
    const { capture, little } = this;
    this.started = true;
    const major = u16In(bytes, 4, little);
    const minor = u16In(bytes, 6, little);
    const snapLength = u32In(bytes, 16, little);
    const link = u32In(bytes, 20, little);
    // Before 2.3 the two lengths of a record stood the other way round; 2.3 files exist in both forms.
    this.swapped = major === 2 && minor <= 3;
    if ((major !== 2 || minor > 4) && !(major === 543 && minor === 0)) {
      capture.damage.add(
        capture.base + 4,
        1,
        `version ${major}.${minor} is not known (2.4 is the usual one); read as 2.4`,
      );
    }
    // The highest half octet is the FCS length, valid when bit 26 is set; bits 16 to 25 are reserved.
    const linkType = link & 0xffff;
    if ((link & 0x03ff0000) !== 0) {
      const says = `the link type field is 0x${link.toString(16).padStart(8, '0')}: reserved bits are set`;
      capture.damage.add(capture.base + 20, 1, says);
    }
    capture.frame.linkType = linkType;
    capture.frame.interface = 0;
    capture.interfaces.push({ linkType, snapLength, unitsPerSecond: 1e9 / this.perUnit });
    this.most = messageLinks.includes(linkType) ? LARGEST_MESSAGE : LARGEST_FRAME;
  }

  private impossible(captured: number): string {
    const frame = this.capture.frames + 1;
    return `the record of frame ${frame} says ${captured} octets were captured; more than ${this.most} is impossible`;
  }

  /** Where to go on behind an impossible length; -1: not here. */
  private bogus(bytes: Uint8Array, at: number, length: number, captured: number): number {
    const { capture } = this;
    const frame = capture.frames + 1;
    const octet = capture.base + at;
    const says = this.impossible(captured);
    if (capture.resync) {
      const next = findRecord(bytes, at + 1, length, this.little, this.recordHeader, capture.frame.seconds);
      if (next >= 0) {
        capture.damage.add(octet, frame, `${says}; ${next - at} octets passed over`);
        return next;
      }
      // What follows may lie in octets that are not here yet.
      if (length - at < LARGEST_RECORD) return -1;
    }
    capture.damage.add(octet, frame, `${says}; reading stopped there`);
    this.stopped = true;
    return -1;
  }

  /** A file written into preallocated or lost blocks: empty records without a time. Said once, counted as frames. */
  private sawZeros(at: number): void {
    const { capture } = this;
    this.zeros += 1;
    if (this.zeros === 1) this.zerosFrom = capture.base + at;
    if (this.zeros !== ZERO_RUN) return;
    const frame = capture.frames + 2 - ZERO_RUN;
    capture.damage.add(this.zerosFrom, frame, `from frame ${frame} on the records are all zeros: a part never written`);
  }
}

import { CaptureReader, type CaptureReport } from '../../src/capture/reader.js';
import { join } from '../packet/packets.js';
import { feed } from './feed.js';

/** Integers in the file's byte order. */
export const order = (little: boolean) => ({
  u16: (value: number): number[] => turned([value >> 8, value], little),
  u32: (value: number): number[] => turned([value >>> 24, value >>> 16, value >>> 8, value], little),
});
const turned = (octets: number[], little: boolean): number[] => {
  const masked = octets.map((octet) => octet & 255);
  return little ? masked.reverse() : masked;
};

export interface Packet {
  readonly octets: Uint8Array;
  readonly seconds?: number;
  /** Micro- or nanoseconds, as the file counts. */
  readonly fraction?: number;
  readonly original?: number;
  readonly captured?: number;
}

export interface PcapOptions {
  readonly little?: boolean;
  readonly magic?: number;
  readonly linkType?: number;
  readonly snapLength?: number;
  readonly version?: readonly [number, number];
}

export function pcap(packets: readonly Packet[], given: PcapOptions = {}): Uint8Array {
  const { little = true, magic = 0xa1b2c3d4, linkType = 1, snapLength = 262144, version = [2, 4] } = given;
  const { u16, u32 } = order(little);
  const header = join(u32(magic), u16(version[0]), u16(version[1]), u32(0), u32(0), u32(snapLength), u32(linkType));
  const records = packets.map(({ octets, seconds = 1_700_000_000, fraction = 0, original, captured }) =>
    join(
      u32(seconds),
      u32(fraction),
      u32(captured ?? octets.length),
      u32(original ?? octets.length),
      magic === 0xa1b2cd34 ? [0, 0, 0, 0, 0, 0, 0, 0] : [],
      octets,
    ),
  );
  return join(header, ...records);
}

/** One pcapng block: type, length, body padded to 4, length. */
export function block(type: number, body: Uint8Array | readonly number[], little = true): Uint8Array {
  const { u32 } = order(little);
  const padding = new Uint8Array(-body.length & 3);
  const length = 12 + body.length + padding.length;
  return join(u32(type), u32(length), body, padding, u32(length));
}
export function option(code: number, value: readonly number[], little = true): number[] {
  const { u16 } = order(little);
  return [...u16(code), ...u16(value.length), ...value, ...new Array(-value.length & 3).fill(0)];
}
export const section = (little = true, version: readonly [number, number] = [1, 0]): Uint8Array => {
  const { u16, u32 } = order(little);
  const body = join(u32(0x1a2b3c4d), u16(version[0]), u16(version[1]), u32(0xffffffff), u32(0xffffffff));
  return block(0x0a0d0d0a, body, little);
};
export const iface = (linkType: number, options: readonly number[] = [], snapLength = 0, little = true): Uint8Array => {
  const { u16, u32 } = order(little);
  return block(1, join(u16(linkType), u16(0), u32(snapLength), options), little);
};
export interface Enhanced {
  readonly index?: number;
  readonly high?: number;
  readonly low?: number;
  readonly original?: number;
  readonly captured?: number;
  readonly options?: readonly number[];
}
export function enhanced(octets: Uint8Array, given: Enhanced = {}, little = true): Uint8Array {
  const { u32 } = order(little);
  const { index = 0, high = 0, low = 0, original = octets.length, captured = octets.length, options = [] } = given;
  const padded = join(octets, new Uint8Array(-octets.length & 3));
  return block(6, join(u32(index), u32(high), u32(low), u32(captured), u32(original), padded, options), little);
}

export interface Seen {
  readonly number: number;
  readonly link: number;
  readonly iface: number;
  readonly captured: number;
  readonly original: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly octet: number;
  readonly tcp: boolean;
}

/** Reads a file handed over in stretches of `chunk` octets, as the file reader does with its one buffer. */
export function read(
  file: Uint8Array,
  { chunk = file.length || 1, resync = false }: { chunk?: number; resync?: boolean } = {},
): { seen: Seen[]; report: CaptureReport } {
  const seen: Seen[] = [];
  const reader = new CaptureReader(
    (frame) => {
      const { number, linkType, capturedLength, originalLength, seconds, nanoseconds, octet, tcp } = frame;
      seen.push({
        number,
        link: linkType,
        iface: frame.interface,
        captured: capturedLength,
        original: originalLength,
        seconds,
        nanoseconds,
        octet,
        tcp,
      });
    },
    { resync },
  );
  return { seen, report: feed(reader, file, chunk) };
}

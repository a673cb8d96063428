import { decodeFrame } from '../../src/frame/decode.js';
import { Frame } from '../../src/frame/frame.js';

/** Builders of test packets, independent of the emitters under src/wire: plain octets. */
export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
export const w16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
export const w32 = (value: number): number[] => [...w16(value >>> 16), ...w16(value & 0xffff)];
export const filled = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 7 + 1) & 255);

type Bytes = Uint8Array | readonly number[];

export const ethernet = (type: number, payload: Bytes): Uint8Array =>
  join([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2], w16(type), payload);
export const vlan = (id: number, type: number, payload: Bytes): Uint8Array => join(w16(id), w16(type), payload);
export const pppoe = (protocol: number, payload: Bytes): Uint8Array =>
  join([0x11, 0, 0, 5], w16(payload.length + 2), w16(protocol), payload);

export interface Ipv4Options {
  readonly df?: boolean;
  readonly mf?: boolean;
  readonly offset?: number;
  readonly id?: number;
  readonly options?: readonly number[];
  readonly totalLength?: number;
}
export function ipv4(protocol: number, payload: Bytes, given: Ipv4Options = {}): Uint8Array {
  const { df = true, mf = false, offset = 0, id = 0x1234, options = [] } = given;
  const header = 20 + options.length;
  const total = given.totalLength ?? header + payload.length;
  const flags = (df ? 0x4000 : 0) | (mf ? 0x2000 : 0) | (offset >> 3);
  const start = [0x40 | (header >> 2), 0, ...w16(total), ...w16(id), ...w16(flags), 64, protocol, 0, 0];
  return join(start, [10, 0, 0, 1], [192, 0, 2, 9], options, payload);
}

export const address6 = (last: number): number[] => [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last];
export function ipv6(next: number, payload: Bytes, payloadLength = payload.length): Uint8Array {
  return join([0x60, 0, 0, 0], w16(payloadLength), [next, 64], address6(1), address6(2), payload);
}
export const fragmentHeader = (next: number, offset: number, more: boolean): Uint8Array =>
  join([next, 0], w16(offset | (more ? 1 : 0)), w32(0xdeadbeef));

export interface TcpOptions {
  readonly flags?: number;
  readonly seq?: number;
  readonly ack?: number;
  readonly options?: readonly number[];
}
export function tcp(
  payload: Bytes,
  { flags = 0x10, seq = 0xf0000000, ack = 7, options = [] }: TcpOptions = {},
): Uint8Array {
  const header = 20 + options.length;
  return join(
    w16(40000),
    w16(443),
    w32(seq),
    w32(ack),
    [(header >> 2) << 4, flags],
    w16(500),
    [0, 0, 0, 0],
    options,
    payload,
  );
}
export const udp = (source: number, destination: number, payload: Bytes): Uint8Array =>
  join(w16(source), w16(destination), w16(payload.length + 8), [0, 0], payload);
export const icmp = (type: number, code: number, rest: number, payload: Bytes): Uint8Array =>
  join([type, code, 0, 0], w32(rest), payload);

export const mssOption = (mss: number): number[] => [2, 4, ...w16(mss)];
export const timestampsOption = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];

/** Room around a frame, filled with octets that would be seen if the cursor read outside of it. */
const AROUND = 64;

/** Decodes one frame that lies between `poison` octets. */
export function decode(linkType: number, octets: Uint8Array, original = octets.length, poison = 0xa5): Frame {
  const bytes = new Uint8Array(octets.length + 2 * AROUND).fill(poison);
  bytes.set(octets, AROUND);
  const frame = new Frame(bytes);
  frame.start = AROUND;
  frame.end = AROUND + octets.length;
  frame.linkType = linkType;
  frame.capturedLength = octets.length;
  frame.originalLength = original;
  decodeFrame(frame);
  return frame;
}

/** Every field a detector may read, as plain values; offsets from the start of the frame. */
export function shown(frame: Frame): Record<string, unknown> {
  const at = (offset: number): number => (offset < 0 ? offset : offset - frame.start);
  const ip = ({ source, destination, offset, ...rest }: Frame['ip']): object => ({
    ...rest,
    source: at(source),
    destination: at(destination),
    offset: at(offset),
  });
  const transport = frame.transport >= 0;
  const { outer, inner } = frame;
  return {
    layers: frame.layers,
    path: [...frame.path.subarray(0, frame.tunnels)],
    outer: outer.family ? ip(outer) : null,
    announced: frame.announced && [frame.announced, frame.announcedLength],
    inner: frame.ip === inner ? ip(inner) : null,
    transport: at(frame.transport),
    ports: [frame.sourcePort, frame.destinationPort],
    payload: transport ? [at(frame.payload), frame.payloadLength] : null,
    tcp: frame.tcp && [frame.flags, frame.seq, frame.ack, frame.window, frame.tcpHeaderLength, frame.timestamps],
    options: [frame.mss, frame.windowScale, frame.sackPermitted, ...frame.sack.subarray(0, 2 * frame.sackBlocks)],
    icmp: [frame.icmpType, frame.icmpCode, frame.mtu],
    quote: frame.icmpType >= 0 && frame.quote.ip.family ? { ...frame.quote, ip: ip(frame.quote.ip) } : null,
    esp: [frame.espSpi, frame.espSequence, frame.espLength],
    stop: [frame.stop, frame.stop ? at(frame.stopAt) : 0],
  };
}

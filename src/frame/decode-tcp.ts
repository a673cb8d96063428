import { u16, u32 } from '../packet/octets.js';
import type { Frame } from './frame.js';
import { TCP_CUT } from './header-bits.js';
import type { IpView } from './ip-view.js';
import { cut, malformed } from './stop.js';

const TCP_HEADER = 20;

/** TCP, RFC 9293 3.1. */
export function decodeTcp(frame: Frame, view: IpView, at: number): void {
  const { bytes, limit: end } = frame;
  // A frame cannot hold more than was on the wire, whatever its IP header says.
  const behind = Math.min(view.offset + view.totalLength, frame.start + frame.originalLength);
  if (at + TCP_HEADER > end) {
    if (at < behind && at + 4 <= end) frame.layers |= TCP_CUT;
    decodePorts(frame, at);
    cut(frame, at);
    return;
  }
  const headerLength = ((bytes[at + 12] as number) >> 4) << 2;
  frame.transport = at;
  frame.sourcePort = u16(bytes, at);
  frame.destinationPort = u16(bytes, at + 2);
  frame.payload = at + headerLength;
  frame.payloadLength = Math.max(0, behind - frame.payload);
  if (headerLength < TCP_HEADER) {
    frame.layers |= TCP_CUT;
    malformed(frame, at + 12);
    return;
  }
  frame.tcp = true;
  frame.seq = u32(bytes, at + 4);
  frame.ack = u32(bytes, at + 8);
  frame.flags = bytes[at + 13] as number;
  frame.window = u16(bytes, at + 14);
  frame.tcpHeaderLength = headerLength;
  if (headerLength === TCP_HEADER) return;
  // The usual data segment: two NOPs and timestamps, nothing else (RFC 7323 appendix A).
  if (headerLength === 32 && u32(bytes, at + 20) === 0x0101080a) frame.timestamps = true;
  else decodeTcpOptions(frame, at + TCP_HEADER, Math.min(at + headerLength, end));
}

/** The ports alone, where the capture ends within the header. */
export function decodePorts(frame: Frame, at: number): void {
  if (at + 4 > frame.limit) return;
  frame.transport = at;
  frame.sourcePort = u16(frame.bytes, at);
  frame.destinationPort = u16(frame.bytes, at + 2);
}

function decodeTcpOptions(frame: Frame, start: number, end: number): void {
  const bytes = frame.bytes;
  let at = start;
  while (at < end) {
    const kind = bytes[at] as number;
    if (kind === 0) return;
    if (kind === 1) {
      at += 1;
      continue;
    }
    const length = at + 1 < end ? (bytes[at + 1] as number) : 0;
    if (length < 2) {
      malformed(frame, at);
      return;
    }
    if (at + length > end) {
      cut(frame, at);
      return;
    }
    if (kind === 2) {
      if (length === 4) frame.mss = u16(bytes, at + 2);
    } else if (kind === 3) {
      if (length === 3) frame.windowScale = bytes[at + 2] as number;
    } else if (kind === 4) frame.sackPermitted = true;
    else if (kind === 5) decodeSack(frame, at + 2, (length - 2) >> 3);
    else if (kind === 8) frame.timestamps = true;
    at += length;
  }
}

function decodeSack(frame: Frame, at: number, blocks: number): void {
  const count = Math.min(blocks, 4);
  frame.sackBlocks = count;
  for (let edge = 0; edge < 2 * count; edge++) frame.sack[edge] = u32(frame.bytes, at + 4 * edge);
}

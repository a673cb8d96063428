import { u16, u32 } from '../packet/octets.js';
import {
  MSS_OPTION,
  SACK_BLOCK,
  SACK_BLOCKS,
  STAMPS_HEADER,
  STAMPS_WORD,
  TCP_FIELD,
  TCP_HEADER_MINIMUM,
  TCP_OPTION,
  TCP_OPTION_FIELD,
} from '../packet/tcp.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { TCP_CUT } from './header-bits.js';
import { cut, malformed } from './stop.js';

/** TCP, RFC 9293 3.1. */
export function decodeTcp(frame: Frame, at: number): Header {
  const { bytes, limit: end, ip } = frame;
  // A frame cannot hold more than was on the wire, whatever its IP header says.
  const behind = Math.min(ip.offset + ip.totalLength, frame.wire);
  if (at + TCP_HEADER_MINIMUM > end) {
    if (at < behind && at + TCP_FIELD.sequence <= end) frame.layers |= TCP_CUT;
    decodePorts(frame, at);
    return cut(frame, at);
  }
  const headerLength = ((bytes[at + TCP_FIELD.dataOffset] as number) >> 4) << 2;
  frame.transport = at;
  frame.sourcePort = u16(bytes, at + TCP_FIELD.sourcePort);
  frame.destinationPort = u16(bytes, at + TCP_FIELD.destinationPort);
  frame.payload = at + headerLength;
  frame.payloadLength = Math.max(0, behind - frame.payload);
  if (headerLength < TCP_HEADER_MINIMUM) {
    frame.layers |= TCP_CUT;
    return malformed(frame, at + TCP_FIELD.dataOffset);
  }
  frame.tcp = true;
  frame.seq = u32(bytes, at + TCP_FIELD.sequence);
  frame.ack = u32(bytes, at + TCP_FIELD.acknowledgement);
  frame.flags = bytes[at + TCP_FIELD.flags] as number;
  frame.window = u16(bytes, at + TCP_FIELD.window);
  frame.tcpHeaderLength = headerLength;
  if (headerLength === TCP_HEADER_MINIMUM) return HEADER.end;
  const options = at + TCP_HEADER_MINIMUM;
  // The usual data segment: timestamps and nothing else.
  if (headerLength === STAMPS_HEADER && options + 4 <= end && u32(bytes, options) === STAMPS_WORD) {
    frame.timestamps = true;
    return HEADER.end;
  }
  return decodeTcpOptions(frame, options, Math.min(at + headerLength, end));
}

/** The ports alone, where the capture ends within the header; TCP and UDP have them at the same place. */
export function decodePorts(frame: Frame, at: number): void {
  if (at + TCP_FIELD.sequence > frame.limit) return;
  frame.transport = at;
  frame.sourcePort = u16(frame.bytes, at + TCP_FIELD.sourcePort);
  frame.destinationPort = u16(frame.bytes, at + TCP_FIELD.destinationPort);
}

function decodeTcpOptions(frame: Frame, start: number, end: number): Header {
  const { bytes } = frame;
  let at = start;
  while (at < end) {
    const kind = bytes[at] as number;
    if (kind === TCP_OPTION.end) break;
    if (kind === TCP_OPTION.noOperation) {
      at += 1;
      continue;
    }
    const length = at + TCP_OPTION_FIELD.length < end ? (bytes[at + TCP_OPTION_FIELD.length] as number) : 0;
    const value = at + TCP_OPTION_FIELD.value;
    if (at + length < value) return malformed(frame, at);
    if (at + length > end) return cut(frame, at);
    if (kind === TCP_OPTION.mss) {
      if (length === MSS_OPTION) frame.mss = u16(bytes, value);
    } else if (kind === TCP_OPTION.windowScale) {
      if (length === 3) frame.windowScale = bytes[value] as number;
    } else if (kind === TCP_OPTION.sackPermitted) frame.sackPermitted = true;
    else if (kind === TCP_OPTION.sack) decodeSack(frame, value, Math.floor((at + length - value) / SACK_BLOCK));
    else if (kind === TCP_OPTION.timestamps) frame.timestamps = true;
    at += length;
  }
  return HEADER.end;
}

function decodeSack(frame: Frame, at: number, blocks: number): void {
  const count = Math.min(blocks, SACK_BLOCKS);
  frame.sackBlocks = count;
  for (let edge = 0; edge < 2 * count; edge++) frame.sack[edge] = u32(frame.bytes, at + 4 * edge);
}

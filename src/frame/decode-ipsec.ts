import {
  AH_FIELD,
  AH_LEAST,
  AH_WORDS_LESS,
  ESP_FIELD,
  ESP_HEADER,
  IKE_FIELD,
  IKE_HEADER,
  NATT_KEEPALIVE,
  NON_ESP_MARKER,
} from '../packet/ipsec.js';
import { u32 } from '../packet/octets.js';
import { PORT } from '../packet/ports.js';
import { UDP_HEADER } from '../packet/udp.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfProtocol } from './header.js';
import { AH, ESP, IKE, KEEPALIVE, NATT } from './header-bits.js';
import { cut, goOn, malformed } from './stop.js';

/** ESP directly in IP. */
export function decodeNativeEsp(frame: Frame, at: number): Header {
  const { ip } = frame;
  frame.layers |= ESP;
  return decodeEsp(frame, at, ip.totalLength - (at - ip.offset));
}

/** ESP, RFC 4303 2: SPI and sequence number are all that is readable. */
function decodeEsp(frame: Frame, at: number, length: number): Header {
  frame.espLength = length;
  if (length < ESP_HEADER) return malformed(frame, at);
  if (at + ESP_HEADER > frame.limit) {
    if (at < frame.limit) frame.transport = at;
    return cut(frame, at);
  }
  frame.transport = at;
  frame.espSpi = u32(frame.bytes, at + ESP_FIELD.spi);
  frame.espSequence = u32(frame.bytes, at + ESP_FIELD.sequence);
  return HEADER.end;
}

/** UDP 4500, RFC 3948 2: four zero octets are IKE, a lone 0xff is a keepalive, all else is ESP. */
export function decodeNatt(frame: Frame, at: number): Header {
  const { bytes, limit: end, payloadLength: octets } = frame;
  if (octets === 1 && at < end && bytes[at] === NATT_KEEPALIVE) {
    frame.layers |= KEEPALIVE;
    return HEADER.end;
  }
  if (octets < NON_ESP_MARKER) return HEADER.end;
  if (at + NON_ESP_MARKER > end) {
    // Less than the marker was captured: one octet that is not zero settles it.
    for (let octet = at; octet < end; octet++) {
      if (bytes[octet] === 0) continue;
      frame.layers |= NATT;
      frame.espLength = octets;
      break;
    }
    return cut(frame, at);
  }
  if (u32(bytes, at + ESP_FIELD.spi) === 0) {
    frame.layers |= IKE;
    return HEADER.end;
  }
  frame.layers |= NATT;
  const header = decodeEsp(frame, at, octets);
  frame.transport = at - UDP_HEADER;
  return header;
}

/**
 * UDP 500 with an IKE header, RFC 7296 3.1: 28 octets, major version 1 or 2, a length that covers the header.
 * A lower port at the other end names another protocol.
 */
export function decodeIke(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  const other = frame.destinationPort === PORT.ike ? frame.sourcePort : frame.destinationPort;
  if (frame.payloadLength < IKE_HEADER || (other > 0 && other < PORT.ike)) return HEADER.end;
  const major = at + IKE_FIELD.exchange <= end ? (bytes[at + IKE_FIELD.version] as number) >> 4 : 2;
  if (major !== 1 && major !== 2) return HEADER.end;
  if (at + IKE_HEADER > end || u32(bytes, at + IKE_FIELD.length) >= IKE_HEADER) frame.layers |= IKE;
  return HEADER.end;
}

/** Authentication Header, RFC 4302 2: counted, then read through. */
export function decodeAh(frame: Frame, at: number): Header {
  const { bytes, limit: end, ip } = frame;
  frame.layers |= AH;
  if (at + AH_LEAST > end) return cut(frame, at);
  ip.protocol = bytes[at + AH_FIELD.nextHeader] as number;
  const length = ((bytes[at + AH_FIELD.length] as number) + AH_WORDS_LESS) << 2;
  return goOn(frame, at + length, headerOfProtocol(ip.protocol));
}

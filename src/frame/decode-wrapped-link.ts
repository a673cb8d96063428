import { PKTAP_FIELD, PKTAP_LEAST, PKTAP_PACKET, PPI_FIELD, PPI_HEADER } from '../packet/host-links.js';
import { u16Little } from '../packet/octets.js';
import type { Frame } from './frame.js';
import type { Header } from './header.js';
import { enterLink, LinkType } from './link-type.js';
import { cut, unknown, unreadLink } from './stop.js';

/** Per-Packet Information: fields of the radio, then a frame of another link type. */
export function decodePpi(frame: Frame, at: number): Header {
  if (at + PPI_HEADER > frame.limit) return cut(frame, at);
  const length = u16Little(frame.bytes, at + PPI_FIELD.length);
  return wrapped(frame, at, length, PPI_HEADER, u16Little(frame.bytes, at + PPI_FIELD.link));
}

/** macOS PKTAP; also under a link type for private use, which other programs give another meaning. */
export function decodePktap(frame: Frame, at: number): Header {
  const { bytes, limit: end, linkType } = frame;
  if (at + PKTAP_LEAST > end) return cut(frame, at);
  const length = u16Little(bytes, at + PKTAP_FIELD.length);
  const kind = u16Little(bytes, at + PKTAP_FIELD.kind);
  if (linkType === LinkType.user2 && (kind !== PKTAP_PACKET || length < PKTAP_LEAST)) return unreadLink(frame, at);
  return wrapped(frame, at, length, PKTAP_LEAST, u16Little(bytes, at + PKTAP_FIELD.link));
}

/** The frame behind a wrapper of `length` octets; one wrapper in another is none that a system writes. */
function wrapped(frame: Frame, at: number, length: number, least: number, link: number): Header {
  if (length < least || link === LinkType.ppi || link === LinkType.pktap || link === LinkType.user2)
    return unknown(frame, at);
  if (at + length > frame.limit) return cut(frame, at);
  return enterLink(frame, link, at + length);
}

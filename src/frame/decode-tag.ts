import { u16 } from '../packet/octets.js';
import { decodeIpv4, decodeIpv6 } from './decode-ip.js';
import { decodeEthernet, decodeEtherType } from './decode-link.js';
import type { Frame } from './frame.js';
import { QINQ, VLAN } from './header-bits.js';
import { cut, unknown } from './stop.js';

/** Octets between this EtherType and the next one; 0 where it is no tag. */
function tagLength(type: number): number {
  switch (type) {
    case 0x8100: // IEEE 802.1Q
    case 0x88a8: // IEEE 802.1ad
    case 0x9100: // before the standard
      return 2;
    case 0x8926: // Cisco VN-Tag
      return 4;
    case 0x8909: // Cisco metadata
      return 6;
    default:
      return 0;
  }
}

/** Tags that stand before the real EtherType, as many as there are; then what it announces. */
export function decodeTagged(frame: Frame, etherType: number, start: number): void {
  const { bytes, limit: end } = frame;
  let type = etherType;
  let at = start;
  let tag = VLAN;
  for (let length = tagLength(type); length > 0; length = tagLength(type)) {
    if (at + length + 2 > end) {
      cut(frame, at);
      return;
    }
    if (length === 2) {
      frame.layers |= tag;
      tag = QINQ;
    }
    type = u16(bytes, at + length);
    at += length + 2;
  }
  if (type === 0x88e5) decodeMacsec(frame, at);
  else if (type === 0x894f) decodeNsh(frame, at);
  else if (type <= 1500) decodeLlc(frame, at);
  else if (at !== start) decodeEtherType(frame, type, at);
  else unknown(frame, at);
}

/** LLC, IEEE 802.2, and SNAP behind it; `at` is behind the length. */
export function decodeLlc(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  const type = u16(bytes, at + 6);
  const snap = bytes[at] === 0xaa && bytes[at + 1] === 0xaa && bytes[at + 2] === 3;
  if (snap && type > 1500) decodeEtherType(frame, type, at + 8);
  else unknown(frame, at);
}

/** MACsec, IEEE 802.1AE 9: readable only where it authenticates without encrypting. */
function decodeMacsec(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  const control = at < end ? (bytes[at] as number) : 0;
  const next = at + 6 + (control & 0x20 ? 8 : 0);
  if (next + 2 > end) cut(frame, at);
  else if (control & 0x0c) unknown(frame, at);
  else decodeEtherType(frame, u16(bytes, next), next + 2);
}

/** Network Service Header, RFC 8300 2.2. */
function decodeNsh(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  const next = at + (((bytes[at + 1] as number) & 0x3f) << 2);
  const protocol = bytes[at + 3];
  if (protocol === 1) decodeIpv4(frame, next);
  else if (protocol === 2) decodeIpv6(frame, next);
  else if (protocol === 3) decodeEthernet(frame, next);
  else unknown(frame, at);
}

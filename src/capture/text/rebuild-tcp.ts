import { TCP_FLAG, TCP_HEADER_MINIMUM, TCP_OPTION } from '../../packet/tcp.js';
import type { OctetsOut } from './octets-out.js';
import type { PrintedTcp } from './printed.js';

/** The longest options a header can have: its length field has four bits. */
const MOST_OPTIONS = 40;

/** Octets of the options, in whole words. */
export function optionLength(tcp: PrintedTcp): number {
  const { mss, windowScale, timestamps, sackPermitted, sack } = tcp;
  const named =
    (mss === null ? 0 : 4) +
    (windowScale === null ? 0 : 4) +
    (timestamps === null ? 0 : 12) +
    (sackPermitted ? (timestamps === null ? 4 : 0) : 0) +
    (sack.length > 0 ? 4 + 8 * sack.length : 0);
  return Math.min(MOST_OPTIONS, (Math.max(named, tcp.optionOctets ?? 0) + 3) & ~3);
}

/** The header with its options; `seq`, `ack` and the edges of `sack` are absolute. */
export function rebuildTcp(
  out: OctetsOut,
  tcp: PrintedTcp,
  ports: readonly [number, number],
  [seq, ack]: readonly [number, number],
  sack: readonly (readonly [number, number])[],
  checksum: number,
): void {
  const options = optionLength(tcp);
  out.u16(ports[0]);
  out.u16(ports[1]);
  out.u32(seq);
  out.u32(ack);
  out.u8(((TCP_HEADER_MINIMUM + options) / 4) << 4);
  out.u8(tcp.flags);
  out.u16(Math.min(tcp.window, 65_535));
  out.u16(checksum);
  out.u16(0);
  const end = out.length + options;
  const fits = (octets: number): boolean => out.length + octets <= end;
  if (tcp.mss !== null && fits(4)) {
    out.u16((TCP_OPTION.mss << 8) | 4);
    out.u16(tcp.mss);
  }
  if (tcp.sackPermitted && tcp.flags & TCP_FLAG.syn && fits(2)) out.u16((TCP_OPTION.sackPermitted << 8) | 2);
  if (tcp.timestamps !== null && fits(10)) {
    if (!(tcp.flags & TCP_FLAG.syn) && fits(12)) out.u16(0x0101);
    out.u16((TCP_OPTION.timestamps << 8) | 10);
    out.u32(tcp.timestamps[0]);
    out.u32(tcp.timestamps[1]);
  }
  if (tcp.windowScale !== null && fits(3)) {
    out.u16((TCP_OPTION.windowScale << 8) | 3);
    out.u8(tcp.windowScale);
  }
  if (sack.length > 0 && fits(2 + 8 * sack.length)) {
    out.u16((TCP_OPTION.sack << 8) | (2 + 8 * sack.length));
    for (const [left, right] of sack) {
      out.u32(left);
      out.u32(right);
    }
  }
  while (out.length < end) out.u8(TCP_OPTION.noOperation);
}

import type { IpView } from '../../frame/ip-view.js';
import { copyAddress } from './address.js';

/** Where the capture point begins in the first word of a flow key, and what stands below it. */
export const POINT_SHIFT = 10;
export const POINT_BELOW = 0x3ff;
/** Devices looked at for the other direction of a flow. */
export const MOST_DEVICES = 16;

/** The first word of a flow key: family, protocol, whether it runs inside a tunnel in clear, capture point. */
export const metaOf = (family: number, protocol: number, inner: boolean, point: number): number =>
  (family === 6 ? 1 : 0) | (protocol << 1) | (inner ? 1 << 9 : 0) | (point << POINT_SHIFT);

/** The same key at another capture point. */
export const atPoint = (meta: number, point: number): number => (meta & POINT_BELOW) | (point << POINT_SHIFT);

export const readMeta = (meta: number) => ({
  family: (meta & 1 ? 6 : 4) as 4 | 6,
  protocol: (meta >>> 1) & 0xff,
  inner: (meta & (1 << 9)) !== 0,
  point: meta >>> POINT_SHIFT,
});

/**
 * Fills `key` with the two ends of a packet, the lower first, and returns the direction the packet travels:
 * 0 from the lower (address, port) to the higher, 1 back.
 */
export function fillKey(
  key: Int32Array,
  bytes: Uint8Array,
  ip: IpView,
  sourcePort: number,
  destinationPort: number,
): 0 | 1 {
  if (ip.family === 4) return fillIpv4(key, bytes, ip, sourcePort, destinationPort);
  const order = compare(bytes, ip, sourcePort, destinationPort);
  if (order <= 0) {
    key[1] = (sourcePort << 16) | destinationPort;
    copyAddress(bytes, ip.source, ip.family, key, 2);
    copyAddress(bytes, ip.destination, ip.family, key, 6);
    return 0;
  }
  key[1] = (destinationPort << 16) | sourcePort;
  copyAddress(bytes, ip.destination, ip.family, key, 2);
  copyAddress(bytes, ip.source, ip.family, key, 6);
  return 1;
}

function fillIpv4(key: Int32Array, bytes: Uint8Array, ip: IpView, sourcePort: number, destinationPort: number): 0 | 1 {
  const { source: s, destination: d } = ip;
  const source = (bytes[s]! << 24) | (bytes[s + 1]! << 16) | (bytes[s + 2]! << 8) | bytes[s + 3]!;
  const destination = (bytes[d]! << 24) | (bytes[d + 1]! << 16) | (bytes[d + 2]! << 8) | bytes[d + 3]!;
  const back = source === destination ? sourcePort > destinationPort : source >>> 0 > destination >>> 0;
  key[1] = back ? (destinationPort << 16) | sourcePort : (sourcePort << 16) | destinationPort;
  key[2] = back ? destination : source;
  key[6] = back ? source : destination;
  // An IPv4 key before this one has left zeros there.
  if (key[0]! & 1) key[3] = key[4] = key[5] = key[7] = key[8] = key[9] = 0;
  return back ? 1 : 0;
}

function compare(bytes: Uint8Array, ip: IpView, sourcePort: number, destinationPort: number): number {
  for (let index = 0; index < 16; index++) {
    const difference = bytes[ip.source + index]! - bytes[ip.destination + index]!;
    if (difference !== 0) return difference;
  }
  return sourcePort - destinationPort;
}

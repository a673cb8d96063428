import type { IpView } from '../wire/ip-view.js';
import { copyAddress } from './address.js';

/** The first word of a flow key: family, protocol, whether it runs inside a tunnel in clear, capture point. */
export const metaOf = (family: number, protocol: number, inner: boolean, point: number): number =>
  (family === 6 ? 1 : 0) | (protocol << 1) | (inner ? 1 << 9 : 0) | (point << 10);

export const readMeta = (meta: number) => ({
  family: (meta & 1 ? 6 : 4) as 4 | 6,
  protocol: (meta >>> 1) & 0xff,
  inner: (meta & (1 << 9)) !== 0,
  point: meta >>> 10,
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

function compare(bytes: Uint8Array, ip: IpView, sourcePort: number, destinationPort: number): number {
  const length = ip.family === 4 ? 4 : 16;
  for (let index = 0; index < length; index++) {
    const difference = bytes[ip.source + index]! - bytes[ip.destination + index]!;
    if (difference !== 0) return difference;
  }
  return sourcePort - destinationPort;
}

/** The key of a one-way tunnel flow: addresses as they travel, the SPI in place of the ports. */
export function fillTunnelKey(key: Int32Array, bytes: Uint8Array, ip: IpView, spi: number): void {
  key[1] = spi | 0;
  copyAddress(bytes, ip.source, ip.family, key, 2);
  copyAddress(bytes, ip.destination, ip.family, key, 6);
}

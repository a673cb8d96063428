/** Block types, draft-ietf-opsawg-pcapng 11.1. */
export const SECTION = 0x0a0d0d0a;
export const INTERFACE = 1;
export const OLD_PACKET = 2;
export const SIMPLE_PACKET = 3;
export const STATISTICS = 5;
export const ENHANCED_PACKET = 6;
export const JOURNAL = 9;
export const CUSTOM = 0xbad;
export const CUSTOM_NOT_COPIED = 0x4000_0bad;

/** Type, length, length again. */
export const FRAMING = 12;
/** Where every block says what it is, and its length; the length stands again in its last four octets. */
export const BLOCK_FIELD = { type: 0, length: 4 } as const;
export const TRAILER = 4;
/** An enhanced packet block, 4.3; the old one (11.1) has a shorter interface number at the same place. */
export const PACKET_FIELD = { interfaceId: 8, timeHigh: 12, timeLow: 16, captured: 20, original: 24 } as const;
/** Octets before the packet's data, framing included; and of a simple packet block, 4.4. */
export const PACKET_HEADER = 28;
export const SIMPLE_HEADER = 12;
/** Options of a statistics block (4.6) stand behind interface number and timestamp. */
export const STATISTICS_HEADER = 20;
/** Timestamps whose upper half is below are below 2^53: one division is exact. */
export const EXACT_TIME = 0x20_0000;
/** The longest block that is believed; libpcap's and Wireshark's limit. */
export const LARGEST_BLOCK = 16 * 1024 * 1024;

/** What is wrong with a block's length; undefined where it can be. */
export function lengthProblem(type: number, blockLength: number): string | undefined {
  const least =
    type === SECTION ? 28 : type === INTERFACE ? 20 : type === SIMPLE_PACKET ? 16 : isPacket(type) ? 32 : FRAMING;
  if (blockLength >= least && blockLength <= LARGEST_BLOCK && (blockLength & 3) === 0) return undefined;
  const rule =
    blockLength < least ? `at least ${least}` : blockLength & 3 ? 'a multiple of 4' : `at most ${LARGEST_BLOCK}`;
  return `block type ${name(type)} says it is ${blockLength} octets long; it must be ${rule}`;
}

const isPacket = (type: number): boolean => type === ENHANCED_PACKET || type === OLD_PACKET;
const name = (type: number): string => (type < 256 ? String(type) : `0x${type.toString(16)}`);

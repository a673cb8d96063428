/** Block types, draft-ietf-opsawg-pcapng 11.1. */
export const SECTION = 0x0a0d0d0a;
export const INTERFACE = 1;
export const OLD_PACKET = 2;
export const SIMPLE_PACKET = 3;
export const ENHANCED_PACKET = 6;
export const JOURNAL = 9;
export const CUSTOM = 0xbad;
export const CUSTOM_NOT_COPIED = 0x4000_0bad;

/** Type, length, length again. */
export const FRAMING = 12;
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

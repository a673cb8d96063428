/**
 * Pseudo-headers that an operating system puts before packets of its own devices;
 * https://www.tcpdump.org/linktypes.html
 */

/** BSD loopback (NULL: the writer's byte order, LOOP: the network's): an address family. */
export const NULL_FIELD = { family: 0 } as const;
export const NULL_HEADER = 4;
/** Address families of IPv4 everywhere, and of IPv6 in OpenBSD and NetBSD, FreeBSD, macOS, Linux, Solaris. */
export const FAMILY = {
  ipv4: 2,
  ipv6Linux: 10,
  ipv6OpenBsd: 24,
  ipv6Solaris: 26,
  ipv6FreeBsd: 28,
  ipv6Macos: 30,
} as const;

/** enc(4), what IPsec sees: family and flags in the writer's byte order, the SPI in the network's. */
export const ENC_FIELD = { family: 0, spi: 4, flags: 8 } as const;
export const ENC_HEADER = 12;

/** pflog(4): its own length, without padding to four octets, then the family. */
export const PFLOG_FIELD = {
  length: 0,
  family: 1,
  action: 2,
  reason: 3,
  interface: 4,
  ruleset: 20,
  rule: 36,
  subrule: 40,
} as const;
/** The shortest that was ever written (OpenBSD 3.4 to 3.7). */
export const PFLOG_LEAST = 45;

/**
 * Linux NFLOG: family, version, group; then fields of length and type (the writer's byte order), padded to four octets.
 */
export const NFLOG_FIELD = { family: 0, version: 1, group: 2 } as const;
export const NFLOG_HEADER = 4;
export const NFLOG_TLV_FIELD = { length: 0, type: 2 } as const;
export const NFLOG_TLV = 4;
/** NFULA_PAYLOAD; the highest two bits of a type are flags. */
export const NFLOG_PAYLOAD = 9;
export const NFLOG_TYPE = 0x3fff;

/** Per-Packet Information (CACE): its own length and the link type of what follows, little endian. */
export const PPI_FIELD = { version: 0, flags: 1, length: 2, link: 4 } as const;
export const PPI_HEADER = 8;

/** macOS PKTAP: length, kind of record, link type of what follows; little endian. */
export const PKTAP_FIELD = { length: 0, kind: 4, link: 8, interface: 12 } as const;
export const PKTAP_LEAST = 12;
/** The kind of record that holds a packet. */
export const PKTAP_PACKET = 1;

/** Solaris ipnet(7D). */
export const IPNET_FIELD = {
  version: 0,
  family: 1,
  hook: 2,
  length: 4,
  interface: 8,
  group: 12,
  from: 16,
  to: 20,
} as const;
export const IPNET_HEADER = 24;

/** Juniper's Ethernet pseudo-header: 'MGC', flags, and extensions with their length. */
export const JUNIPER_FIELD = { magic: 0, flags: 3, extensions: 4 } as const;
export const JUNIPER_HEADER = 4;
export const JUNIPER_FLAG = { extensions: 0x80, noLink: 0x02 } as const;

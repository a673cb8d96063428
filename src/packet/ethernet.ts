/** Ethernet, IEEE 802.3 3.1.1, its tags, and LLC with SNAP, IEEE 802 9.2. */
export const ETHERNET_FIELD = { destination: 0, source: 6, etherType: 12 } as const;
export const ETHERNET_HEADER = 14;
/** What stands where the EtherType does is a length up to here, IEEE 802.3 3.2.6. */
export const LARGEST_LENGTH = 1500;

/** https://www.iana.org/assignments/ieee-802-numbers; the GRE protocol type uses the same numbers. */
export const ETHER_TYPE = {
  ipv4: 0x0800,
  arp: 0x0806,
  trill: 0x22f3,
  /** A whole Ethernet frame follows: GRE, Geneve. */
  transparentEthernet: 0x6558,
  ppp: 0x880b,
  /** IEEE 802.1Q. */
  vlan: 0x8100,
  ipv6: 0x86dd,
  mpls: 0x8847,
  mplsMulticast: 0x8848,
  pppoeDiscovery: 0x8863,
  pppoeSession: 0x8864,
  /** IEEE 802.1ad. */
  serviceVlan: 0x88a8,
  /** IEEE 802.1AE. */
  macsec: 0x88e5,
  /** IEEE 802.1ah: a backbone service instance, with the customer's whole frame behind it. */
  serviceInstance: 0x88e7,
  /** IEEE 802.1AB. */
  lldp: 0x88cc,
  /** Cisco metadata. */
  ciscoMetadata: 0x8909,
  /** Cisco VN-Tag. */
  vnTag: 0x8926,
  /** RFC 8300. */
  nsh: 0x894f,
  /** QinQ before the standard. */
  oldVlan: 0x9100,
} as const;

/** A VLAN tag from behind the EtherType that announces it, IEEE 802.1Q 9.6. */
export const TAG_FIELD = { control: 0, etherType: 2 } as const;
export const TAG = 4;
export const VN_TAG_FIELD = { interfaces: 0, etherType: 4 } as const;
export const VN_TAG = 6;
export const CISCO_METADATA_FIELD = { version: 0, length: 1, option: 2, group: 4, etherType: 6 } as const;
export const CISCO_METADATA = 8;
/** I-TAG, IEEE 802.1ah 9.8: priority, flags and service identifier, then the customer's frame. */
export const SERVICE_INSTANCE_FIELD = { control: 0 } as const;
export const SERVICE_INSTANCE = 4;

export const LLC_FIELD = { dsap: 0, ssap: 1, control: 2, organisation: 3, etherType: 6 } as const;
export const LLC_SNAP_HEADER = 8;
/** DSAP and SSAP of SNAP, and unnumbered information. */
export const LLC = { snap: 0xaa, unnumbered: 3 } as const;

/** MACsec SecTAG from behind its EtherType, IEEE 802.1AE 9.3; the channel identifier only where its bit is set. */
export const MACSEC_FIELD = { control: 0, shortLength: 1, packetNumber: 2, channel: 6 } as const;
export const MACSEC_HEADER = 6;
export const MACSEC_CHANNEL = 8;
/** Bits of the control octet: a channel identifier follows; encrypted, or changed. */
export const MACSEC_BIT = { channel: 0x20, encrypted: 0x0c } as const;

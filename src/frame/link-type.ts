/** LINKTYPE values that are read, https://www.tcpdump.org/linktypes.html */
export const LinkType = {
  null: 0,
  ethernet: 1,
  arcnetBsd: 7,
  ppp: 9,
  rawBsd: 12,
  rawOpenBsd: 14,
  pppHdlc: 50,
  pppoe: 51,
  raw: 101,
  ciscoHdlc: 104,
  wifi: 105,
  atmClip: 106,
  frameRelay: 107,
  loop: 108,
  linuxCooked: 113,
  radiotap: 127,
  tzsp: 128,
  arcnetLinux: 129,
  pppPppd: 166,
  juniperEthernet: 178,
  pppDirection: 204,
  mpls: 219,
  ipv4: 228,
  ipv6: 229,
  pktap: 258,
  linuxCooked2: 276,
} as const;

const read: ReadonlySet<number> = new Set(Object.values(LinkType));

/** Link types that carry no IP that could be read here, by their common names; a frame of theirs is counted and left. */
const named: Readonly<Record<number, string>> = {
  3: 'AX.25',
  6: 'IEEE 802.5 Token Ring',
  8: 'SLIP',
  10: 'FDDI',
  99: 'Symantec Enterprise Firewall',
  100: 'ATM RFC 1483',
  117: 'OpenBSD pflog',
  119: 'Prism monitor mode',
  122: 'IP over Fibre Channel',
  123: 'SunATM',
  137: 'Juniper multilink PPP',
  138: 'Apple IP over FireWire',
  139: 'SS7 MTP2 with pseudo-header',
  140: 'SS7 MTP2',
  141: 'SS7 MTP3',
  143: 'DOCSIS',
  144: 'Linux IrDA',
  147: 'private use',
  149: 'private use',
  162: 'private use',
  163: 'AVS monitor mode',
  165: 'BACnet MS/TP',
  187: 'Bluetooth HCI H4',
  189: 'Linux USB',
  192: 'PPI',
  195: 'IEEE 802.15.4',
  201: 'Bluetooth HCI H4 with pseudo-header',
  220: 'Linux USB, padded',
  224: 'Fibre Channel',
  226: 'Solaris IPNET',
  227: 'CAN',
  230: 'IEEE 802.15.4 without FCS',
  231: 'D-Bus',
  239: 'Linux NFLOG',
  240: 'Hilscher netANALYZER',
  243: 'MPEG-2 transport stream',
  249: 'USBPcap',
  251: 'Bluetooth LE',
  253: 'Linux Netlink',
  254: 'Bluetooth Linux monitor',
  256: 'Bluetooth LE with pseudo-header',
  265: 'DisplayPort AUX',
  271: 'Linux vsock monitor',
  272: 'Nordic BLE',
  283: 'IEEE 802.15.4 TAP',
};

/** How well a link type is known: its frames are read, it has a name at least, or it may be a damaged number. */
export function linkTypeKnown(linkType: number): 'read' | 'named' | 'unknown' {
  return read.has(linkType) ? 'read' : linkType in named ? 'named' : 'unknown';
}

/** The name of a link type that is not read, for a message. */
export function linkTypeName(linkType: number): string {
  const name = named[linkType];
  return name ? `${linkType} (${name})` : String(linkType);
}

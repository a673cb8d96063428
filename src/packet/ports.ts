/**
 * UDP ports that tell what is inside: https://www.iana.org/assignments/service-names-port-numbers, and the vendors'.
 */
export const PORT = {
  ike: 500,
  openvpn: 1194,
  l2tp: 1701,
  gtp: 2152,
  /** RFC 4380. */
  teredo: 3544,
  /** IKE and ESP behind NAT, RFC 3948. */
  natt: 4500,
  vxlan: 4789,
  vxlanGpe: 4790,
  ayiya: 5072,
  /** RFC 5415. */
  capwapData: 5247,
  geneve: 6081,
  /** RFC 7510. */
  mpls: 6635,
  /** VXLAN in Linux before 4789 was assigned; the kernel's default to this day. */
  vxlanLinux: 8472,
  tzsp: 37008,
} as const;

/**
 * UDP ports of applications that send datagrams of any size, in IP fragments where they must: DNS, TFTP, Kerberos, RPC,
 * SNMP, LDAP, syslog, RADIUS, NFS, flow export, SIP.
 */
export const APPLICATION_PORTS: ReadonlySet<number> = new Set([
  53, 69, 88, 111, 161, 162, 389, 514, 1645, 1646, 1812, 1813, 2049, 2055, 3799, 4739, 5060, 5061, 5353, 6343, 9995,
  9996,
]);

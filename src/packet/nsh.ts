/** Network Service Header, RFC 8300 2.2. */
export const NSH_FIELD = { versionFlags: 0, length: 1, metadataType: 2, nextProtocol: 3, path: 4 } as const;
export const NSH_HEADER = 8;
/** Of the octet `length`: words of four octets. */
export const NSH_LENGTH = 0x3f;
/** RFC 8300 2.2; VXLAN-GPE uses the same numbers, draft-ietf-nvo3-vxlan-gpe 3.2. */
export const NEXT_PROTOCOL = { ipv4: 1, ipv6: 2, ethernet: 3, nsh: 4, mpls: 5 } as const;

import { IPV4_HEADER } from './ipv4.js';
import { IPV6_HEADER } from './ipv6.js';

/** Octets of an IP header of each version, without options and extension headers. */
export const IP_HEADER = { 4: IPV4_HEADER, 6: IPV6_HEADER } as const;

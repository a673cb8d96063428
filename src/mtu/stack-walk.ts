import type { Carrier, Effect } from './catalogue.js';
import type { Layer } from './layer.js';

export interface Stack {
  readonly layers: readonly Layer[];
  /** What stands in it by the names of `--stack`, outermost first; `esp:transport` and `ah:tunnel` with their mode. */
  readonly headers: readonly string[];
  /** Headers that were put in because nothing else is legal there, in words. */
  readonly remarks: readonly string[];
  readonly hasEsp: boolean;
  readonly hasNatT: boolean;
  /** True where the innermost packet keeps its own header outside (transport mode with nothing inside). */
  readonly ownHeader: 4 | 6 | null;
  /** Index of the first ESP layer; -1 for none. */
  readonly esp: number;
  /** Set where OpenVPN carries the packet: what is around it. */
  readonly openvpn: OpenvpnOutside | null;
}

export interface OpenvpnOutside {
  readonly family: 4 | 6;
  readonly over: 'udp' | 'tcp';
}

/** What differs from the RFC optimum, from `--impl`. */
export type Effects = readonly Effect[];

/** What is known while the elements are put into one another, outermost first. */
export interface Walk {
  carrier: Carrier;
  family: 4 | 6 | null;
  /** Set while the payload belongs to a packet whose header stands outside. */
  owned: 4 | 6 | null;
  hasNatT: boolean;
  /** Set while the IP header outside is one that UDP encapsulation carries across NAT. */
  behindNatT: boolean;
  openvpn: OpenvpnOutside | null;
  esp: number;
  readonly layers: Layer[];
  readonly remarks: string[];
}

export const carries: Record<Carrier, string> = {
  link: 'a link',
  ip: 'an IP header',
  udp: 'a UDP header',
  tcp: 'a TCP header',
  tls: 'a TLS record',
  natt: 'UDP encapsulation',
  gre: 'GRE',
  ether: 'a header that carries Ethernet',
  packet: 'a tunnel that carries IP packets',
  ppp: 'PPP',
};

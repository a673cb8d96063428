/** Where our totals differ from tshark 4.0's on a public capture, what they are instead, and why. */
export const differsFromTshark: Readonly<
  Record<
    string,
    { readonly why: string; readonly facts?: Readonly<Record<string, unknown>>; readonly damaged?: boolean }
  >
> = {
  'relevant/zeek__ipv6_zero_len_ah.pcap': {
    why: 'tshark also counts the AH of the packet that an ICMPv6 error quotes',
    facts: { ah: 1 },
  },
  'relevant/OISF__frag-23.pcap': {
    why: 'tshark also counts the fragment that an ICMPv6 error quotes',
    facts: { fragments: { ipv4: 0, ipv6: 3 } },
  },
  'relevant/OISF__frag-32.pcap': {
    why: 'tshark also counts the fragments that ICMPv6 errors quote',
    facts: { fragments: { ipv4: 0, ipv6: 48 } },
  },
  'relevant/OISF__frag-36.pcap': {
    why: 'tshark also counts the fragment that an ICMPv6 error quotes',
    facts: { fragments: { ipv4: 0, ipv6: 4 } },
  },
  'relevant/zeek__gre-aruba-amsdu.pcap': {
    why: 'IEEE 802.11 aggregates inside GRE are not taken apart',
    facts: { tcp: 0, tcpData: 0 },
  },
  'odd/the-tcpdump-group__802_15_4-data.pcap': {
    why: '6LoWPAN header compression is not undone',
    facts: { ipv6: 0, largest: 0 },
  },
  'odd/the-tcpdump-group__AH-IPcomp-IPv6.pcap': {
    why: 'compressed payloads (IPComp) are not inflated',
    facts: { tcp: 8, tcpData: 0 },
  },
  'odd/the-tcpdump-group__sflow_expanded.pcap': {
    why: 'a header sampled in an sFlow report is no traffic here',
    facts: { tcp: 0 },
  },
  'malformed/the-tcpdump-group__bgp_vpn_rt-oobr.pcap': {
    why: '37 records of zeros, which other readers take for empty frames without a word',
    damaged: true,
  },
};

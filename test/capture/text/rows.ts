import { expect } from 'vitest';

const ends = { source: '192.0.2.7', sourcePort: '40000', destination: '198.51.100.9', destinationPort: '443' };
const options = '[nop,nop,TS val 7 ecr 3]';
export const data = { family: 4, ...ends, protocol: 6, tcp: { flags: 24, seq: 1, ack: 1, window: 502, payload: 1448 } };

/** One row a spelling: the text, and fields of its first packet. */
export const formRows: readonly { readonly name: string; readonly text: string; readonly first: object }[] = [
  {
    name: 'tcpdump 4 -nn',
    text: `10:00:00.250000 IP 192.0.2.7.40000 > 198.51.100.9.443: Flags [P.], seq 1:1449, ack 1, win 502, options ${options}, length 1448`,
    first: { ...data, time: 36000.25, ipLength: null, df: null, id: null },
  },
  {
    name: 'tcpdump 4 -nnv: two lines',
    text: `10:00:00.250000 IP (tos 0x0, ttl 63, id 77, offset 0, flags [DF], proto TCP (6), length 1500)\n    192.0.2.7.40000 > 198.51.100.9.443: Flags [P.], cksum 0xbeef (correct), seq 1:1449, ack 1, win 502, options ${options}, length 1448`,
    first: { ...data, ipLength: 1500, df: true, id: 77, ttl: 63, tcp: { ...data.tcp, checksum: 0xbeef } },
  },
  {
    name: 'wrapped and quoted by a mail program',
    text: `> > 10:00:00.250000 IP 192.0.2.7.40000 > 198.51.100.9.443: Flags [P.], seq\n> > 1:1449, ack 1, win 502, options ${options}, length\n> > 1448`,
    first: data,
  },
  {
    name: 'escaped by a page',
    text: `10:00:00.250000 IP 192.0.2.7.40000 &gt; 198.51.100.9.443: Flags <span class="x">[P.]</span>, seq 1:1449, ack 1, win 502, length 1448`,
    first: data,
  },
  {
    name: 'behind the prefix of a log',
    text: 'Nov 21 10:00:01 gw tcpdump[4]: 10:00:00.250000 IP 192.0.2.7.40000 > 198.51.100.9.443: Flags [P.], seq 1:1449, ack 1, win 502, length 1448',
    first: { ...data, time: 36000.25 },
  },
  {
    name: 'tcpdump -i any: device and direction',
    text: '10:00:00.250000 wan0  Out IP 192.0.2.7.40000 > 198.51.100.9.443: Flags [P.], seq 1:1449, ack 1, win 502, length 1448',
    first: { ...data, device: 'wan0', way: 'out' },
  },
  {
    name: 'tcpdump -e with a VLAN tag',
    text: '10:00:00.250000 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1Q (0x8100), length 1506: vlan 70, p 0, ethertype IPv4 (0x0800), 192.0.2.7.40000 > 198.51.100.9.443: Flags [P.], seq 1:1449, ack 1, win 502, length 1448',
    first: data,
  },
  {
    name: 'tcpdump 3',
    text: '10:00:00.250000 192.0.2.7.40000 > 198.51.100.9.443: P 1:1449(1448) ack 1 win 502 <nop,nop,timestamp 7 3> (DF)',
    first: { ...data, df: true },
  },
  {
    name: 'ASA show capture in a VLAN',
    text: '   3: 10:00:00.250000       802.1Q vlan#70 P0 192.0.2.7.40000 > 198.51.100.9.443: P 1:1449(1448) ack 1 win 502',
    first: data,
  },
  {
    name: 'ASA show capture detail',
    text: '   3: 10:00:00.250000 0050.5601.0203 0050.5604.0506 0x0800 Length: 1514\n      192.0.2.7.40000 > 198.51.100.9.443: P [tcp sum ok] 1:1449(1448) ack 1 win 502 (DF) (ttl 63, id 77)',
    first: { ...data, df: true, ttl: 63, id: 77 },
  },
  {
    name: 'Junos monitor traffic, cut at 96 octets',
    text: '10:00:00.250000 Out IP truncated-ip - 1404 bytes missing! 192.0.2.7.40000 > 198.51.100.9.443: P 1:1449(1448) ack 1 win 502',
    first: { ...data, way: 'out' },
  },
  {
    name: 'FortiGate 4: no length for a segment',
    text: '1.250000 port1 out 192.0.2.7.40000 -> 198.51.100.9.443: psh 5 ack 9',
    first: { ...ends, time: 1.25, device: 'port1', way: 'out', protocol: 6, tcp: null, ipLength: null },
  },
  {
    name: 'RouterOS sniffer quick: SIZE less Ethernet',
    text: 'ether1  1.250  5  ->  02:00:00:00:00:01  02:00:00:00:00:02  192.0.2.7:40000  198.51.100.9:443 (https)  ip:tcp  1514  0',
    first: { ...ends, device: 'ether1', way: 'out', ipLength: 1500, tcp: null },
  },
  {
    name: 'tshark line',
    text: '    4   1.250000    192.0.2.7 → 198.51.100.9 TCP 1514 40000 → 443 [PSH, ACK] Seq=1 Ack=1 Win=502 Len=1448 TSval=7 TSecr=3',
    first: { ...data, time: 1.25 },
  },
  {
    name: 'Wireshark CSV',
    text: '"4","1.250000","192.0.2.7","198.51.100.9","TCP","1514","40000  >  443 [PSH, ACK] Seq=1 Ack=1 Win=502 Len=1448"'.replace(
      '  >  ',
      ' > ',
    ),
    first: data,
  },
  {
    name: 'pktmon in a translated Windows',
    text: '[01]0004.1A2C::2026-11-21 10:00:00.250000000 [Microsoft-Windows-PktMon] PktGroupId 2, PktNumber 1, Darstellung 0, Richtung Tx , Typ Ethernet , Komponente 4, Edge 1, Filter 1, OriginalSize 1514, LoggedSize 128 \n\t02-00-00-00-00-01 > 02-00-00-00-00-02, ethertype IPv4 (0x0800), length 1514: 192.0.2.7.40000 > 198.51.100.9.443: Flags [P.], seq 1:1449, ack 1, win 502, length 1448',
    first: { ...data, device: 'component 4' },
  },
  {
    name: 'a PTB with its quote, -nnv',
    text: '10:00:00.250000 IP (tos 0xc0, ttl 64, id 9, offset 0, flags [none], proto ICMP (1), length 576)\n    192.0.2.1 > 192.0.2.7: ICMP 198.51.100.9 unreachable - need to frag (mtu 1438), length 556\n\tIP (tos 0x0, ttl 63, id 77, offset 0, flags [DF], proto TCP (6), length 1500)\n    192.0.2.7.40000 > 198.51.100.9.443: Flags [.], seq 1:1449, ack 1, win 502, length 1448',
    first: {
      icmp: {
        type: 3,
        code: 4,
        mtu: 1438,
        quote: { destination: '198.51.100.9', packet: { ipLength: 1500, sourcePort: '40000' } },
      },
    },
  },
  {
    name: 'a filter that forbids, with its quote, and checksums that the network card fills in',
    text: '10:00:00.250000 IP (tos 0xc0, ttl 64, id 9, offset 0, flags [none], proto ICMP (1), length 88, bad cksum 0 (->66a0)!)\n    192.0.2.1 > 192.0.2.7: ICMP host 198.51.100.9 unreachable - admin prohibited filter, length 68\n\tIP (tos 0x0, ttl 63, id 77, offset 0, flags [DF], proto TCP (6), length 1500, bad cksum 0 (->2115)!)\n    192.0.2.7.40000 > 198.51.100.9.443: Flags [.], seq 1:1449, ack 1, win 502, length 1448',
    first: {
      icmp: {
        type: 3,
        code: 13,
        quote: { destination: '198.51.100.9', packet: { ipLength: 1500, sourcePort: '40000' } },
      },
    },
  },
  {
    name: 'a filter that forbids a host',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP host 198.51.100.9 unreachable - admin prohibited, length 36',
    first: { icmp: { type: 3, code: 10, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/0',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP net 198.51.100.9 unreachable, length 36',
    first: { icmp: { type: 3, code: 0, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/1',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP host 198.51.100.9 unreachable, length 36',
    first: { icmp: { type: 3, code: 1, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/5',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP 198.51.100.9 unreachable - source route failed, length 36',
    first: { icmp: { type: 3, code: 5, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/6',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP net 198.51.100.9 unreachable - unknown, length 36',
    first: { icmp: { type: 3, code: 6, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/7',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP host 198.51.100.9 unreachable - unknown, length 36',
    first: { icmp: { type: 3, code: 7, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/8',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP 198.51.100.9 unreachable - source host isolated, length 36',
    first: { icmp: { type: 3, code: 8, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/11',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP net 198.51.100.9 unreachable - tos prohibited, length 36',
    first: { icmp: { type: 3, code: 11, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/12',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP host 198.51.100.9 unreachable - tos prohibited, length 36',
    first: { icmp: { type: 3, code: 12, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/14',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP host 198.51.100.9 unreachable - host precedence violation, length 36',
    first: { icmp: { type: 3, code: 14, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/15',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP host 198.51.100.9 unreachable - precedence cutoff, length 36',
    first: { icmp: { type: 3, code: 15, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'ICMP 3/16',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP 198.51.100.9 unreachable - #16, length 36',
    first: { icmp: { type: 3, code: 16, quote: { destination: '198.51.100.9', packet: null } } },
  },
  {
    name: 'a port that nobody listens on: its own host says so',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP 198.51.100.9 udp port 53 unreachable, length 36',
    first: { icmp: { type: 3, code: 3, quote: null } },
  },
  {
    name: 'pieces that were waited for in vain',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP ip reassembly time exceeded, length 36',
    first: { icmp: { type: 11, code: 1 } },
  },
  {
    name: 'too many hops',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP time exceeded in-transit, length 36',
    first: { icmp: { type: 11, code: 0 } },
  },
  {
    name: 'too many hops, IPv6',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, time exceeded in-transit for 2001:db8:1::9, length 68',
    first: { icmp: { type: 3, code: 0, quote: null } },
  },
  {
    name: 'pieces that were waited for in vain, IPv6',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, time exceeded in-transit (reassembly), length 68',
    first: { icmp: { type: 3, code: 1 } },
  },
  {
    name: 'ICMPv6 1/0',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, destination unreachable, unreachable route 2001:db8:1::9, length 68',
    first: { icmp: { type: 1, code: 0, quote: { destination: '2001:db8:1::9', packet: null } } },
  },
  {
    name: 'ICMPv6 1/2',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, destination unreachable, beyond scope 2001:db8:1::9, source address 2001:db8::7, length 68',
    first: { icmp: { type: 1, code: 2, quote: { destination: '2001:db8:1::9', packet: null } } },
  },
  {
    name: 'ICMPv6 1/3',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, destination unreachable, unreachable address 2001:db8:1::9, length 68',
    first: { icmp: { type: 1, code: 3, quote: { destination: '2001:db8:1::9', packet: null } } },
  },
  {
    name: 'ICMPv6 of a port',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, destination unreachable, unreachable port, 2001:db8:1::9 udp port 53, length 68',
    first: { icmp: { type: 1, code: 4, quote: null } },
  },
  {
    name: 'a code that tcpdump has no word for, and the octets of the message alone that it prints instead',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, destination unreachable, unknown unreach code (5)\n\t0x0000:  0105 11b7 0000 0000 6000 0000 05b4 0640\n\t0x0010:  fd01 0000 0000 0000 0000 0000 0000 0002',
    first: { octets: null, icmp: { type: 1, code: 5, quote: { destination: null, packet: null } } },
  },
  {
    name: 'packet too big with the octets of its frame, whose MAC address begins as the message does',
    text: '10:00:00.25 IP6 2001:db8::1 > 2001:db8::7: ICMP6, packet too big, mtu 1406, length 1240\n\t0x0000:  0200 0000 0102 0200 0000 0101 86dd 6005\n\t0x0010:  accb 04d8 3a40 fd01 0000 0000 0000 0000',
    first: { octets: expect.any(Uint8Array), icmp: { type: 2, code: 0, mtu: 1406 } },
  },
  {
    name: 'ICMPv6 that forbids',
    text: '10:00:00.250000 IP6 2001:db8::1 > 2001:db8::7: ICMP6, destination unreachable,  unreachable prohibited 2001:db8:1::9, length 68',
    first: { icmp: { type: 1, code: 1, quote: { destination: '2001:db8:1::9', packet: null } } },
  },
  {
    name: 'a PTB without an MTU field: zero is printed by leaving it away',
    text: '10:00:00.250000 IP 192.0.2.1 > 192.0.2.7: ICMP 198.51.100.9 unreachable - need to frag, length 36',
    first: { icmp: { type: 3, code: 4, mtu: 0 } },
  },
  {
    name: 'tshark does not print the MTU of a PTB',
    text: '    5   1.3    192.0.2.1 → 192.0.2.7 ICMP 590 Destination unreachable (Fragmentation needed)',
    first: { icmp: { type: 3, code: 4, mtu: null } },
  },
  {
    name: 'packet too big, IPv6',
    text: '10:00:00.25 IP6 2001:db8::1 > 2001:db8::7: ICMP6, packet too big, mtu 1446, length 1240',
    first: { family: 6, icmp: { type: 2, mtu: 1446 } },
  },
  {
    name: 'ESP in UDP',
    text: '10:00:00.25 IP 192.0.2.7.4500 > 198.51.100.9.4500: UDP-encap: ESP(spi=0xc0ffee01,seq=0x9), length 1448',
    first: { protocol: 17, esp: { spi: 0xc0ffee01, sequence: 9, octets: 1448, udp: true } },
  },
  {
    name: 'an old fragment',
    text: '10:00:00.25 192.0.2.7 > 198.51.100.9: (frag 23400:528@1480)',
    first: { id: 23400, inside: 528, fragmentOffset: 1480, mf: false },
  },
  {
    name: 'octets with Ethernet, -XX',
    text: '10:00:00.25 IP 192.0.2.7.40000 > 198.51.100.9.443: Flags [.], ack 1, win 502, length 0\n\t0x0000:  0200 0000 0002 0200 0000 0001 0800 4500  ..............E.\n\t0x0010:  0028 004d 4000 3f06 0000 c000 0207 c633  .(.M@.?........3',
    first: { octets: { length: 32 } },
  },
];

import { describe, expect, test } from 'vitest';
import { IP_HEADER as MTU_IP_HEADER, TCP_HEADER as MTU_TCP_HEADER } from '../../src/mtu/mss.js';
import { ipv4Text, ipv6Text } from '../../src/packet/address.js';
import { Bytes, LengthError } from '../../src/packet/bytes.js';
import { IP_HEADER } from '../../src/packet/ip-header.js';
import { emitIpv4, type Ipv4Header, ipv4Octets, parseIpv4 } from '../../src/packet/ipv4.js';
import { emitIpv6, type Ipv6Header, ipv6Octets, parseIpv6 } from '../../src/packet/ipv6.js';
import { TCP_HEADER_MINIMUM } from '../../src/packet/tcp.js';
import { bytes, cuts, dirty, hex, toHex } from './hex.js';

const v4: Ipv4Header = {
  headerLength: 20,
  tos: 0,
  totalLength: 1500,
  identification: 0x1234,
  dontFragment: true,
  moreFragments: false,
  fragmentOffset: 0,
  ttl: 64,
  protocol: 1,
  source: '192.0.2.1',
  destination: '198.51.100.7',
};

describe('IPv4', () => {
  const rows: readonly (readonly [string, Ipv4Header, string])[] = [
    ['DF set', v4, '45 00 05dc 1234 4000 40 01 36b1 c0000201 c6336407'],
    [
      'a middle fragment',
      { ...v4, dontFragment: false, moreFragments: true, fragmentOffset: 1376 },
      '45 00 05dc 1234 20ac 40 01 5605 c0000201 c6336407',
    ],
    ['options', { ...v4, headerLength: 24, tos: 0xb8 }, '46 b8 05dc 1234 4000 40 01 34f9 c0000201 c6336407 00000000'],
  ];
  test.for(rows)('%s, both directions', ([, value, octets]) => {
    const into = dirty(value.headerLength);
    emitIpv4(value, into);
    expect(toHex(into.octets)).toBe(octets.replaceAll(' ', ''));
    expect(parseIpv4(bytes(octets))).toEqual(value);
  });
  test.for(rows)('%s, every truncation', ([, , octets]) => {
    for (const cut of cuts(hex(octets))) expect(() => parseIpv4(new Bytes(cut))).toThrow(LengthError);
  });
  test.for([
    ['a header length of 16', '44 00 0014 0000 0000 40 01 0000 c0000201 c6336407'],
    ['a header length of 0', '40 00 0014 0000 0000 40 01 0000 c0000201 c6336407'],
  ] as const)('%s is refused', ([, octets]) => {
    expect(() => parseIpv4(bytes(octets))).toThrow(
      /IPv4 header: 20 octets needed, \d+ left \(IPv4 header length says so\)/,
    );
  });
  test('addresses', () => {
    expect(ipv4Text(ipv4Octets('203.0.113.255'))).toBe('203.0.113.255');
  });
});

describe('IPv6', () => {
  const value: Ipv6Header = {
    trafficClass: 0xb8,
    flowLabel: 0x12345,
    payloadLength: 1460,
    nextHeader: 58,
    hopLimit: 3,
    source: '2001:db8::1',
    destination: '2001:db8:0:1::ff',
  };
  const octets = '6b812345 05b4 3a 03 20010db8000000000000000000000001 20010db8000000010000000000 0000ff';
  test('both directions', () => {
    const into = dirty(40);
    emitIpv6(value, into);
    expect(toHex(into.octets)).toBe(octets.replaceAll(' ', ''));
    expect(parseIpv6(bytes(octets))).toEqual(value);
  });
  test('every truncation', () => {
    for (const cut of cuts(hex(octets))) expect(() => parseIpv6(new Bytes(cut))).toThrow(LengthError);
  });
  test.for([
    // what is written, canonical text (RFC 5952 §4)
    ['::', '::'],
    ['::1', '::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:DB8::', '2001:db8::'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['fe80::1%eth0', 'fe80::1'],
  ] as const)('%s is %s', ([written, canonical]) => {
    expect(ipv6Text(ipv6Octets(written))).toBe(canonical);
    expect(ipv6Octets(written)).toHaveLength(16);
  });
});

test('the arithmetic of src/mtu, which knows no other room, counts the same headers', () => {
  expect(MTU_IP_HEADER).toEqual(IP_HEADER);
  expect(MTU_TCP_HEADER).toBe(TCP_HEADER_MINIMUM);
});

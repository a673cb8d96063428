import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';

const mtu = (request: CalcRequest) => calculate(request, catalogue).tunnelMtu;

describe('the numbers people quote', () => {
  test.for([
    [{ cipher: 'aes256-sha1', natT: true }, 1422],
    [{ cipher: 'aes256-sha1', natT: false }, 1438],
    [{ cipher: 'aes256gcm16', natT: false }, 1446],
    [{ cipher: 'aes256gcm16', natT: true, outer: 6 }, 1418],
    [{ cipher: '3des-sha1', natT: false }, 1446],
    [{ cipher: 'aes256-sha512', natT: true, outer: 6 }, 1390],
    [{ tunnel: 'wireguard', outer: 6 }, 1420],
    [{ tunnel: 'wireguard', wan: 'pppoe', outer: 6 }, 1412],
    [{ tunnel: 'gre' }, 1476],
    [{ tunnel: 'vxlan' }, 1450],
    [{ tunnel: 'eoip' }, 1458],
    [{ tunnel: 'eoipv6' }, 1444],
    [{ tunnel: 'pptp' }, 1460],
    [{ wan: '6rd', cipher: 'aes256-sha256' }, 1390],
    [{ wan: 'ds-lite', cipher: 'aes256-sha256', outer: 6 }, 1406],
    [{ stack: 'ipv4/esp:aes256-sha256:transport/ipcomp' }, 1454],
    [{ stack: 'ipv4/ah:sha256', impl: 'linux' }, 1456],
    [{ tunnel: 'gre-ipsec', cipher: 'aes256-sha1', natT: false }, 1434],
    [{ tunnel: 'gre-ipsec', cipher: 'aes256-sha1', natT: false, mode: 'tunnel' }, 1414],
    [{ tunnel: 'ipip-ipsec', cipher: 'aes256-sha1', natT: false }, 1438],
    [{ cipher: 'aes256-sha1', natT: false, mode: 'transport' }, 1458],
    [{ wan: 'pppoe' }, 1492],
    [{ stack: 'pppoe/ipv4/natt/esp:aes256-sha256:transport/gre', linkMtu: 1500 }, 1418],
    [{ cipher: 'aes128-ctr-sha1', natT: false, impl: 'freebsd' }, 1438],
    [{ ah: true, auth: 'sha256-128', impl: 'linux' }, 1448],
    [{ ah: true, auth: 'sha256', impl: 'linux' }, 1456],
    [{ ah: true, auth: 'sha256' }, 1452],
    [{ tunnel: 'gre', impl: 'ovs' }, 1472],
    // OpenVPN, by its own sum (src/openvpn/mss.c): 1464 - 4 - 32 - 16 = 1412, whole blocks 1408, less 1 and 4.
    [{ tunnel: 'openvpn', cipher: 'aes256-sha256', wan: 'pppoe' }, 1403],
    [{ tunnel: 'openvpn', cipher: 'aes256-sha1' }, 1419],
    [{ tunnel: 'openvpn', cipher: 'aes-128-cbc', auth: 'sha512' }, 1371],
    [{ tunnel: 'openvpn', cipher: 'blowfish-sha1' }, 1435],
    [{ tunnel: 'openvpn', cipher: 'null-sha1' }, 1444],
    [{ tunnel: 'openvpn', cipher: 'aes256gcm16', wan: 'pppoe' }, 1440],
    [{ tunnel: 'openvpn', cipher: 'chacha20poly1305' }, 1448],
    [{ tunnel: 'openvpn-tcp', cipher: 'aes256-sha256' }, 1387],
    [{ tunnel: 'openvpn-tap', cipher: 'aes256-sha256' }, 1389],
    [{ tunnel: 'tailscale' }, 1280],
    [{ tunnel: 'tailscale', linkMtu: 1300 }, 1240],
    [{ tunnel: 'tailscale', outer: 6, linkMtu: 1360 }, 1280],
    [{ tunnel: 'tailscale', outer: 6, linkMtu: 1359 }, 1279],
    [{ tunnel: 'zerotier' }, 1394],
    [{ tunnel: 'zerotier', linkMtu: 1460 }, 1394],
    [{ tunnel: 'zerotier', linkMtu: 1459 }, 1393],
    [{ tunnel: 'vxlan-wireguard' }, 1390],
    [{ tunnel: 'sstp' }, 1423],
    [{ tunnel: 'mpls' }, 1496],
    [{ stack: 'ipv4/tcp/tls13/sstp/ppp' }, 1430],
    [{ wan: 'ds-lite-pppoe' }, 1452],
    [{ wan: 'ds-lite-pppoe', tunnel: 'wireguard', outer: 6 }, 1412],
    [{ wan: 'azure-vpn', cipher: 'aes256-sha256' }, 1390],
    [{ wan: 'azure-vpn', cipher: 'aes256-sha256', linkMtu: 1400 }, 1326],
    [{ wan: 'starlink', cipher: 'aes256-sha256', natT: true }, 1422],
  ] as const)('%o is %i', ([request, expected]) => expect(mtu(request)).toBe(expected));
});

describe('what is not said is not guessed in silence', () => {
  test('NAT-T left open: both computed, the smaller recommended, the other told', () => {
    const value = calculate({ cipher: 'aes256-sha1' }, catalogue);
    expect(value.tunnelMtu).toBe(1422);
    expect(value.alternatives).toContainEqual({
      what: 'nat-t',
      choice: 'without NAT-T',
      tunnelMtu: 1438,
      mss: { ipv4: 1398, ipv6: 1378 },
    });
    expect(value.assumptions.map(({ says }) => says).join('\n')).toContain('with NAT-T 1422, without 1438');
  });
  test('integrity left open: what others would give', () => {
    const [integrity] = calculate({ cipher: 'aes256', wan: 'pppoe' }, catalogue).assumptions;
    expect(integrity?.says).toMatch(
      /HMAC-SHA2-256-128 assumed; HMAC-SHA1-96 gives the same, .*HMAC-SHA2-512-256 gives 1406/,
    );
  });
  test('a list: one value for all, and which one limits', () => {
    const value = calculate({ cipher: 'aes128gcm16,aes256-sha512', natT: false }, catalogue);
    expect([value.tunnelMtu, value.limiting]).toEqual([1422, 'aes256-sha512']);
    expect(value.alternatives).toContainEqual(
      expect.objectContaining({ what: 'suite', choice: 'aes128gcm16', tunnelMtu: 1446 }),
    );
  });
});

describe('the budget explains itself', () => {
  const value = calculate({ cipher: 'aes256-sha256', natT: false }, catalogue);
  test('the next step', () =>
    expect(value.nextStep).toEqual({
      below: { linkMtu: 1499, tunnelMtu: 1422 },
      above: { linkMtu: 1516, tunnelMtu: 1454 },
    }));
  test('the steps lead from the link to the tunnel', () => {
    const last = value.steps.at(-1);
    expect(value.steps[0]?.room).toBe(1500);
    expect((last?.room ?? 0) - (last?.overhead ?? 0)).toBe(value.tunnelMtu);
  });
  test('the packet adds up', () =>
    expect(value.packet.reduce((sum, { octets }) => sum + octets, 0)).toBe(value.linkMtu - value.slack));
  test('transport mode: the packet adds up too', () => {
    const host = calculate({ cipher: 'aes256-sha256', mode: 'transport' }, catalogue);
    expect(host.packet.reduce((sum, { octets }) => sum + octets, 0)).toBe(host.linkMtu - host.slack);
  });
});

describe('warnings', () => {
  const codes = (request: CalcRequest) => calculate(request, catalogue).warnings.map(({ code }) => code);
  test.for([
    [{ cipher: 'aes256-sha256', linkMtu: 1280 }, 'ipv6-below-1280'],
    [{ cipher: 'aes256-sha256', linkMtu: 600 }, 'mss-below-default'],
    [{ cipher: 'des-md5' }, 'algorithm-must-not'],
    [{ stack: 'ipv4/ah:md5' }, 'algorithm-must-not'],
    [{ stack: 'ipv4/esp:aes256-sha256/ipv4/esp:des-md5' }, 'algorithm-must-not'],
    [{ wan: '6rd', cipher: 'aes256', outer: 4 }, 'wan-family'],
    [{ wan: 'ds-lite', cipher: 'aes256', natT: false }, 'nat-on-the-way'],
    [{ cipher: 'aes256-none' }, 'no-integrity'],
    [{ cipher: 'aes256-sha256', tfc: 1500 }, 'tfc-above-mtu'],
    [{ wan: 'aws', cipher: 'aes256-sha256' }, 'wan-inside-only'],
    [{ wan: 'aws-tgw', tunnel: 'gre' }, 'wan-inside-only'],
    [{ wan: 'azure', cipher: 'aes256-sha256' }, 'wan-inside-only'],
    [{ wan: 'gcp-jumbo', stack: 'ipv4/gre' }, 'wan-inside-only'],
    [{ wan: 'starlink', cipher: 'aes256', natT: false }, 'nat-on-the-way'],
  ] as const)('%o: %s', ([request, code]) => expect(codes(request)).toContain(code));
  test('none for a sound tunnel', () => expect(codes({ cipher: 'aes256gcm16', wan: 'pppoe' })).toEqual([]));
  test.for([
    { wan: 'aws' },
    { wan: 'aws', tunnel: 'none' },
    { wan: 'aws', cipher: 'aes256-sha256', linkMtu: 1500 },
    { wan: 'aws-internet', cipher: 'aes256-sha256' },
  ])('%o: nothing leaves the provider here, or the link was measured', (request) =>
    expect(codes(request)).not.toContain('wan-inside-only'),
  );
  test('no IPv6 warning where only IPv4 is inside', () =>
    expect(codes({ cipher: 'aes256-sha256', linkMtu: 1280, inner: 4 })).toEqual([]));
});

describe('refused, with value, limit and cure', () => {
  test.for([
    [{ linkMtu: 67 }, 'link MTU 67 is below the IPv4 minimum 68'],
    [{ linkMtu: 65536 }, 'link MTU 65536 is above the largest IP packet 65535'],
    [{ cipher: 'aes256', linkMtu: 100 }, 'leaves 30 octets'],
    [{ wan: 'pppo' }, "unknown WAN 'pppo'"],
    [{ tunnel: 'ipsek', cipher: 'aes256' }, "unknown tunnel 'ipsek'"],
    [{ tunnel: 'ipsec' }, 'needs a cipher'],
    [{ tunnel: 'wireguard', cipher: 'aes256' }, 'carries no ESP'],
    [{ tunnel: 'wireguard', natT: true }, 'there is no ESP here'],
    [{ auth: 'sha1' }, '--auth sha1 stands alone'],
    [{ cipher: 'aes256', ah: true, natT: true }, 'AH cannot cross NAT'],
    [{ stack: 'ipv4/natt/ah:sha1' }, 'AH cannot cross NAT'],
    [{ stack: 'esp:aes256-sha1:transport' }, 'no IP header to own'],
    [{ stack: 'ipv4/natt/esp:aes256-sha1:transport/ah:sha256:transport' }, 'AH cannot cross NAT'],
    [{ stack: 'ipv4/encaplimit/ipip' }, 'IPv6 only'],
    [{ stack: 'ipv4/esp:ah-sha256-hmac esp-aes 256' }, 'names AH inside ESP'],
    [{ stack: 'ipv4/gre:constructor' }, 'GRE has no option'],
    [{ tunnel: 'eoip', outer: 6 }, 'has IPv4 outside'],
    [{ cipher: 'ah-sha1', ah: true, auth: 'sha512' }, 'two algorithms for AH'],
    [{ stack: 'gre/ipv4' }, 'GRE cannot stand directly in a link'],
    [{ stack: 'ipv4/natt/gre' }, 'GRE cannot stand directly in UDP encapsulation'],
    [{ stack: 'ipv4/gre:flag' }, 'GRE has no option'],
    [{ stack: 'ipv4//gre' }, 'empty element'],
    [{ stack: 'pppoe/ipv4/gre', wan: 'pppoe' }, 'counted twice'],
    [{ stack: 'ipv4/gre', cipher: 'aes256' }, '--stack and --cipher contradict'],
    [{ cipher: 'aes256', mode: 'transport', inner: 6 }, 'keeps its own IPv4 header'],
    [{ tunnel: 'openvpn', cipher: 'aes256gcm8' }, 'OpenVPN has no AES-GCM-8'],
    [{ tunnel: 'openvpn', cipher: 'aes256ctr-sha256' }, 'OpenVPN has no AES-CTR'],
    [{ tunnel: 'openvpn', cipher: 'aes256-aesxcbc' }, 'OpenVPN has no AES-XCBC'],
    [{ tunnel: 'openvpn', cipher: 'aes256', natT: true }, 'there is no ESP here'],
    [{ cipher: 'aes256', impl: 'windoze' }, "unknown implementation 'windoze'"],
  ] as const)('%o', ([request, message]) =>
    expect(() => calculate(request as CalcRequest, catalogue)).toThrow(message),
  );
});

describe('OpenVPN says its own clamp', () => {
  const told = (request: CalcRequest) =>
    calculate(request, catalogue)
      .assumptions.map(({ says }) => says)
      .join('\n');
  test.for([
    [{ tunnel: 'openvpn', wan: 'pppoe' }, 'mssfix 1492 mtu', 'mssfix 1464 '],
    [{ tunnel: 'openvpn', wan: 'pppoe', outer: 6 }, 'mssfix 1492 mtu', 'mssfix 1444 '],
    [{ tunnel: 'openvpn-tcp', cipher: 'aes256-sha256' }, 'mssfix 1500 mtu', 'mssfix 1460 '],
    [{ stack: 'ipv4/udp/openvpn' }, 'mssfix 1500 mtu', 'mssfix 1472 '],
  ] as const)('%o', ([request, whole, payload]) => {
    expect(told(request)).toContain(whole);
    expect(told(request)).toContain(payload);
  });
  test('its HMAC at full length, SHA1 where none is named', () =>
    expect(told({ tunnel: 'openvpn', cipher: 'aes256' })).toContain(
      'integrity HMAC-SHA1 assumed; HMAC-SHA2-256 gives 1403',
    ));
});

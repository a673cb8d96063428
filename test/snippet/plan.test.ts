import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';
import { parseNetwork } from '../../src/snippet/network.js';
import { type PlanChoices, planOf } from '../../src/snippet/plan.js';

const made = (request: CalcRequest, choices: PlanChoices = {}) => planOf(calculate(request, catalogue), choices);

describe('how the gateway sees the tunnel', () => {
  test.for<[CalcRequest, PlanChoices, string, string]>([
    [{ cipher: 'aes256' }, {}, 'ipsec', 'policy'],
    [{ cipher: 'aes256' }, { ifId: 7 }, 'ipsec', 'xfrm'],
    [{ cipher: 'aes256' }, { ipsec: 'vti' }, 'ipsec', 'vti'],
    [{ cipher: 'aes256', mode: 'transport' }, {}, 'ipsec', 'policy'],
    [{ cipher: 'aes256', ah: true, auth: 'sha256' }, {}, 'ipsec', 'policy'],
    [{ stack: 'ipv4/esp:aes256-sha1:tunnel' }, {}, 'ipsec', 'policy'],
    [{ cipher: 'aes256', tunnel: 'gre-ipsec' }, {}, 'ipsec', 'none'],
    [{ cipher: 'aes256', tunnel: 'l2tp-ipsec' }, {}, 'ipsec', 'none'],
    [{ tunnel: 'wireguard' }, {}, 'wireguard', 'none'],
    [{ tunnel: 'gre' }, {}, 'other', 'none'],
    [{ wan: 'pppoe' }, { wanIf: 'ppp0' }, 'other', 'none'],
  ])('%o %o: %s, %s', ([request, choices, kind, style]) => {
    expect(made(request, choices)).toMatchObject({ kind, style });
  });

  test('the numbers are the calculation’s, and so are its assumptions and warnings', () => {
    const calculation = calculate({ cipher: 'aes256', wan: 'pppoe' }, catalogue);
    const plan = planOf(calculation);
    expect({ mss: plan.mss, tunnelMtu: plan.tunnelMtu, linkMtu: plan.linkMtu }).toEqual({
      mss: calculation.mss,
      tunnelMtu: calculation.tunnelMtu,
      linkMtu: calculation.linkMtu,
    });
    for (const { says } of calculation.assumptions) expect(plan.notes).toContain(says);
  });

  test.for<[CalcRequest, boolean, string]>([
    [{ cipher: 'aes256', mode: 'transport' }, true, 'IPsec transport mode'],
    [{ cipher: 'aes256', mode: 'tunnel' }, false, 'IPsec tunnel mode'],
    [{ cipher: 'aes256', tunnel: 'gre-ipsec' }, false, 'GRE over IPsec, transport mode'],
    [{ ah: true, auth: 'sha256', mode: 'transport' }, true, 'IPsec transport mode'],
  ])('%o: transport %s, called %s', ([request, transport, described]) => {
    const plan = made(request);
    expect(plan.transport).toBe(transport);
    expect(plan.described).toContain(described);
  });

  test.for<[CalcRequest, string, boolean]>([
    [{ cipher: 'aes256' }, 'ipsec', false],
    [{ wan: 'pppoe' }, 'link', false],
    [{ tunnel: 'wireguard' }, 'wireguard', false],
    [{ tunnel: 'openvpn' }, 'openvpn', false],
    [{ tunnel: 'openvpn-tcp' }, 'openvpn', false],
    [{ tunnel: 'openvpn-tap' }, 'openvpn-tap', true],
    [{ tunnel: 'gre' }, 'gre', false],
    [{ tunnel: 'dmvpn', cipher: 'aes256' }, 'gre', false],
    [{ tunnel: 'gretap' }, 'gretap', true],
    [{ tunnel: 'ipip' }, 'ipip', false],
    [{ tunnel: 'ipip', inner: 6 }, 'sit', false],
    [{ tunnel: 'ip6tnl-encaplimit' }, 'ipip', false],
    [{ tunnel: 'l2tp-ipsec', cipher: 'aes256' }, 'l2tp', false],
    [{ tunnel: 'pptp' }, 'pptp', false],
    [{ tunnel: 'vxlan-ipsec', cipher: 'aes256' }, 'vxlan', true],
    [{ tunnel: 'ovn' }, 'geneve', true],
    [{ tunnel: 'eoip' }, 'eoip', true],
    [{ tunnel: 'eoipv6' }, 'eoipv6', true],
    [{ tunnel: 'l2tpv3' }, 'l2tpv3', true],
    [{ tunnel: 'nvgre' }, 'nvgre', true],
    [{ stack: 'ipv4/udp/wireguard/ipv4/udp/vxlan/eth' }, 'vxlan', true],
    [{ stack: 'ipv4/esp:aes256-sha1:tunnel/ipv4/gre' }, 'gre', false],
  ])('%o is %s, Ethernet inside %s', ([request, tunnel, layer2]) => {
    const plan = made(request, { ...request, wanIf: 'ppp0' });
    expect({ tunnel: plan.tunnel, layer2: plan.layer2 }).toEqual({ tunnel, layer2 });
  });

  test('networks decide the IP versions', () => {
    expect(made({ cipher: 'aes256' }).families).toEqual([4, 6]);
    expect(made({ cipher: 'aes256' }, { inner: 6 }).families).toEqual([6]);
    expect(made({ cipher: 'aes256' }, { remoteNets: ['10.0.0.0/8'] }).families).toEqual([4]);
    expect(
      made({ cipher: 'aes256' }, { localNets: ['::/0', '10.0.0.0/8'], remoteNets: ['2001:db8::/32'] }).families,
    ).toEqual([6]);
  });

  test('below the IPv6 minimum it is said', () => {
    expect(made({ cipher: 'aes256', linkMtu: 1300 }).notes.join('\n')).toMatch(/below the IPv6 minimum 1280/);
  });
});

describe('networks', () => {
  test.for([
    ['10.1.2.3/24', '10.1.2.0/24'],
    ['10.1.2.3', '10.1.2.3/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/31', '255.255.255.254/31'],
    ['2001:DB8:0:0:0:0:0:1/64', '2001:db8::/64'],
    ['::', '::/128'],
    ['::1', '::1/128'],
    ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1/128'],
    ['fe80:1:2:3:4:5:6:7/9', 'fe80::/9'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
    ['::ffff:1:2/96', '::ffff:0:0/96'],
  ] as const)('%s is %s', ([text, canonical]) => {
    expect(parseNetwork(text, '--x').text).toBe(canonical);
  });
  test.for([
    '',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.256',
    '1.2.3.4/',
    '1.2.3.4/1/2',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    'g::',
    '::/129',
    '1:2:3:4:5:6:7:8:9',
    '::1%eth0',
    '10.0.0.0/-1',
  ])('%s is refused', (text) => {
    expect(() => parseNetwork(text, '--x')).toThrow(/^--x /);
  });
});

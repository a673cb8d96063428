import { describe, expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import type { Imported } from '../../src/device/imported.js';
import { MtucalcError } from '../../src/error.js';
import { catalogue } from '../../src/io/catalogue.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';

const read = (text: string, overrides: CalcRequest): Imported =>
  importPaste(text, catalogue, { from: 'paste', overrides }) as Imported;

const KEY = 'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=';
const PEER = 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=';
const STATE =
  'src 198.51.100.1 dst 203.0.113.9\n\tproto esp spi 0xc1234567 reqid 1 mode tunnel\n\treplay-window 0 flag af-unspec\n\tauth-trunc hmac(sha256) 0xdeadbeefdeadbeef 128\n\tenc cbc(aes) 0xcafebabecafebabe\n';
const plain: CalcRequest = { natT: false };
const pppoe: CalcRequest = { wan: 'pppoe' };

/** [what was pasted, the paste, what stands beside it, tunnel MTU, rows by suite] */
const rows: readonly (readonly [string, string, CalcRequest, number, number])[] = [
  ['ip -o xfrm state: a record in one line', STATE.replace(/\n\t/g, '\\\t'), {}, 1438, 1],
  ['a message quoted with bars', STATE.replace(/^/gm, '| ').replace(/\t/g, '    '), {}, 1438, 1],
  ['a page: entities and elements', `<pre><code>${STATE.replace(/\t/g, '&nbsp;&nbsp;')}</code></pre>`, {}, 1438, 1],
  [
    'RouterOS: an interface menu alone',
    '/interface gre\nadd comment="to \\"HQ\\"; mtu=1300" name=g remote-address=203.0.113.1\n',
    {},
    1476,
    1,
  ],
  [
    'RouterOS: what PPPoE agreed on',
    '[admin@gw] > /interface pppoe-client monitor pppoe-out1 once\n  status: connected\n  ac-name: BRAS1\n  ac-mac: 00:00:5E:00:53:01\n  mtu: 1480\n  mru: 1480\n',
    { tunnel: 'wireguard', outer: 4 },
    1420,
    1,
  ],
  [
    'IOS: a crypto map and its transform set',
    'crypto ipsec transform-set TS esp-aes 256 esp-sha256-hmac \n mode tunnel\ncrypto map VPN 10 ipsec-isakmp \n set peer 203.0.113.9\n set transform-set TS \ninterface GigabitEthernet0/0\n ip mtu 1492\n crypto map VPN\n',
    plain,
    1422,
    1,
  ],
  [
    'IOS: the set that the map uses, not the other',
    'crypto ipsec transform-set OLD esp-3des esp-sha-hmac \ncrypto ipsec transform-set GCM esp-gcm 256 \ncrypto map VPN 10 ipsec-isakmp \n set transform-set GCM \n',
    plain,
    1446,
    1,
  ],
  [
    'IOS: show crypto ipsec transform-set, the default aside',
    'Transform set default: { esp-aes esp-sha-hmac  } \n   will negotiate = { Transport,  }, \nTransform set TS: { esp-256-aes esp-sha512-hmac  } \n   will negotiate = { Tunnel,  }, \n',
    plain,
    1422,
    1,
  ],
  [
    'IOS: show crypto map',
    'Crypto Map IPv4 "VPN" 10 ipsec-isakmp\n\tPeer = 203.0.113.9\n\tTransform sets={\n\t\tTS:  { esp-256-aes esp-sha256-hmac  } , \n\t}\n',
    plain,
    1438,
    1,
  ],
  [
    'ASA: an IKEv2 proposal offers each cipher with each hash, GCM with none',
    'crypto ipsec ikev2 ipsec-proposal P\n protocol esp encryption aes-gcm-256 aes-256\n protocol esp integrity sha-512 sha-256\ncrypto map M 1 set peer 203.0.113.9 \ncrypto map M 1 set ikev2 ipsec-proposal P\ncrypto ikev2 policy 1\n encryption aes-256\n',
    plain,
    1422,
    3,
  ],
  [
    'ASA: IKEv1, and transport mode in a line of its own',
    'crypto ipsec ikev1 transform-set T esp-aes-256 esp-sha-hmac \ncrypto ipsec ikev1 transform-set T mode transport\ncrypto map M 1 set ikev1 transform-set T\n',
    plain,
    1458,
    1,
  ],
  [
    'PAN-OS: show vpn ipsec-sa',
    'GwID/client IP  TnID   Peer-Address  Tunnel(Gateway)  Algorithm  SPI(in)  SPI(out) life(Sec/KB) remain-time(Sec)\n1               1      203.0.113.9   to-hq(hq-gw)     ESP/A256/SHA256    C2A34B11 8D7E1F22 3600/Unlimited 2511\n2               2      203.0.113.8   to-br(br-gw)     ESP/G256/          C2A34B12 8D7E1F23 3600/Unlimited 2511\n',
    plain,
    1438,
    2,
  ],
  [
    'PAN-OS: crypto profiles in set form',
    'set network ike crypto-profiles ipsec-crypto-profiles P2 esp authentication sha512\nset network ike crypto-profiles ipsec-crypto-profiles P2 esp encryption [ aes-256-cbc aes-128-cbc ]\n',
    plain,
    1422,
    2,
  ],
  [
    'AWS: the IPsec part of the text, not the IKE part above it',
    '#1: Internet Key Exchange Configuration\n  - Authentication Algorithm : sha512\n  - Encryption Algorithm     : aes-256-cbc\n#2: IPSec Configuration\n  - Authentication Algorithm : hmac-sha1-96\n  - Encryption Algorithm     : aes-128-cbc\n',
    { natT: true },
    1422,
    1,
  ],
  ['Azure: a policy', 'IpsecEncryption     : GCMAES256\nIpsecIntegrity      : GCMAES256\n', plain, 1446, 1],
  [
    'Windows: Get-NetIPInterface',
    'ifIndex InterfaceAlias                  AddressFamily NlMtu(Bytes) InterfaceMetric Dhcp     ConnectionState PolicyStore\n------- --------------                  ------------- ------------ --------------- ----     --------------- -----------\n7       WAN Miniport                    IPv4                  1400              25 Disabled Disconnected    ActiveStore\n12      Ethernet                        IPv4                  1492              25 Enabled  Connected       ActiveStore\n',
    { tunnel: 'wireguard', outer: 4 },
    1432,
    1,
  ],
  [
    'WireGuard: dump of all interfaces',
    `wg0\t${KEY}\t${PEER}\t51820\toff\nwg0\t${PEER}\t(none)\t[2001:db8::9]:51820\t10.2.0.0/24\t1709287200\t1\t2\t25\n`,
    pppoe,
    1412,
    1,
  ],
  [
    'WireGuard: systemd-networkd',
    `[NetDev]\nName=wg0\nKind=wireguard\nMTUBytes=1440\n\n[WireGuard]\nPrivateKey=${KEY}\n\n[WireGuardPeer]\nPublicKey=${PEER}\nEndpoint=203.0.113.9:51820\n`,
    pppoe,
    1432,
    1,
  ],
  [
    'WireGuard: NetworkManager, the key in the name of the section',
    `[connection]\nid=wg0\ntype=wireguard\n\n[wireguard]\nmtu=1420\nprivate-key=${KEY}\n\n[wireguard-peer.${PEER}]\nendpoint=203.0.113.9:51820\n`,
    pppoe,
    1432,
    1,
  ],
  [
    'netplan: WireGuard and GRE',
    `network:\n  version: 2\n  ethernets:\n    eth0:\n      mtu: 1492\n  tunnels:\n    wg0:\n      mode: wireguard\n      key: ${KEY}\n      peers:\n        - keys: {public: ${PEER}}\n          endpoint: 203.0.113.9:51820\n    gre1:\n      mode: gre\n      remote: 203.0.113.9\n      local: 198.51.100.1\n`,
    {},
    1432,
    2,
  ],
  [
    'a VPN of a vendor is no link of a tunnel',
    '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9000 qdisc mq state UP\n7: ztabcdef12: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 2800 qdisc mq state UP\n8: tailscale0: <POINTOPOINT,MULTICAST,NOARP,UP,LOWER_UP> mtu 1280 qdisc mq state UP\n',
    { tunnel: 'wireguard', outer: 4 },
    8940,
    1,
  ],
];

describe('what people paste', () => {
  test.for(rows)('%s', ([, text, overrides, tunnelMtu, count]) => {
    const value = read(text, overrides);
    expect(value.tunnelMtu).toBe(tunnelMtu);
    expect(value.rows).toHaveLength(count);
    expect(JSON.stringify(value)).not.toMatch(/yAnz5TF|xTIBA5rb|deadbeef|cafebabe/);
  });

  test('the command that sets the MTU is that of the file', () => {
    const file = `[NetDev]\nKind=wireguard\nMTUBytes=1440\n[WireGuard]\n[WireGuardPeer]\nEndpoint=203.0.113.9:51820\n`;
    expect(read(file, pppoe).findings).toMatchObject([{ code: 'interface-mtu', fix: 'MTUBytes=1432' }]);
    expect(read(file.replace('1440', '1432'), pppoe).findings).toMatchObject([{ code: 'interface-mtu-agrees' }]);
  });
});

describe('what says nothing of the kind is named, with what would help', () => {
  test.for([
    [
      '[admin@gw] > /ip ipsec active-peers print\n 0  N  established  4h14m13s  1 203.0.113.77\n #  ID  STATE  UPTIME  PH2-TOTAL REMOTE-ADDRESS\n',
      /installed-sa/,
    ],
    ['Crypto session current status\n\nInterface: Tunnel10\nSession status: UP-ACTIVE\n', /show crypto ipsec sa/],
    ["'HQ' 203.0.113.9:0  selectors(total,up): 1/1  rx(pkt,err): 1234/0\n", /diagnose vpn tunnel list/],
    ['006 #2: "a", type=ESP, add_time=1, inBytes=336, outBytes=336\n', /ip xfrm state/],
    [
      'src 10.1.0.0/16 dst 10.2.0.0/16 \n\tdir out priority 371327 ptype main \n\ttmpl src 198.51.100.1 dst 203.0.113.9\n\t\tproto esp spi 0xc1234567 reqid 1 mode tunnel\n',
      /ip xfrm state/,
    ],
    ['HOST: gw          Loss%   Snt   Last\n  1.|-- 192.0.2.1   0.0%    10    0.5\n', /tracepath/],
  ] as const)('%s', ([text, hint]) => {
    let refused: unknown;
    try {
      read(text, {});
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(MtucalcError);
    expect((refused as MtucalcError).hint).toMatch(hint);
  });

  const ETH =
    '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP\n    link/ether 00:00:5e:00:53:01 brd ff:ff:ff:ff:ff:ff\n';
  const device = (name: string, link: string, kind: string): string =>
    `9: ${name}@NONE: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1480 qdisc noqueue state UNKNOWN\n    link/${link} 198.51.100.1 peer 203.0.113.9\n    ${kind} remote 203.0.113.9 local 198.51.100.1\n${ETH}`;
  test.for([
    ['a VTI, whatever it is called', device('to-hq', 'ipip', 'vti'), /no SA/],
    ['a VTI in ip addr', device('vti0', 'ipip', '').replace(/ {5}remote.*\n/, ''), /no SA/],
    [
      'GRE with checksums',
      device('gre1', 'gre', 'gre').replace('local 198.51.100.1\n', 'local 198.51.100.1 icsum ocsum\n'),
      /checksums/,
    ],
  ] as const)('%s has no figure of its own', ([, text, says]) => {
    expect(() => read(text, {})).toThrow(says);
  });
  test('IP in IP has one', () => {
    expect(read(device('ipip1', 'ipip', 'ipip'), {}).tunnelMtu).toBe(1480);
  });

  test('a tunnel that is disabled is said to be so', () => {
    expect(() =>
      read('/interface eoip\nadd disabled=yes mtu=1500 name=eoip1 remote-address=203.0.113.1\n', {}),
    ).toThrow(/eoip1 is disabled/);
  });
});

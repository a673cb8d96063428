import { expect, test } from 'vitest';
import { importDevice } from '../../src/device/import.js';
import { catalogue } from '../../src/io/catalogue.js';

const read = (text: string, overrides = {}) => importDevice(text, catalogue, { from: 'paste', overrides }).value;

const ETH = '2: eth0: <BROADCAST,UP> mtu 1500\n    inet 198.51.100.4/24 scope global eth0\n';
const wg = (mtu: number): string =>
  `6: wg0: <POINTOPOINT,NOARP,UP> mtu ${mtu}\n    link/none\n    inet 10.9.0.1/24 scope global wg0\n`;
const vxlan = (mtu: number, ends: string): string =>
  `5: vxlan7: <BROADCAST,UP> mtu ${mtu}\n    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n    vxlan id 7 ${ends} srcport 0 0 dstport 4789\n`;
const routeros = (eoip: string, address = '/ip address\nadd address=10.9.0.1/24 interface=wg1\n'): string =>
  `/interface wireguard\nadd mtu=1420 name=wg1\n/interface wireguard peers\nadd endpoint-address=203.0.113.5 interface=wg1\n/interface eoip\nadd ${eoip}\n${address}`;

/** The row of the tunnel inside: its link MTU and its own MTU. */
test.for([
  // what, text, overrides, name, link MTU, tunnel MTU
  [
    'VXLAN whose local address is WireGuard’s',
    vxlan(1450, 'remote 10.9.0.2 local 10.9.0.1') + wg(1420) + ETH,
    {},
    'vxlan7',
    1420,
    1370,
  ],
  ['VXLAN that names its device', vxlan(1450, 'remote 10.9.0.2 dev wg0') + wg(1420) + ETH, {}, 'vxlan7', 1420, 1370],
  [
    'VXLAN whose peer is in WireGuard’s network',
    vxlan(1450, 'remote 10.9.0.2') + wg(1420) + ETH,
    {},
    'vxlan7',
    1420,
    1370,
  ],
  [
    'VXLAN between other addresses is on the link',
    vxlan(1450, 'remote 203.0.113.7 local 198.51.100.4') + wg(1420) + ETH,
    {},
    'vxlan7',
    1500,
    1450,
  ],
  [
    'a peer beside the network is on the link',
    vxlan(1450, 'remote 10.9.1.2') + wg(1420) + ETH,
    {},
    'vxlan7',
    1500,
    1450,
  ],
  [
    'the tunnel around is larger than what fits it',
    vxlan(1450, 'remote 10.9.0.2 local 10.9.0.1') + wg(1500) + ETH,
    {},
    'vxlan7',
    1420,
    1370,
  ],
  [
    'the WAN that is said is that of the tunnel around',
    vxlan(1450, 'remote 10.9.0.2 local 10.9.0.1') + wg(1420) + ETH,
    { wan: 'pppoe' },
    'vxlan7',
    1412,
    1362,
  ],
  [
    'RouterOS: EoIP to a peer in WireGuard’s network',
    routeros('name=eoip1 remote-address=10.9.0.2 tunnel-id=5'),
    {},
    'eoip1',
    1420,
    1378,
  ],
  [
    'RouterOS: EoIP with a local address of WireGuard’s',
    routeros('local-address=10.9.0.1 name=eoip1 remote-address=10.9.0.2'),
    {},
    'eoip1',
    1420,
    1378,
  ],
  ['RouterOS: EoIP to the Internet', routeros('name=eoip1 remote-address=203.0.113.9'), {}, 'eoip1', 1500, 1458],
  [
    'RouterOS: without addresses nothing is known',
    routeros('name=eoip1 remote-address=10.9.0.2', ''),
    {},
    'eoip1',
    1500,
    1458,
  ],
] as const)('%s', ([, text, overrides, name, linkMtu, tunnelMtu]) => {
  const { rows, linkMtu: of, limiting } = read(text, overrides);
  const row = rows.find((one) => one.interface === name);
  expect(row).toMatchObject({ linkMtu, tunnelMtu });
  if (rows[limiting] === row) expect(of).toBe(linkMtu);
});

test('an interface that is too large for the tunnel around it is named', () => {
  const { findings } = read(vxlan(1450, 'remote 10.9.0.2 local 10.9.0.1') + wg(1420) + ETH);
  expect(findings.map(({ code }) => code)).toEqual(['interface-mtu', 'interface-mtu-agrees']);
  expect(findings[0]?.says).toContain('80 octets more than the 1370');
});

test('tunnels that name each other as their device end', () => {
  const one = '5: a: <UP> mtu 1400\n    vxlan id 7 remote 10.0.0.2 dev b dstport 4789\n';
  const two = '6: b: <UP> mtu 1390\n    vxlan id 8 remote 10.0.0.3 dev a dstport 4789\n';
  expect(read(one + two).rows).toHaveLength(2);
});

const L2TP =
  'src 192.168.1.7 dst 203.0.113.8\n\tproto esp spi 0xc0000001 reqid 1 mode transport\n\tauth-trunc hmac(sha1) 0x00 96\n\tenc cbc(aes) 0x00000000000000000000000000000000\n\tencap type espinudp sport 4500 dport 4500 addr 0.0.0.0\n\tsel src 192.168.1.7/32 dst 203.0.113.8/32 proto udp sport 1701 dport 1701\n';
const ppp = (address: string): string =>
  `5: ppp0: <POINTOPOINT,MULTICAST,NOARP,UP> mtu 1410\n    link/ppp\n${address === '' ? '' : `    inet ${address} peer 10.64.0.1/32 scope global ppp0\n`}`;

test.for([
  ['the session of L2TP is no link under it', ppp('10.64.0.10'), 1500, 1404],
  ['PPPoE that holds the SA’s address is', ppp('192.168.1.7'), 1410, 1324],
  ['a ppp interface without addresses may be either: the smaller counts', ppp(''), 1410, 1324],
] as const)('%s', ([, text, linkMtu, tunnelMtu]) => {
  expect(read(L2TP + text)).toMatchObject({ linkMtu, tunnelMtu });
});

test('the session of L2TP is compared with what fits', () => {
  const [finding] = read(L2TP + ppp('10.64.0.10')).findings;
  expect(finding).toMatchObject({ code: 'interface-mtu', fix: expect.stringContaining('pppd') });
});

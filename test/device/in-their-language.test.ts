import { expect, test } from 'vitest';
import { importDevice } from '../../src/device/import.js';
import { catalogue } from '../../src/io/catalogue.js';

const read = (text: string, overrides = {}) => importDevice(text, catalogue, { from: 'paste', overrides }).value;

const FORTIOS = (mss: number): string =>
  `config system interface\nedit "wan1"\nset mode pppoe\nnext\nedit "HQ"\nset interface "wan1"\nset tcp-mss ${mss}\nnext\nend\nconfig vpn ipsec phase1-interface\nedit "HQ"\nset interface "wan1"\nset proposal aes256-sha256\nset remote-gw 203.0.113.66\nnext\nend\nconfig vpn ipsec phase2-interface\nedit "HQ"\nset phase1name "HQ"\nset proposal aes256-sha256\nnext\nend\n`;
const JUNOS = (mss: number): string =>
  `set security flow tcp-mss ipsec-vpn mss ${mss}\nset security ipsec proposal P protocol esp\nset security ipsec proposal P authentication-algorithm hmac-sha-256-128\nset security ipsec proposal P encryption-algorithm aes-256-cbc\nset security ipsec policy POL proposals P\n`;
const IOS = (mss: number): string =>
  `crypto ipsec transform-set T esp-aes 256 esp-sha256-hmac\ncrypto ipsec profile P\n set transform-set T\ninterface Tunnel1\n ip tcp adjust-mss ${mss}\n tunnel source 198.51.100.4\n tunnel destination 203.0.113.9\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\n`;
const VYOS = (mss: number): string =>
  `set interfaces vti vti0 ip adjust-mss ${mss}\nset vpn ipsec esp-group E proposal 1 encryption aes256\nset vpn ipsec esp-group E proposal 1 hash sha256\nset vpn ipsec site-to-site peer 203.0.113.9 vti bind vti0\n`;
const ROUTEROS = (mss: number): string =>
  `/ip ipsec proposal\nset [ find default=yes ] auth-algorithms=sha256 enc-algorithms=aes-256-cbc\n/ip firewall mangle\nadd action=change-mss chain=forward new-mss=${mss} protocol=tcp tcp-flags=syn\n`;

test.for([
  ['FortiOS', FORTIOS, 'set tcp-mss 1382'],
  ['Junos', JUNOS, 'set security flow tcp-mss ipsec-vpn mss 1382'],
  ['IOS', IOS, 'ip tcp adjust-mss 1382'],
  ['VyOS', VYOS, 'set interfaces vti vti0 ip adjust-mss 1382'],
  ['RouterOS', ROUTEROS, 'new-mss=1382'],
] as const)('%s: a clamp above what fits is cured in the language of the box', ([, text, fix]) => {
  expect(read(text(1383)).findings).toMatchObject([{ code: 'mss-above-budget', fix }]);
  expect(read(text(1382)).findings).toMatchObject([{ code: 'clamp-fits' }]);
});

const NETSH = (head: string, rows: string): string => `C:\\>netsh interface ipv4 show x\n\n${head}\n${rows}\n`;
const SUB = '------  ---------------  ---------  ---------  -------------';
const ALL = '---  ----------  ----------  ------------  ---------------------------';
test.for([
  [
    'German headings',
    `   MTU  Medienstatus   Bytes eingehend  Bytes ausgehend  Schnittstelle\n${SUB}`,
    '4294967295                1          0     139433  Loopback Pseudo-Interface 1\n  1492                1  812736812   61273612  Ethernet\n  1420                1    1827361     273812  wg-office',
    1432,
  ],
  [
    'show interfaces',
    `Idx     Met         MTU          State                Name\n${ALL}`,
    '  1          75  4294967295  connected     Loopback Pseudo-Interface 1\n 12          25        1492  connected     Wi-Fi\n  9           5        1400  disconnected  Ethernet 2\n 23           5        1420  connected     wg0',
    1432,
  ],
  [
    'disconnected in another language',
    `Idx     Met         MTU          Status                Name\n${ALL}`,
    '  7          25        1400  getrennt      LAN\n 12          25        1492  verbunden     WLAN',
    1432,
  ],
] as const)('netsh: %s', ([, head, rows, tunnelMtu]) => {
  expect(read(NETSH(head, rows), { tunnel: 'wireguard', outer: 4 })).toMatchObject({ linkMtu: 1492, tunnelMtu });
});

test('ifconfig: a name without its colon', () => {
  const text =
    "con1: #5, ESTABLISHED, IKEv2, 1111222233334444_i* 5555666677778888_r\n  local  'a' @ 192.168.0.2[4500]\n  remote 'b' @ 203.0.113.81[4500]\n  con1: #11, reqid 1, INSTALLED, TUNNEL-in-UDP, ESP:AES_GCM_16-256\n    in  c1111111,      0 bytes,     0 packets\nipsec1: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> metric 0 mtu 1400\n";
  expect(read(text).findings[0]?.says).toMatch(/^interface ipsec1 has MTU 1400/);
});

test.for([
  ['forced for the only peer', 'force-udp-encapsulation', '', true],
  ['EdgeOS', 'force-encapsulation enable', '', true],
  ['not forced', 'force-encapsulation disable', '', null],
  [
    'forced for one of two',
    'force-udp-encapsulation',
    'set vpn ipsec site-to-site peer 203.0.113.10 local-address 198.51.100.4\n',
    null,
  ],
] as const)('VyOS: UDP encapsulation %s', ([, word, more, natT]) => {
  const text = `${VYOS(1300)}set vpn ipsec site-to-site peer 203.0.113.9 ${word}\n${more}`;
  expect(read(text).rows[0]?.natT).toBe(natT);
});

test.for([
  // Link MTU, ASA's pair, agrees.
  [1500, '55(36)', true],
  [1499, '55(36)', true],
  [1500, '57(36)', true],
  [1500, '56(36)', false],
  [1500, '54(36)', false],
  [1500, '55(44)', false],
] as const)('ASA, AES-GCM at link MTU %i: ipsec overhead %s', ([mtu, pair, agrees]) => {
  const text = `      path mtu ${mtu}, ipsec overhead ${pair}, media mtu ${mtu}\n    inbound esp sas:\n      spi: 0x0A1B2C3D (169552957)\n         transform: esp-aes-gcm-256 esp-null-hmac no compression \n         in use settings ={L2L, Tunnel, IKEv2, }\n`;
  const [finding] = read(text).findings;
  expect(finding?.code).toBe(agrees ? 'device-overhead-agrees' : 'device-overhead-differs');
  expect(finding?.says).not.toMatch(/waste -/);
});

const FILTERED = (port: string, settings: string): string =>
  `R1#show crypto ipsec sa | i transform|mtu|settings|port\n   current_peer 203.0.113.1 port ${port}\n     plaintext mtu 1422, path mtu 1500, ip mtu 1500, ip mtu idb Gi1\n        transform: esp-256-aes esp-sha256-hmac ,\n${settings}        transform: esp-256-aes esp-sha256-hmac ,\n${settings}   current_peer 203.0.113.2 port 500\n     plaintext mtu 1446, path mtu 1500, ip mtu 1500, ip mtu idb Gi1\n        transform: esp-gcm 256 ,\n`;
test.for([
  ['settings say UDP', '4500', '        in use settings ={Tunnel UDP-Encaps, }\n', true],
  ['settings say none, whatever the port', '4500', '        in use settings ={Tunnel, }\n', false],
  ['the port alone: 4500', '4500', '', true],
  ['the port alone: 500', '500', '', false],
] as const)('IOS: lines that a filter left: %s', ([, port, settings, natT]) => {
  const { rows } = read(FILTERED(port, settings));
  expect(rows.map((row) => [row.between[0], row.natT, row.suite])).toEqual([
    ['? > 203.0.113.1', natT, 'AES-CBC-256 with HMAC-SHA2-256-128'],
    ['? > 203.0.113.2', false, 'AES-GCM-16-256'],
  ]);
});

test.for([
  ['its interface', 'interface: GigabitEthernet0/0\n'],
  ['nothing', ''],
] as const)('IOS: a transform below %s, no pair before it', ([, before]) => {
  const { rows } = read(`${before}        transform: esp-gcm 256 ,\n        in use settings ={Tunnel UDP-Encaps, }\n`);
  expect(rows).toMatchObject([{ suite: 'AES-GCM-16-256', natT: true }]);
});

test.for([
  ['', null],
  ['comp-lzo no\n', 'put 1 into'],
  ['compress lz4\n', 'put 1 into'],
  ['compress lz4-v2\n', null],
  ['fragment 1300\n', 'put 4 into'],
  ['comp-lzo\nfragment 1300\n', 'put 5 into'],
] as const)('OpenVPN: what options put inside: %j', ([option, says]) => {
  const { assumptions } = read(`dev tun\nproto udp4\nremote 203.0.113.9 1194\ncipher AES-256-GCM\n${option}`);
  const found = assumptions.find((one) => one.says.includes('into each packet'))?.says ?? null;
  expect(found === null ? found : found.includes(says ?? 'nothing')).toBe(says === null ? null : true);
});

const TWO = (first: string, second: string): string =>
  `config system interface\nedit "wan1"\nset mode pppoe\nnext\nedit "A"\nset interface "wan1"\nset tcp-mss ${first}\nnext\nedit "B"\nset interface "wan1"\nset tcp-mss ${second}\nnext\nend\nconfig vpn ipsec phase1-interface\nedit "A"\nset interface "wan1"\nset nattraversal disable\nnext\nedit "B"\nset interface "wan1"\nset nattraversal disable\nnext\nend\nconfig vpn ipsec phase2-interface\nedit "A"\nset phase1name "A"\nset proposal aes256gcm\nnext\nedit "B"\nset phase1name "B"\nset proposal aes256-sha512\nnext\nend\n`;
test.for([
  ['1398', '1366', ['clamp-fits', 'clamp-fits']],
  ['1399', '1366', ['mss-above-budget', 'clamp-fits']],
  ['1366', '1367', ['clamp-fits', 'mss-above-budget']],
] as const)('FortiOS: each clamp is held against its own tunnel: %s and %s', ([first, second, codes]) => {
  expect(read(TWO(first, second)).findings.map(({ code }) => code)).toEqual(codes);
});

test.for([
  ['', 'ip', 1422],
  ['set encapsulation gre\n', 'gre', 1398],
  ['set encapsulation vxlan\n', 'vxlan', 1372],
] as const)('FortiOS: phase 1 with %j', ([line, payload, tunnelMtu]) => {
  const text = FORTIOS(1300).replace('set remote-gw', `${line}set remote-gw`);
  expect(read(text)).toMatchObject({ rows: [{ payload, interface: 'HQ', tunnelMtu }] });
});

const WINDOWS = (type: string): string =>
  `TunnelType            : ${type}\nPS C:\\> (Get-VpnConnection HQ).IPsecCustomPolicy\n\nAuthenticationTransformConstants : SHA256128\nCipherTransformConstants         : AES256\nDHGroup                          : Group14\nEncryptionMethod                 : AES128\nIntegrityCheckMethod             : SHA384\n`;
test.for([
  ['IKEv2', WINDOWS('Ikev2'), 'ip', 'AES-CBC-256 with HMAC-SHA2-256-128', 1422],
  ['L2TP', WINDOWS('L2tp'), 'l2tp', 'AES-CBC-256 with HMAC-SHA2-256-128', 1404],
  [
    'the command',
    'Set-VpnConnectionIPsecConfiguration -ConnectionName "HQ" -AuthenticationTransformConstants GCMAES128 -CipherTransformConstants GCMAES128 -EncryptionMethod AES256 -DHGroup Group14\n',
    'ip',
    'AES-GCM-16-128',
    1438,
  ],
] as const)('Windows VPN connection: %s', ([, text, payload, suite, tunnelMtu]) => {
  expect(read(text, { natT: true })).toMatchObject({ tunnelMtu, rows: [{ payload, suite }] });
});

const SONICOS = (encryption: string, authentication: string): string =>
  `vpn policy site-to-site "HQ"\n    enable\n    gateway primary 203.0.113.88\n    proposal ike encryption aes-256\n    proposal ike authentication sha-512\n    proposal ipsec protocol esp\n    proposal ipsec encryption ${encryption}\n    proposal ipsec authentication ${authentication}\n    exit\n`;
test.for([
  ['aes-256', 'sha-256', 'AES-CBC-256 with HMAC-SHA2-256-128', 1438],
  ['aes-128', 'sha-1', 'AES-CBC-128 with HMAC-SHA1-96', 1438],
  ['aes-256', 'sha-512', 'AES-CBC-256 with HMAC-SHA2-512-256', 1422],
  ['triple-des', 'md5', '3DES-CBC with HMAC-MD5-96', 1446],
] as const)('SonicOS: %s with %s', ([encryption, authentication, suite, tunnelMtu]) => {
  const { rows } = read(SONICOS(encryption, authentication), { natT: false });
  expect(rows).toMatchObject([{ name: 'HQ', suite, tunnelMtu, between: ['? > 203.0.113.88'] }]);
});

test('netplan: a VTI is said to be left out', () => {
  const text =
    'network:\n  version: 2\n  tunnels:\n    vti0:\n      mode: vti\n      local: 192.0.2.1\n      remote: 203.0.113.2\n      mtu: 1480\n    sit0:\n      mode: sit\n      local: 192.0.2.1\n      remote: 203.0.113.3\n';
  expect(read(text).assumptions.map(({ says }) => says)).toContain(
    'vti0 is a VTI: what IPsec takes is not in this file, and its MTU was not compared',
  );
});

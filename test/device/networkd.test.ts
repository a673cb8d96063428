import { describe, expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import { catalogue } from '../../src/io/catalogue.js';
import { lint } from '../../src/lint/lint.js';

/** Units of systemd-networkd: systemd.netdev(5), systemd.network(5). */
const netdev = (kind: string, mtu: number | null, more: string): string =>
  `[NetDev]\nName=tun7\nKind=${kind}\n${mtu === null ? '' : `MTUBytes=${mtu}\n`}\n${more}`;
const ends = 'Local=192.0.2.1\nRemote=198.51.100.7\n';
const link = (mtu: number): string =>
  `\n[Match]\nName=eth0\n\n[Network]\nAddress=192.0.2.1/24\n\n[Link]\nMTUBytes=${mtu}\n`;
const read = (text: string) => {
  const value = importPaste(text, catalogue, { from: 'paste', overrides: {} });
  if (!('tunnelMtu' in value)) throw new Error('no tunnel');
  return { mtu: value.tunnelMtu, link: value.linkMtu, codes: value.findings.map(({ code }) => code) };
};

describe.for([
  ['gre', `[Tunnel]\n${ends}`, 1476],
  ['ipip', `[Tunnel]\n${ends}`, 1480],
  ['vxlan', `[VXLAN]\nVNI=42\n${ends}`, 1450],
] as const)('%s', ([kind, more, fits]) => {
  test('fits', () =>
    expect(read(netdev(kind, fits, more))).toMatchObject({ mtu: fits, codes: ['interface-mtu-agrees'] }));
  test('is too large', () => expect(read(netdev(kind, fits + 1, more)).codes).toEqual(['interface-mtu']));
  test('on a smaller link', () =>
    expect(read(netdev(kind, fits, more) + link(1492))).toMatchObject({
      mtu: fits - 8,
      link: 1492,
      codes: ['interface-mtu'],
    }));
  test('without an MTU of its own', () =>
    expect(read(link(1492) + netdev(kind, null, more))).toMatchObject({ mtu: fits - 8, codes: [] }));
});

const wireguard = (mtu: number): string =>
  `[NetDev]\nName=wg7\nKind=wireguard\nMTUBytes=${mtu}\n\n[WireGuard]\nListenPort=51820\n\n[WireGuardPeer]\nAllowedIPs=10.0.0.0/24\nEndpoint=198.51.100.7:51820\n`;
test.for([
  [1440, []],
  [1441, ['interface-mtu']],
] as const)('lint: WireGuard of %i', ([mtu, codes]) => {
  const { findings } = lint(wireguard(mtu));
  expect(findings.map(({ code }) => code)).toEqual(codes);
  for (const { fix } of findings) expect(fix).toBe('MTUBytes=1440');
});

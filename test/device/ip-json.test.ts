import { describe, expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import { catalogue } from '../../src/io/catalogue.js';

/** `ip -j`: read as the same without -j. */
const read = (text: string) => importPaste(text, catalogue, { from: 'paste', overrides: {} });
const eth = {
  ifindex: 2,
  ifname: 'eth0',
  flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
  mtu: 1492,
  link_type: 'ether',
  address: '52:54:00:00:00:01',
  broadcast: 'ff:ff:ff:ff:ff:ff',
};
const vxlan = {
  ifindex: 3,
  ifname: 'vx0',
  flags: ['BROADCAST', 'MULTICAST', 'UP'],
  mtu: 1500,
  link_type: 'ether',
  address: 'c2:19:a5:94:04:11',
  broadcast: 'ff:ff:ff:ff:ff:ff',
  linkinfo: { info_kind: 'vxlan', info_data: { id: 42, remote: '198.51.100.7', local: '192.0.2.1', port: 4789 } },
};
const tunnel = (text: string) => {
  const value = read(text);
  if (!('tunnelMtu' in value)) throw new Error('no tunnel');
  return { mtu: value.tunnelMtu, link: value.linkMtu, codes: value.findings.map(({ code }) => code) };
};

describe.for([
  ['in one line', (value: unknown) => JSON.stringify(value)],
  ['pretty', (value: unknown) => JSON.stringify(value, null, 8)],
] as const)('%s', ([, print]) => {
  test('a tunnel and the link below it', () => {
    const { mtu, link, codes } = tunnel(`$ ip -j -d link\n${print([eth, vxlan])}\n`);
    expect([mtu, link]).toEqual([1442, 1492]);
    expect(codes).toEqual(['interface-mtu']);
  });
  test('a tunnel that fits', () =>
    expect(tunnel(`${print([eth, { ...vxlan, mtu: 1442 }])}\n`).codes).toEqual(['interface-mtu-agrees']));
  test('links and routes in one paste', () => {
    const text = `${print([{ ...eth, mtu: 1500 }, vxlan])}\n${print([{ dst: '198.51.100.7', gateway: '192.0.2.254', dev: 'eth0', flags: [], metrics: [{ mtu: 1400 }] }])}\n`;
    expect(JSON.stringify(read(text))).toContain('route 198.51.100.7, mtu 1400');
  });
  test('what a PTB taught expires', () => {
    const learned = {
      dst: '198.51.100.7',
      gateway: '192.0.2.254',
      dev: 'eth0',
      flags: [],
      expires: 597,
      metrics: [{ mtu: 1400 }],
    };
    expect(read(`${print([learned])}\n`)).toMatchObject({ measurements: [{ to: '198.51.100.7', ptb: 1400 }] });
  });
  test('an advertised route expires as well, and is no PTB', () => {
    const advertised = {
      dst: 'default',
      gateway: 'fe80::1',
      dev: 'eth0',
      protocol: 'ra',
      flags: [],
      expires: 1799,
      metrics: [{ mtu: 1492 }],
    };
    expect(() => read(`${print([advertised])}\n`)).toThrow('holds no SA');
  });
});
test.for(['[', '[{"ifname":', `[${'['.repeat(5000)}`, '[{"ifname":"a\\nb","mtu":"x"}]', '[1,2,{"ifname":{}}]\n]'])(
  'what is no such list: %s',
  (text) => expect(() => read(`${text}\n`)).toThrow(),
);

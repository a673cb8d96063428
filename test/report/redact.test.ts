import { expect, test } from 'vitest';
import { redacted, redactor } from '../../src/report/redact.js';

test('the same address is the same everywhere, prefixes are kept, private stays private', () => {
  const value = redacted({
    a: '203.0.113.7:40000 -> 10.20.30.40:443',
    b: ['from 203.0.113.7', '203.0.113.9', '10.20.30.41', '10.21.1.1', '192.168.7.9/24'],
    c: '2001:470:1f0b:55::7 and fe80::1234, ::1',
  });
  const [, public1 = '', private1 = ''] = /^(\S+):\d+ -> (\S+):\d+$/.exec(value.a) ?? [];
  expect(value.b[0]).toBe(`from ${public1}`);
  expect(value.b[1]?.split('.').slice(0, 3)).toEqual(public1.split('.').slice(0, 3));
  expect(value.b[2]?.split('.').slice(0, 3)).toEqual(private1.split('.').slice(0, 3));
  expect(value.b[3]?.split('.')[1]).not.toBe(private1.split('.')[1]);
  expect(value.b[4]).toMatch(/^192\.168\.\d+\.\d+\/24$/);
  expect(private1).toMatch(/^10\./);
  expect(JSON.stringify(value)).not.toMatch(/203\.0\.113|20\.30|2001:470|fe80::1234|40000/);
});

test('names go wherever they stand; numbers, codes and telling ports stay', () => {
  const value = redacted({
    name: 'acme-hq',
    code: 'interface-mtu',
    mtu: 1422,
    says: 'interface acme-hq: 198.51.100.2:4500',
    text: { names: [['240.0.0.1', 'pc17.acme.example']] },
    also: 'pc17.acme.example:443',
  });
  expect(value).toMatchObject({ code: 'interface-mtu', mtu: 1422 });
  expect(value.says).toMatch(/^interface name-\d: \d+\.\d+\.\d+\.\d+:4500$/);
  expect(JSON.stringify(value)).not.toContain('acme');
});

test.for([
  ['172.15.1.1', false],
  ['172.16.1.1', true],
  ['172.31.1.1', true],
  ['172.32.1.1', false],
  ['192.168.1.1', true],
  ['192.169.1.1', false],
  ['169.254.1.1', true],
] as const)('%s is private: %s', ([address, kept]) => {
  expect(redacted(address).startsWith(address.replace(/\.1\.1$/, '.'))).toBe(kept);
});

test('versions and times are no addresses', () => {
  expect(redacted('RouterOS 7.15.3 at 10:00:00.250000, tcpdump 4.99.3')).toBe(
    'RouterOS 7.15.3 at 10:00:00.250000, tcpdump 4.99.3',
  );
});

test('values that come one by one: the same is the same in all, up to what is remembered', () => {
  const next = redactor(9);
  expect(next({ file: 'acme.pcap', from: '203.0.113.7' })).toEqual({ file: 'name-1', from: '21.1.1.1' });
  expect(next({ file: 'acme.pcap', from: '203.0.113.7' })).toEqual({ file: 'name-1', from: '21.1.1.1' });
  expect(() => next({ file: 'other.pcap', from: '203.0.113.8' })).toThrow(/remembers 9 at most/);
});

import { describe, expect, test } from 'vitest';
import { addressText } from '../../src/packet/address.js';
import { addressOctets } from '../../src/packet/address-octets.js';

const addresses = [
  '0.0.0.0',
  '10.1.0.2',
  '255.255.255.255',
  '::',
  '::1',
  '2001:db8::2',
  'fe80::1:2:3:4',
  '1:2:3:4:5:6:7:8',
];
const others = [
  ['fe80::1%eth0', 'fe80::1'],
  ['::ffff:10.1.0.2', '::ffff:a01:2'],
  ['2001:DB8:0:0::2', '2001:db8::2'],
] as const;
const refused = [
  '',
  '10.1.0',
  '10.1.0.256',
  '10.1.0.2.3',
  '1:2',
  '1::2::3',
  '1:2:3:4:5:6:7:8::',
  '12345::',
  'fe80::x',
  '::10.1.0',
  'localhost',
  '10.1.0.2/24',
];

describe('an address and its octets', () => {
  test.for(addresses)('%s', (text) => {
    const octets = addressOctets(text)!;
    expect(addressText(octets, 0, octets.length === 4 ? 4 : 6)).toBe(text);
  });
  test.for(others)('%s', ([text, plain]) => {
    expect(addressText(addressOctets(text)!, 0, 6)).toBe(plain);
  });
  test.for(refused)('%s is none', (text) => expect(addressOctets(text)).toBeUndefined());
});

import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import { suitesAsked } from '../../src/mtu/proposals.js';
import { suiteName } from '../../src/mtu/suite.js';
import { suiteOfParts } from '../../src/mtu/suite-parts.js';

const blank = { encr: null, integ: null, keyBits: null, icv: null, ah: null };

describe('a suite from parts that were named apart', () => {
  test.for([
    // parts, text, name, tunnel MTU on 1500 without NAT-T
    [
      { encr: 'aes-cbc', integ: 'sha256-128', keyBits: 256 },
      'aes-cbc-256 sha256-128',
      'AES-CBC-256 with HMAC-SHA2-256-128',
      1438,
    ],
    [
      { encr: 'aes-cbc', integ: 'sha512-256', keyBits: 128, icv: 16 },
      'aes-cbc-128 sha512-128',
      'AES-CBC-128 with HMAC-SHA2-512 cut to 128 bits',
      1438,
    ],
    [{ encr: '3des-cbc', integ: 'sha1-96', keyBits: 192 }, '3des-cbc sha1-96', '3DES-CBC with HMAC-SHA1-96', 1446],
    [{ encr: 'aes-gcm-16', keyBits: 256 }, 'aes-gcm-16-256', 'AES-GCM-16-256', 1446],
    [
      { encr: 'esp-256-aes', integ: 'esp-sha-hmac', keyBits: 256 },
      'aes-cbc-256 sha1-96',
      'AES-CBC-256 with HMAC-SHA1-96',
      1438,
    ],
  ] as const)('%o', ([parts, text, name, mtu]) => {
    const suite = suiteOfParts({ ...blank, ...parts }, catalogue);
    expect(suite?.text).toBe(text);
    expect(suite && suiteName(suite)).toBe(name);
    expect(calculate({ cipher: suite ?? undefined, natT: false }, catalogue).tunnelMtu).toBe(mtu);
  });
  test('its text names the same suite to --cipher, where every row is in the catalogue', () => {
    const suite = suiteOfParts({ ...blank, encr: 'camellia-cbc', integ: 'sha384-192', keyBits: 192 }, catalogue);
    expect(suitesAsked(suite?.text ?? '', catalogue)[0]).toMatchObject({
      encr: suite?.encr,
      integ: suite?.integ,
      keyBits: 192,
    });
  });
  test('AH alone', () =>
    expect(
      calculate({ ah: true, cipher: suiteOfParts({ ...blank, ah: 'sha256-128' }, catalogue) ?? undefined }, catalogue)
        .tunnelMtu,
    ).toBe(1452));
  test('a proposal of several suites is none', () =>
    expect(suiteOfParts({ ...blank, encr: 'aes256-sha1-sha512' }, catalogue)).toBeNull());
  test('an AEAD takes no integrity algorithm', () =>
    expect(() => suiteOfParts({ ...blank, encr: 'aes-gcm-16', integ: 'sha1' }, catalogue)).toThrow(
      'its own 16-octet ICV',
    ));
  test('an unknown name is refused', () =>
    expect(() => suiteOfParts({ ...blank, encr: 'aes-cbc', integ: 'sha3' }, catalogue)).toThrow('unknown integrity'));
});

test('an integrity algorithm given apart takes the place of the suite’s own', () => {
  const suite = suiteOfParts({ ...blank, encr: 'aes-cbc', integ: 'sha1-96' }, catalogue);
  expect(calculate({ cipher: suite ?? undefined, auth: 'sha512', natT: false }, catalogue).tunnelMtu).toBe(1422);
});

import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { parseSuites, splitSuites } from '../../src/mtu/proposals.js';
import { suiteName } from '../../src/mtu/suite.js';

const ids = (text: string, auth?: string) =>
  parseSuites(text, catalogue, { auth }).map(({ encr, integ, ah }) =>
    [ah && `ah:${ah.id}`, encr?.id, integ?.id].filter(Boolean).join(' '),
  );

const spellings = [
  // strongSwan proposals, ipsec.conf's "!" and the print form of --list-sas
  ['aes256-sha1', 'aes-cbc sha1-96'],
  ['aes256-sha256-modp2048', 'aes-cbc sha256-128'],
  ['aes128-sha256-ecp256-esn', 'aes-cbc sha256-128'],
  ['aes256gcm16', 'aes-gcm-16'],
  ['aes256gcm16-prfsha384-ecp384', 'aes-gcm-16'],
  ['aes128gcm8', 'aes-gcm-8'],
  ['aes128gcm96-x25519', 'aes-gcm-12'],
  ['aes256gcm128', 'aes-gcm-16'],
  ['aes256ccm8', 'aes-ccm-8'],
  ['chacha20poly1305', 'chacha20-poly1305'],
  ['3des-md5!', '3des-cbc md5-96'],
  ['camellia192-sha384', 'camellia-cbc sha384-192'],
  ['aes128ctr-aesxcbc', 'aes-ctr xcbc-96'],
  ['null-sha256', 'null sha256-128'],
  ['aes256-sha256_96', 'aes-cbc sha256-96'],
  ['aes256gmac', 'aes-gmac'],
  ['AES_CBC-256/HMAC_SHA2_256_128', 'aes-cbc sha256-128'],
  ['AES_CBC-256/HMAC_SHA2_256_128/MODP_2048', 'aes-cbc sha256-128'],
  ['AES_GCM_16-256', 'aes-gcm-16'],
  ['aes256-sha256-ke1_mlkem768', 'aes-cbc sha256-128'],
  // Cisco, configuration and show
  ['esp-aes 256 esp-sha256-hmac', 'aes-cbc sha256-128'],
  ['esp-aes esp-md5-hmac', 'aes-cbc md5-96'],
  ['esp-256-aes esp-sha-hmac', 'aes-cbc sha1-96'],
  ['esp-256-aes esp-sha-hmac ,', 'aes-cbc sha1-96'],
  ['esp-3des esp-sha-hmac', '3des-cbc sha1-96'],
  ['esp-gcm 256', 'aes-gcm-16'],
  ['esp-aes-256 esp-sha-256-hmac', 'aes-cbc sha256-128'],
  ['ah-sha-hmac esp-aes 256', 'ah:sha1-96 aes-cbc'],
  ['ah-sha256-hmac', 'ah:sha256-128'],
  // Linux
  ['cbc(aes)+hmac(sha256)', 'aes-cbc sha256-128'],
  ['authenc(hmac(sha1),cbc(aes))', 'aes-cbc sha1-96'],
  ['rfc4106(gcm(aes))', 'aes-gcm-16'],
  ['rfc4106(gcm(aes)) 96', 'aes-gcm-12'],
  ['rfc7539esp(chacha20,poly1305)', 'chacha20-poly1305'],
  ['cbc(des3_ede) hmac(md5)', '3des-cbc md5-96'],
  ['cbc(aes) hmac(sha256) 96', 'aes-cbc sha256-96'],
  // clouds, IANA, others
  ['GCMAES256', 'aes-gcm-16'],
  ['AES256-GCM-16', 'aes-gcm-16'],
  ['AES-GCM-16-256', 'aes-gcm-16'],
  ['AES-CBC-256 HMAC-SHA2-512-256', 'aes-cbc sha512-256'],
  ['ENCR_AES_CBC AUTH_HMAC_SHA2_256_128', 'aes-cbc sha256-128'],
  ['ENCR_AES_GCM_16', 'aes-gcm-16'],
] as const;

describe('a suite in any spelling', () => {
  test.for(spellings)('%s', ([text, expected]) => expect(ids(text)).toEqual([expected]));
  test('RouterOS: cipher and auth apart', () => expect(ids('aes-256-cbc', 'sha256')).toEqual(['aes-cbc sha256-128']));
  test('Azure: GCM named twice', () => expect(ids('GCMAES256', 'GCMAES256')).toEqual(['aes-gcm-16']));
  test('RouterOS: GCM with auth null', () => expect(ids('aes-256-gcm', 'null')).toEqual(['aes-gcm-16']));
});

describe('what consoles and exports print', () => {
  test.for([
    ['ESP:AES_GCM_16-256/NO_EXT_SEQ', ['aes-gcm-16']],
    ['enc-algorithms=aes-256-cbc,aes-128-gcm auth-algorithms=sha512', ['aes-cbc sha512-256', 'aes-gcm-16']],
    ['auth-algorithms=sha512,sha1 enc-algorithms=aes-256-cbc', ['aes-cbc sha512-256', 'aes-cbc sha1-96']],
    ['aes256-sha2_256;modp2048', ['aes-cbc sha256-128']],
    ['AES256, SHA2-256, DH group 14', ['aes-cbc sha256-128']],
    ['hmac-sha-256-128, aes-256-cbc', ['aes-cbc sha256-128']],
    ['comp-lzs esp-aes esp-sha-hmac', ['aes-cbc sha1-96']],
    ['auth-trunc hmac(sha256) 0xabcd 128 enc cbc(aes) 0x00', ['aes-cbc sha256-128']],
  ] as const)('%s', ([text, expected]) => expect(ids(text)).toEqual(expected));
  test('an AEAD leaves the auth of a list to the others', () =>
    expect(ids('aes-256-cbc,aes-256-gcm', 'sha1')).toEqual(['aes-cbc sha1-96', 'aes-gcm-16']));
  test('a pasted key is no part of any text', () =>
    expect(JSON.stringify(parseSuites('enc cbc(aes) 0xdeadbeef auth hmac(sha1) 0xdeadbeef', catalogue))).not.toContain(
      'deadbeef',
    ));
});

describe('lists', () => {
  test('commas separate proposals, but not inside brackets', () =>
    expect(splitSuites('aes256-sha256, rfc7539esp(chacha20,poly1305);3des-md5')).toEqual([
      'aes256-sha256',
      'rfc7539esp(chacha20,poly1305)',
      '3des-md5',
    ]));
  test('a proposal with several algorithms offers every combination', () =>
    expect(ids('aes256-aes128-3des-sha256-sha1-modp2048')).toEqual([
      'aes-cbc sha256-128',
      'aes-cbc sha1-96',
      '3des-cbc sha256-128',
      '3des-cbc sha1-96',
    ]));
});

describe('what is left aside is said', () => {
  test.for([
    ['aes256-sha256-modp2048', 'modp2048 belongs to IKE'],
    ['aes256gcm16-prfsha256-x25519', 'x25519 belongs to IKE'],
    ['aes256-sha1-esn', 'ESN changes no length'],
    ['cbc(aes)+hmac(sha256)', 'truncates to 96'],
  ] as const)('%s', ([text, says]) => expect(parseSuites(text, catalogue)[0]?.remarks.join('\n')).toContain(says));
});

describe('refused, with the cure', () => {
  test.for([
    ['aes257', "unknown cipher 'aes257'", 'aes256'],
    ['aes256-sha265', "unknown cipher 'sha265'", 'sha256'],
    ['aes256gcm16-sha256', 'takes no integrity algorithm', 'prfsha256'],
    ['sha256', 'no cipher', 'aes256-sha256'],
    ['', 'no cipher', 'aes256-sha256'],
    ['---', 'no cipher', 'aes256-sha256'],
    ['modp2048', 'no cipher', 'aes256-sha256'],
    [`aes256-${'x'.repeat(500)}`, '507 characters', ''],
    ['aes256\u001b[31m-evil', "unknown cipher '31m'", ''],
  ] as const)('%s', ([text, message, hint]) => {
    try {
      parseSuites(text, catalogue);
      expect.unreachable();
    } catch (error) {
      expect((error as Error).message).toContain(message);
      expect((error as { hint?: string }).hint ?? '').toContain(hint);
    }
  });
});

test('suiteName says cipher, key size and integrity', () => {
  expect(parseSuites('aes256-sha1', catalogue).map(suiteName)).toEqual(['AES-CBC-256 with HMAC-SHA1-96']);
});

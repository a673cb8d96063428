import { describe, expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import { catalogue } from '../../src/io/catalogue.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';
import { type Choices, compare } from '../../src/mtu/compare.js';
import { splitProposals } from '../../src/mtu/proposals.js';

const matrix = (ciphers: readonly string[], base: CalcRequest = {}, more: Partial<Choices> = {}) =>
  compare(
    base,
    ['cipher'],
    ['wan', 'nat-t'],
    { cipher: ciphers, 'nat-t': ['off', 'on'], wan: ['ethernet'], outer: ['4'], tunnel: ['ipsec'], ...more },
    catalogue,
  );

const mtus = (...args: Parameters<typeof matrix>) => matrix(...args).cells.map(({ tunnelMtu }) => tunnelMtu);

describe('a list is split as calc splits it', () => {
  test.for([
    ['aes-256-cbc, sha256', ['aes-256-cbc sha256']],
    ['aes256-sha256,modp2048', ['aes256-sha256 modp2048']],
    ['enc=cbc(aes) auth=hmac(sha1), enc=rfc4106(gcm(aes))', ['enc=cbc(aes) auth=hmac(sha1) enc=rfc4106(gcm(aes))']],
    ['aes256-sha1;aes128gcm16', ['aes256-sha1', 'aes128gcm16']],
  ] as const)('%s', ([list, proposals]) => {
    expect(splitProposals(list, catalogue)).toEqual(proposals);
  });
});

describe('what is possible', () => {
  test('two proposals', () => expect(mtus(['aes256-sha256', 'aes128gcm16'])).toEqual([1438, 1422, 1446, 1438]));
  test('a suite that contradicts itself is an empty row with its reason', () => {
    const { cells, smallest } = matrix(['aes256-sha256', 'aes256gcm16-sha256']);
    expect(smallest).toBe(1422);
    expect(cells.map(({ tunnelMtu }) => tunnelMtu)).toEqual([1438, 1422, null, null]);
    expect(cells[2]?.why).toContain('takes no integrity algorithm');
  });
  test('an AEAD beside --auth leaves it to the others, as in calc', () =>
    expect(mtus(['aes256', 'aes128gcm16'], { auth: 'sha512' })).toEqual([1422, 1406, 1446, 1438]));
  test('a proposal that offers two suites counts the smaller', () =>
    expect(mtus(['aes256-sha256-sha512'])).toEqual([1422, 1406]));
});

describe('what is refused, and as what', () => {
  const codeOf = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof MtucalcError) return error.code;
    }
    return 'not refused';
  };
  test.for<[string, string, () => unknown]>([
    ['an unknown cipher', 'unknown-name', () => matrix(['aes256-sha256', 'aes999'])],
    ['a name that is no suite', 'incomplete', () => matrix(['aes256-sha256', 'sha256'])],
    ['an unknown WAN', 'unknown-name', () => matrix(['aes256'], {}, { wan: ['ethernet', 'pppo'] })],
    ['nothing possible', 'impossible', () => matrix(['aes256gcm16-sha256'])],
    ['no room anywhere', 'no-room', () => matrix(['aes256'], { linkMtu: 100 })],
    ['a link MTU that is none', 'bad-value', () => matrix(['aes256'], { linkMtu: 67 })],
    ['one axis twice', 'impossible', () => compare({}, ['wan'], ['wan'], {} as Choices, catalogue)],
  ])('%s: %s', ([, code, run]) => expect(codeOf(run)).toBe(code));
});

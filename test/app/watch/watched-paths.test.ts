import { expect, test } from 'vitest';
import { watchedPaths } from '../../../src/app/watch/watched-paths.js';

const of = (target: string, families: readonly (4 | 6 | null)[]) =>
  watchedPaths([{ target, expected: null }], families, []).map(({ family }) => family);

test.for([
  ['a name has both families', 'vpn.example', [4, 6], [4, 6]],
  ['an IPv4 address has one', '192.0.2.1', [4, 6], [4]],
  ['an IPv6 address has one', '[2001:db8::1]', [4, 6], [6]],
  ['a zone is no part of it', 'fe80::1%eth0', [4, 6], [6]],
  ['nothing was asked', '192.0.2.1', [null], [null]],
  ['what it is was asked', '192.0.2.1', [4], [4]],
] as const)('%s', ([, target, families, expected]) => expect(of(target, families)).toEqual(expected));

test.for([
  ['192.0.2.1', 6],
  ['2001:db8::1', 4],
] as const)('%s by IPv%i is refused', ([target, family]) =>
  expect(() => of(target, [family])).toThrow(`asks for IPv${family}`),
);

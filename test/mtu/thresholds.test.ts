import { expect, test } from 'vitest';
import { ahAlign, ahLayer } from '../../src/mtu/ah.js';
import { budget } from '../../src/mtu/budget.js';
import { fixedLayer } from '../../src/mtu/layer.js';

test('AH with an ICV of 16 octets: 28 under IPv4, 32 under IPv6', () => {
  expect(([4, 6] as const).map((family) => ahLayer('AH', 16, ahAlign(family), '').wrap(0))).toEqual([28, 32]);
});
test('a stack may leave the IPv4 minimum of 68, and no octet less', () => {
  const layers = [fixedLayer('header', 20, '')];
  expect(budget({ linkMtu: 88, layers }).tunnelMtu).toBe(68);
  expect(() => budget({ linkMtu: 87, layers })).toThrow('leaves 67 octets');
});

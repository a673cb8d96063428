import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import { checkedName, linuxInterface } from '../../src/snippet/name.js';
import { parseNetwork } from '../../src/snippet/network.js';
import { planOf } from '../../src/snippet/plan.js';
import { script } from '../../src/snippet/script.js';
import { withinRange } from '../../src/snippet/targets/range.js';
import { routerosString } from '../../src/snippet/targets/routeros-text.js';

const passes = (run: () => unknown): boolean => {
  try {
    run();
    return true;
  } catch {
    return false;
  }
};

test('an interface of Linux has 15 characters at most (IFNAMSIZ)', () => {
  const named = (length: number): boolean => passes(() => checkedName('x'.repeat(length), '--wan-if', linuxInterface));
  expect([named(15), named(16)]).toEqual([true, false]);
});
test('a name of RouterOS has 100', () => {
  const named = (length: number): boolean => passes(() => routerosString('x'.repeat(length), '--tunnel-if'));
  expect([named(100), named(101)]).toEqual([true, false]);
});
test.for([
  ['2001:0:0:1:0:0:1:1', '2001::1:0:0:1:1/128'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1/128'],
  ['::/0', '::/0'],
] as const)('%s: the first longest run of zeros is shortened', ([text, short]) => {
  expect(parseNetwork(text, '--local-net').text).toBe(short);
});

describe('what a plan says of its numbers', () => {
  const notes = (linkMtu: number): string => planOf(calculate({ linkMtu }, catalogue), { wanIf: 'eth0' }).notes.join();
  const below = (linkMtu: number, says: string): boolean => notes(linkMtu).includes(says);
  test('1280 carries IPv6, 1279 needs fragments', () =>
    expect([1280, 1279].map((mtu) => below(mtu, 'below the IPv6 minimum'))).toEqual([false, true]));
  test('an MSS of 536 is the default, 535 is below it', () =>
    expect([576, 575].map((mtu) => below(mtu, "below TCP's default"))).toEqual([false, true]));
});

test('the highest value of a box is no remark, one more is', () => {
  const says = (mss: number): string => {
    const out = script('#');
    withinRange(out, 'box', mss, [536, 1460]);
    return out.text().trim();
  };
  expect(says(1460)).toBe('');
  expect(says(1461)).toContain('takes at most 1460; 1461 would fit');
});

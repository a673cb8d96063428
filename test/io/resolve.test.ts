import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolve } from '../../src/io/resolve.js';

const real = dns.lookup;
const asked: unknown[] = [];
beforeAll(() => {
  dns.lookup = (async (name: string, options: unknown) => {
    asked.push([name, options]);
    return { address: '2001:DB8::1', family: 6 };
  }) as never;
  syncBuiltinESMExports();
});
afterAll(() => {
  dns.lookup = real;
  syncBuiltinESMExports();
});

test('the first address of the resolver counts, as for every other program', async () => {
  expect(await resolve('gw.example', undefined)).toMatchObject({ address: '2001:db8::1', family: 6 });
  expect(asked).toEqual([['gw.example', { family: 0, verbatim: true }]]);
});
test.for(['-evil', 'a b', '1.2.3', 'x'.repeat(254)])('%j is asked of no resolver', async (name) => {
  await expect(resolve(name, undefined)).rejects.toThrow('is no host name and no address');
});

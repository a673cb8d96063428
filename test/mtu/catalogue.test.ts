import { expect, test } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { extendCatalogue } from '../../src/mtu/catalogue.js';

const row = {
  id: 'zz',
  name: 'ZZ',
  source: 'nobody',
  kind: 'aead',
  block: 4,
  iv: 8,
  icv: 16,
  aliases: [] as string[],
  keyBits: [128],
};
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `z${index}`);
const long = (count: number): string => 'z'.repeat(count);

/** Each table that a file of rows fills, full and with one more. */
test.for<readonly [string, readonly object[], readonly object[]]>([
  ['rows', many(256).map((id) => ({ ...row, id })), many(257).map((id) => ({ ...row, id }))],
  ['aliases', [{ ...row, aliases: many(64) }], [{ ...row, aliases: many(65) }]],
  ['aliases', [{ ...row, aliases: [long(200)] }], [{ ...row, aliases: [long(201)] }]],
  ['keyBits', [{ ...row, keyBits: Array(16).fill(8) }], [{ ...row, keyBits: Array(17).fill(8) }]],
  ['keyBits', [{ ...row, keyBits: [65_535] }], [{ ...row, keyBits: [65_536] }]],
  ['keyBits', [{ ...row, keyBits: [0] }], [{ ...row, keyBits: ['128'] }]],
  ['name', [{ ...row, name: long(200) }], [{ ...row, name: long(201) }]],
  ['id', [{ ...row, id: long(200) }], [{ ...row, id: long(201) }]],
  ['remark', [{ ...row, remark: [[1]] }], [{ ...row, remark: [[[1]]] }]],
  ['id', [row], [{ ...row, id: [] }]],
  ['id', [row], [{ ...row, id: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) }]],
  ['source', [{ ...row, source: 'a' }], [{ ...row, source: ' ' }]],
])('%s of a file of rows', ([word, within, beyond]) => {
  expect(extendCatalogue(catalogue, { encr: within }, 'my.json').encr.length).toBeGreaterThan(within.length);
  expect(() => extendCatalogue(catalogue, { encr: beyond }, 'my.json')).toThrow(word);
});

test('a wrong value is shown in a line, whatever it holds', () => {
  const wrong = (): unknown => extendCatalogue(catalogue, { encr: [{ ...row, id: long(900_000) }] }, 'my.json');
  expect(wrong).toThrow(/^.{1,200}$/);
});

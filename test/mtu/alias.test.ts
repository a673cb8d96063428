import { describe, expect, it } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { namesOf } from '../../src/mtu/alias.js';

const row = (id: string, aliases: readonly string[], keyBits: readonly number[] = [], name = id) => ({
  id,
  name,
  aliases,
  keyBits,
});

describe('names of rows', () => {
  it.each([
    ['ciphers', catalogue.encr],
    ['integrity algorithms', catalogue.integ],
  ] as const)('every name of the built-in %s leads to a row that has it', (_, rows) => {
    const names = namesOf<(typeof rows)[number]>(rows);
    expect(names.all().length).toBeGreaterThan(100);
    for (const name of names.all()) expect([name, names.get(name)]).toEqual([name, expect.anything()]);
  });

  const names = namesOf([
    row('Own_Id', ['both', 'x{k}y', 'z{k}'], [128, 256]),
    row('second', ['both', 'x256y', 'x1{k}y'], [28, 512]),
    row('third', ['no-sizes-{k}'], [], 'Third Row'),
    row('fourth', ['q128x{k}'], [], 'both'),
    row('fifth', ['p128-{k}'], [128]),
  ]);
  it.each([
    ['own-id', 'Own_Id', null],
    ['z128', 'Own_Id', 128],
    ['z256', 'Own_Id', 256],
    // Another row's size, none at all, and both at once.
    ['z512', undefined, null],
    ['z', undefined, null],
    ['z128256', undefined, null],
    // Spelled out goes before a size, the later row before the earlier.
    ['x256y', 'second', null],
    ['both', 'second', null],
    // A size inside a longer number.
    ['x128y', 'Own_Id', 128],
    ['x1512y', 'second', 512],
    // The second of two places.
    ['p128-128', 'fifth', 128],
    ['q128x128', undefined, null],
    // A row's own name, where no alias is the same.
    ['third-row', 'third', null],
    ['no-sizes-128', undefined, null],
    ['no-sizes', undefined, null],
    ['', undefined, null],
  ] as const)('%j', (name, id, keyBits) => {
    expect(names.get(name)).toEqual(id && { row: expect.objectContaining({ id }), keyBits });
  });
});

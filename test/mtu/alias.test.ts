import { describe, expect, it } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { Names } from '../../src/mtu/alias.js';

const row = (id: string, aliases: readonly string[], keyBits: readonly number[] = [], name = id) => ({
  id,
  name,
  aliases,
  keyBits,
});

describe('names of rows', () => {
  const lists = [
    ['built-in ciphers', catalogue.encr],
    ['built-in integrity algorithms', catalogue.integ],
    [
      'rows of a user that claim the same names',
      [
        row('Own_Id', ['both', 'x{k}y', 'k256', '{k}'], [128, 256, 28, 1]),
        row('second', ['both', 'k{k}', 'x1{k}y', 'x256y'], [28, 256, 128]),
        row('third', ['x{k}'], [12, 2], 'Own Id'),
        row('no-sizes', ['z{k}'], [], 'k28'),
      ],
    ],
  ] as const;
  it.each(lists)('%s: found among the rows as in the table', (_, rows) => {
    const whole = new Names<(typeof rows)[number]>(rows).all();
    expect(whole.size).toBeGreaterThan(9);
    for (const [name, found] of whole) {
      expect([name, new Names<(typeof rows)[number]>(rows).get(name)]).toEqual([name, found]);
      for (const other of [
        `${name}1`,
        `1${name}`,
        name.slice(1),
        name.replace(/\d+/, '64'),
        name.replace('128', '{k}'),
      ])
        expect([other, new Names<(typeof rows)[number]>(rows).get(other)]).toEqual([other, whole.get(other)]);
    }
  });

  it('answers the same however often it is asked', () => {
    const names = new Names(catalogue.encr);
    const first = names.get('aes256gcm16');
    expect(first).toMatchObject({ row: { id: 'aes-gcm-16' }, keyBits: 256 });
    for (let i = 0; i < 200; i++) expect(names.get('aes256gcm16')).toEqual(first);
    expect(names.get('aes257gcm16')).toBeUndefined();
  });
});

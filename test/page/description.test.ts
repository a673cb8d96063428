import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../ciphers/index.js';
import { importDevice } from '../../src/device/import.js';
import { answerTo, isPaste } from '../../src/page/description.js';

const fixture = (name: string): string =>
  readFileSync(new URL(`../device/fixtures/${name}.txt`, import.meta.url), 'utf8');

describe('what stands in the box', () => {
  test.for([
    ['two hundred characters in one line', 'x'.repeat(200), false],
    ['one more', 'x'.repeat(201), true],
    ['two lines', 'a\nb', true],
    ['one line and its end', 'a\n', false],
  ] as const)('%s: pasted %s', ([, text, pasted]) => expect(isPaste(text)).toBe(pasted));
  test('a suite, with the fields beside it', () => {
    expect(answerTo(' aes256-sha256 ', { wan: 'pppoe' }, catalogue, importDevice)).toMatchObject({
      kind: 'calculated',
      calculation: { tunnelMtu: 1422 },
    });
  });
  test('nothing, and a tunnel by name', () => {
    expect(answerTo('', { tunnel: 'wireguard' }, catalogue, importDevice)).toMatchObject({
      calculation: { tunnelMtu: 1440 },
    });
  });
  test.for(['1422', 'mtu = 1422', 'MSS 1382'])('%j is a number', (text) =>
    expect(answerTo(text, {}, catalogue, importDevice).kind).toBe('number'),
  );
  test('what no table has is refused in words', () => {
    expect(answerTo('aes266-sha256', {}, catalogue, importDevice)).toMatchObject({
      kind: 'refused',
      hint: expect.stringContaining('aes'),
    });
  });
  test.for(['swanctl-raw', 'cisco-asa-natt', 'fortios-natt', 'routeros-installed-gcm'])(
    '%s pasted: what mtucalc import says',
    (name) => {
      const text = fixture(name);
      const { value } = importDevice(text, catalogue, { from: 'x', overrides: {} });
      expect(answerTo(text, {}, catalogue, importDevice)).toMatchObject({
        kind: 'calculated',
        calculation: value.calculation,
      });
    },
  );
});

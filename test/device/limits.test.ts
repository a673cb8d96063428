import { describe, expect, test } from 'vitest';
import { linkDraft } from '../../src/device/formats/link-draft.js';
import { chooseLink } from '../../src/device/link-choice.js';
import { measuredPaths } from '../../src/device/measurement.js';
import { mergeReadings } from '../../src/device/merge.js';
import { decodePaste, MOST_LINES, splitPaste } from '../../src/device/paste.js';
import type { Association, DeviceReading } from '../../src/device/reading.js';
import { blankAssociation } from '../../src/device/reading.js';
import { safe } from '../../src/device/secret.js';

describe('a word that may be shown', () => {
  test.for([
    ['fifteen hexadecimal digits', '0123456789abcde', '0123456789abcde'],
    ['sixteen could be a key', '0123456789abcdef', '(hidden)'],
    ['so could 32 of base64', 'Ab+/'.repeat(8), '(hidden)'],
    ['direction overrides go', 'a\u202eb\u2066c', 'abc'],
    ['eighty characters', '.'.repeat(80), '.'.repeat(80)],
    ['eighty-one', '.'.repeat(81), `${'.'.repeat(80)}…`],
  ] as const)('%s', ([, text, shown]) => expect(safe(text)).toBe(shown));
});

describe('a paste', () => {
  const decode = (text: string): boolean => {
    try {
      return decodePaste(new TextEncoder().encode(text), 'x') === text;
    } catch {
      return false;
    }
  };
  test('sixteen odd characters are a session of a terminal, seventeen of two hundred are no text', () => {
    expect([decode('\u0001'.repeat(16)), decode(`\u0001`.repeat(17) + 'x'.repeat(200))]).toEqual([true, false]);
  });
  test('three hundred thousand lines are read, whatever ends them; one more is refused', () => {
    for (const end of ['\n', '\r', '\r\n']) {
      expect(decode(`a${end}`.repeat(MOST_LINES - 1))).toBe(true);
      expect(decode(`a${end}`.repeat(MOST_LINES))).toBe(false);
    }
  });
  test('a line is looked at as far as 8192 characters', () => {
    expect([8192, 8193].map((length) => splitPaste('x'.repeat(length)).lines[0]?.text.length)).toEqual([8192, 8192]);
  });
  test('a backspace takes back what was typed', () => {
    expect(splitPaste('mtu 140\u00080 ab\u0008\u0008c').lines[0]?.text).toBe('mtu 140 c'.replace('140', '140'));
  });
});

test('a printed path MTU of 0 is none', () => {
  const chosen = (value: number): number | undefined => {
    const association: Association = { ...blankAssociation(1), pathMtu: { field: 'path mtu', value, line: 1 } };
    return chooseLink(association, [], [])?.linkMtu;
  };
  expect([chosen(1), chosen(0)]).toEqual([1, undefined]);
});

test('of what was refused the smallest counts, of what arrived the largest', () => {
  const one = { to: 'a', ptb: null, by: null, line: 1 };
  expect(
    measuredPaths([
      { ...one, arrived: 1300, refused: 1401 },
      { ...one, arrived: 1400, refused: 1500 },
    ]),
  ).toEqual([{ to: 'a', arrived: 1400, refused: 1401, ptb: null }]);
});

test('where SAs show what was negotiated, remarks about proposals go and those about the box stay', () => {
  const reading = (remark: string, associations: readonly Association[]): DeviceReading => ({
    format: 'x',
    associations,
    links: [],
    defaultDevices: [],
    remarks: [remark],
    understood: [],
  });
  const draft = { ...blankAssociation(1), encr: 'aes' };
  const { remarks } = mergeReadings([
    reading('of the SA', [{ ...draft, kind: 'sa' }]),
    reading('of a proposal', [{ ...draft, kind: 'proposal' }]),
    reading('of the box', []),
  ]);
  expect(remarks.slice(0, 2)).toEqual(['of the SA', 'of the box']);
  expect(remarks).not.toContain('of a proposal');
});

test('five thousand tunnels are compared with five thousand interfaces, not one more', () => {
  const link = linkDraft({ name: 'e', role: 'link', mtu: 1500, line: 1 });
  const merged = (interfaces: number): number =>
    mergeReadings([
      {
        format: 'x',
        associations: Array.from({ length: 5000 }, () => blankAssociation(1)),
        links: Array.from({ length: interfaces }, () => link),
        defaultDevices: [],
        remarks: [],
        understood: [],
      },
    ]).links.length;
  expect(merged(5000)).toBe(5000);
  expect(() => merged(5001)).toThrow('5000 tunnels and 5001 interfaces or routes in one input');
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importDevice } from '../../src/device/import.js';
import { catalogue } from '../../src/io/catalogue.js';

const whole = readFileSync(new URL('fixtures/pfsense-config.txt', import.meta.url), 'utf8');
const cut = whole.slice(0, whole.lastIndexOf('</pfsense>'));
const says = (text: string): string =>
  JSON.stringify(importDevice(text, catalogue, { from: 'paste', overrides: {} }).value);

test('a config.xml that ends before its last tag is said to', () => {
  expect(cut.length).toBeLessThan(whole.length);
  expect(says(cut)).toContain('the file ends before its last tag');
  expect(says(whole)).not.toContain('the file ends before its last tag');
});

test('so are phase 2 entries beyond those that are read', () => {
  const [entry = ''] = /<phase2>[\s\S]*?<\/phase2>/.exec(whole) ?? [];
  const many = (count: number): string => `<pfsense><ipsec>\n${`${entry}\n`.repeat(count)}</ipsec></pfsense>\n`;
  expect(says(many(10))).not.toContain('were read');
  expect(says(many(501))).toContain('were read');
});

import { expect, test } from 'vitest';
import { childText, elementsNamed, readXml } from '../../src/config/xml.js';

const read = (text: string) => readXml(text.split('\n').map((line, at) => ({ number: at + 1, text: line })));

test.for([
  ['nested', '<a>\n<b>1</b>\n<b>2</b>\n</a>', ['1 2', '2 3']],
  ['empty elements', '<a><b/><b></b></a>', [' 1', ' 1']],
  ['CDATA', '<a><b><![CDATA[x < y]]></b></a>', ['x < y 1']],
  ['cut at the end', '<a>\n<b>1', ['1 2']],
  ['cut at the beginning', '</c></a><b>1</b>', ['1 1']],
  ['an end tag is missing', '<a><b>1</a><b>2</b>', ['1 1', '2 1']],
  ['comments and declarations', '<?xml version="1.0"?><!-- <b>0 --><b>1</b>', ['1 1']],
] as const)('%s', ([, text, wanted]) => {
  const found = elementsNamed(read(text), 'b').map(({ text: of, line }) => `${of} ${line}`);
  expect(found).toEqual(wanted);
});

test('the text of a child', () => {
  const [a] = elementsNamed(read('<a><b> 1 </b></a>'), 'a');
  expect(a && childText(a, 'b')).toBe('1');
  expect(a && childText(a, 'c')).toBeUndefined();
});

test('as deep as a hostile text likes', () => {
  const root = read('<a>'.repeat(100_000));
  expect(elementsNamed(root, 'a')).toHaveLength(100_000);
  expect(elementsNamed(read('<![CDATA['.repeat(1000)), 'a')).toEqual([]);
});

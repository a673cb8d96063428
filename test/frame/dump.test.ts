import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HEADER } from '../../src/frame/header.js';
import { dump, headersOf } from './dump.js';
import { dumpFile, folder } from './dump-file.js';
import { samples } from './frame-samples.js';

test.for(samples)('%s', ([name, linkType, octets]) => {
  expect(dump(name, linkType, octets)).toBe(readFileSync(dumpFile(name), 'utf8'));
});

test('a dump for each sample, and no other', () => {
  expect(readdirSync(folder)).toHaveLength(samples.length);
});

test('each header is in some sample', () => {
  const met = new Set(
    samples.flatMap(([, linkType, octets]) => headersOf(linkType, octets).headers.map(([kind]) => kind)),
  );
  const missing = Object.entries(HEADER).filter(([name, kind]) => name !== 'end' && !met.has(kind));
  expect(missing.map(([name]) => name)).toEqual([]);
});

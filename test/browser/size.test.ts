import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pageFile } from './browser.js';

// What is reached; lower it with the page. The aim is 450 and 150 kB: docs/page.md tells what was tried.
test('the page grows no larger than it is', () => {
  const octets = readFileSync(pageFile);
  expect(octets.length).toBeLessThanOrEqual(393_000);
  expect(gzipSync(octets, { level: 9 }).length).toBeLessThanOrEqual(206_000);
});

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const { PLAIN } = (await import(join(import.meta.dirname, '../../scripts/plain-width.mjs'))) as { PLAIN: RegExp };
const { strlen } = createRequire(import.meta.url)('cli-table3/src/utils.js') as { strlen(text: string): number };

test('what the build measures by its length cli-table3 finds as wide, each character and each pair', () => {
  const plain = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
    PLAIN.test(one),
  );
  expect(plain.length).toBeGreaterThan(180);
  const wrong = plain.flatMap((one) => plain.map((other) => one + other)).filter((text) => strlen(text) !== 2);
  expect([...plain.filter((one) => strlen(one) !== 1), ...wrong]).toEqual([]);
});
test('colours, line breaks, wide and combining characters are left to it', () => {
  for (const text of ['\u001b[1mx\u001b[22m', 'a\nb', '日本', 'e\u0301', '\u00a9', '😀', 'a\tb'])
    expect(PLAIN.test(text)).toBe(false);
});

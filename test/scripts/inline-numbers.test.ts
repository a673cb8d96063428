import { expect, test } from 'vitest';
// @ts-expect-error: plain JavaScript of the build.
import { asAssembly, numbersOf, withNumbers } from '../../scripts/inline-numbers.mjs';

const file = 'src/frame/made-up.ts';
const head = "import { IPV4_FIELD, IPV4_HEADER } from '../packet/ipv4.js';\n";
const rows = [
  ['a field', `${head}export const at = (n: number) => n + IPV4_FIELD.ttl;`, 'n + 8'],
  ['a number', `${head}export const least = IPV4_HEADER;`, 'least = 20'],
  ['a name of its own', "import { DF as bit } from '../packet/ipv4.js';\nexport const df = bit;", 'df = 16384'],
  [
    'in a case',
    `${head}export const is = (n: number) => { switch (n) { case IPV4_FIELD.tos: return 1; } return 0; };`,
    'case 1:',
  ],
  ['not in a string', `${head}export const text = 'IPV4_FIELD.ttl';`, '"IPV4_FIELD.ttl"'],
  [
    'not a local of the same name',
    `${head}export const f = (IPV4_HEADER: number) => IPV4_HEADER;`,
    '(IPV4_HEADER) => IPV4_HEADER',
  ],
  ['not a table used as a whole', `${head}export const all = Object.keys(IPV4_FIELD);`, 'Object.keys(IPV4_FIELD)'],
] as const;
test.for(rows)('numbers are written where they are used: %s', async ([, code, expected]) => {
  expect(await withNumbers(file, code)).toContain(expected);
});

test('a table used as a whole is still imported', async () => {
  const code = `${head}export const all = [IPV4_FIELD, IPV4_FIELD.ttl];`;
  expect(await withNumbers(file, code)).toContain('import { IPV4_FIELD } from');
});

test('AssemblyScript gets the same numbers as constants', async () => {
  const text = await asAssembly('src/packet/tcp.ts');
  expect(text).toContain('export const TCP_HEADER_MINIMUM: i32 = 20;');
  expect(text).toMatch(/export namespace TCP_FIELD \{\n {2}export const sourcePort: i32 = 0;\n/);
  expect((await numbersOf('src/packet/tcp.ts')).has('parseTcp')).toBe(false);
});

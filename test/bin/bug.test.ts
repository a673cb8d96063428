import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const bin = join(import.meta.dirname, '../../bin');
/** bin/mtucalc.js with a program behind it that does what `program` says. */
const run = (program: string, ...args: string[]) => {
  const stub = `require.cache[require.resolve('${bin}/../dist/start.cjs')] = { exports: { start: async () => ({ code: await (async () => { ${program} })(), isWritten: false }) } };`;
  const code = `${stub} process.argv = ['node', 'mtucalc', ...${JSON.stringify(args)}]; require('${bin}/mtucalc.js');`;
  return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
};

const bugs = [
  ['thrown', "throw new TypeError('x is not a function')", 'x is not a function'],
  [
    'thrown a turn later',
    "setImmediate(() => { throw new Error('late') }); await new Promise((r) => setTimeout(r, 5000));",
    'late',
  ],
  [
    'a rejection nobody waits for',
    "Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 5000));",
    'lost',
  ],
  ['no error at all', 'throw undefined', 'undefined'],
  ['control characters', "throw new Error('a\\u001b[31mb\\nc\\u202ed')", 'a [31mb c d'],
] as const;
test.for(bugs)('%s: one line, exit code 70', ([, program, says]) => {
  const { status, stderr, stdout } = run(program);
  expect(stderr).toBe(`mtucalc: this is a bug in mtucalc: ${says}; run again with --debug for the stack\n`);
  expect([status, stdout]).toEqual([70, '']);
});

test('--debug shows the stack', () => {
  const { status, stderr } = run("throw new TypeError('odd')", 'calc', '--debug');
  expect(status).toBe(70);
  expect(stderr).toMatch(/^mtucalc: this is a bug in mtucalc: odd\nTypeError: odd\n {4}at /);
});

test('an answer keeps its exit code', () => {
  expect(run('return 3;')).toMatchObject({ status: 3, stderr: '' });
});

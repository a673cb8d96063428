import { describe, expect, test } from 'vitest';
import { joinWrappedRules } from '../../src/config/iptables-lines.js';
import { numberedLines, Reading } from '../../src/config/lines.js';
import { joinRouterosLines } from '../../src/config/routeros-lines.js';
import { routerosStatements, routerosWords } from '../../src/config/routeros-words.js';
import { ShellVariables, shellCommands, shellWords } from '../../src/config/shell.js';

describe('words of a shell', () => {
  test.for([
    [`a "b;c" d`, ['a', 'b;c', 'd']],
    [`a 'b c' d`, ['a', 'b c', 'd']],
    [`a b;c`, ['a', 'b', ';', 'c']],
  ] as const)('%s', ([text, words]) => expect(shellWords(text)).toEqual(words));
  test('one line, several commands', () => {
    const commands = shellCommands({ number: 1, text: 'a 1; b 2 && c 3 2>file' }, new ShellVariables());
    expect(commands.map(({ text }) => text)).toEqual(['a 1', 'b 2', 'c 3']);
  });
});
describe('words of RouterOS', () => {
  test('quotes and brackets hold blanks and semicolons together', () => {
    expect(routerosWords('add name="a b" [find c=d e] x')).toEqual(['add', 'name="a b"', '[find c=d e]', 'x']);
    expect(routerosStatements('a "b;c"; d {e; f}')).toEqual(['a "b;c"', 'd {e; f}']);
  });
});
test('fifty lines that were not read are listed', () => {
  const reading = new Reading();
  for (let line = 1; line <= 51; line++) reading.unread(line, 'x', 'y');
  expect([reading.count.unread.length, reading.count.lines]).toEqual([50, 51]);
});
test('twenty lines are joined to one rule, not more', () => {
  const lines = numberedLines('iptables -A FORWARD \\\n'.repeat(30));
  expect(joinWrappedRules(lines)[1]?.number).toBe(22);
});
test('a command of RouterOS ends at 20000 characters, whatever is open', () => {
  const line = `add comment="${'x'.repeat(15_000)} \\`;
  const [first, second] = joinRouterosLines(numberedLines([line, `${'y'.repeat(9000)} \\`, 'z'].join('\n')));
  expect(first?.text.length).toBeGreaterThan(20_000);
  expect(second).toEqual({ number: 3, text: 'z' });
});

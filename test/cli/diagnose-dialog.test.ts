import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { questionLines, questions, symptoms, wordOf } from '../../src/diagnose/questions.js';
import { fakeTerminal } from '../terminal.js';
import { things } from './story.js';

/** A person at a terminal who types these lines. */
async function typed(lines: readonly string[], ...options: string[]) {
  const screen = fakeTerminal({ stdin: lines.map((line) => `${line}\n`).join(''), tty: true, columns: 400 });
  Object.assign(screen.terminal.stdin, { isTTY: true });
  const code = await main(['diagnose', ...options], screen.terminal);
  return { code, stdout: screen.stdout, stderr: screen.stderr };
}
const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '');
const asked = (stderr: string): number => questions.filter(({ asks }) => stderr.includes(asks)).length;

describe('diagnose without arguments, on a terminal', () => {
  test('four empty lines: what is usual, and the command that does the same', async () => {
    const { code, stdout, stderr } = await typed(['', '', '', '']);
    expect(code).toBe(0);
    expect(asked(stderr)).toBe(4);
    expect(plain(stdout)).toContain('Set: MTU');
    expect(plain(stdout)).toContain('no all-clear');
    const line = /The same without asking: mtucalc (.*)/.exec(stderr)?.[1] as string;
    expect(line).toBe('diagnose -c aes256-sha256 -w ethernet --box nftables --symptom hangs');
    const again = fakeTerminal({ tty: true, columns: 400 });
    expect(await main(line.split(' '), again.terminal)).toBe(0);
    expect(again.stdout).toBe(stdout);
  });
  test('numbers and words choose; the lines are for that box', async () => {
    const { stdout, stderr } = await typed(['3', 'routeros', 'wireguard', '2']);
    expect(stderr).toContain('mtucalc diagnose -t wireguard -w pppoe --box routeros --symptom one-way');
    expect(plain(stdout)).toContain('For MikroTik RouterOS');
    expect(plain(stdout)).toContain('tcpdump -i any');
  });
  test('paste: up to a line with a single point', async () => {
    const sa = readFileSync(things['sa.txt'] as string, 'utf8').trimEnd();
    const { code, stdout, stderr } = await typed(['', 'cisco', 'paste', sa, '.', 'pppoe']);
    expect(code).toBeLessThan(2);
    expect(stderr).toContain('mtucalc diagnose FILE -w pppoe --box cisco --symptom hangs');
    expect(plain(stdout)).toContain('standard input: tunnels');
    expect(plain(stdout)).toContain('adjust-mss');
  });
  test('what makes no sense is asked again, with what is wrong with it', async () => {
    const { code, stderr } = await typed(['9', '', 'toaster', '', 'aes512', '', 'string', '']);
    expect(code).toBe(0);
    for (const says of ['none of them', 'toaster', 'aes512', 'string']) expect(stderr).toContain(says);
  });
  test.for([
    [['', '', 'a', 'b', 'c'], /c/],
    [['', ''], /the input ended before the questions did/],
    [[], /the input ended/],
  ] as const)('%j: given up in a sentence', async ([lines, says]) => {
    const { code, stdout, stderr } = await typed(lines);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').slice(-3).join('\n')).toMatch(says);
  });
  test('what the options say already is not asked', async () => {
    const { stderr } = await typed(['', 'pppoe'], '--box', 'cisco', '--symptom', 'slow');
    expect(asked(stderr)).toBe(2);
    expect(stderr).toContain('diagnose -c aes256-sha256 -w pppoe --box cisco --symptom slow');
  });
  test.for([
    [['--box', 'toaster'], 'toaster'],
    [['-w', 'pppoe'], 'no tunnel is named'],
  ] as const)('%j: refused before anything is asked', async ([options, says]) => {
    const { code, stdout, stderr } = await typed(['', '', '', ''], ...options);
    expect([code, stdout, asked(stderr)]).toEqual([2, '', 0]);
    expect(stderr).toContain(says);
  });
  test('--json stays JSON', async () => {
    const { stdout } = await typed(['', '', '', ''], '--json');
    expect(JSON.parse(stdout)).toMatchObject({ things: [], paste: { target: 'nftables' } });
  });
  test.for([{ tty: false }, { tty: true }])('never through a pipe: %j', async ({ tty }) => {
    const screen = fakeTerminal({ stdin: '\n\n\n\n', tty });
    // Only one of the two is a terminal, or none.
    expect(await main(['diagnose'], screen.terminal)).toBe(2);
    expect([screen.stdout, asked(screen.stderr)]).toEqual(['', 0]);
    expect(screen.stderr).toMatch(/^mtucalc: nothing to diagnose.*\n {2}.*\n$/);
  });
});

describe('the questions', () => {
  test('are four, each with a usual answer that is among its choices', () => {
    expect(questions).toHaveLength(4);
    for (const question of questions) {
      expect(question.choices.map(({ word }) => word)).toContain(question.usual);
      expect(questionLines(question).filter((line) => line.endsWith('(usual)'))).toHaveLength(1);
    }
  });
  test.for([
    [0, '', 'hangs'],
    [0, ' 2 ', 'sites'],
    [0, '6', undefined],
    [0, '0', undefined],
    [0, 'SLOW', 'slow'],
    [0, 'rain', undefined],
    [1, 'RouterOS', 'routeros'],
    [2, 'aes128-sha1', 'aes128-sha1'],
  ] as const)('%d %j -> %j', ([index, line, word]) => {
    expect(wordOf(questions[index]!, line)).toBe(word);
  });
  test('every offered answer works', async () => {
    const all = [0, 1, 3].flatMap((index) =>
      questions[index]!.choices.map(({ word }) => [0, 1, 2, 3].map((at) => (at === index ? word : ''))),
    );
    for (const lines of [...all, ['', '', 'aes256gcm16', ''], ['', '', 'wireguard', '']])
      expect((await typed(lines)).code, lines.join()).toBe(0);
    expect(all).toHaveLength(symptoms.length + 8 + 4);
  });
});

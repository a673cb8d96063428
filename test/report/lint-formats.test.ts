import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { lintRules } from '../../src/lint/rules/index.js';
import { fakeTerminal } from '../terminal.js';

const half =
  '/ip firewall mangle\nadd action=change-mss chain=forward ipsec-policy=out,ipsec new-mss=1398 protocol=tcp tcp-flags=syn comment="a%0A::error::b"\nno command, with tcp-mss=1\n';
const run = async (format: string, stdin: string, ...argv: string[]) => {
  const screen = fakeTerminal({ stdin });
  return { code: await main(['lint', '-', '--format', format, ...argv], screen.terminal), out: screen.stdout };
};

test('sarif: one result for each finding, with its rule, level and line', async () => {
  const { code, out } = await run('sarif', half);
  const log = JSON.parse(out);
  expect(code).toBe(1);
  expect(log.version).toBe('2.1.0');
  const [{ tool, results }] = log.runs;
  expect(results.map((one: { ruleId: string; level: string }) => [one.ruleId, one.level])).toEqual(
    expect.arrayContaining([
      ['one-direction-clamp', 'error'],
      ['unread', 'warning'],
      ['unguarded-clamp', 'note'],
    ]),
  );
  const known = tool.driver.rules.map(({ id }: { id: string }) => id);
  for (const { ruleId, locations, message } of results) {
    expect(known).toContain(ruleId);
    expect(lintRules.map((rule) => rule.code)).toContain(ruleId);
    expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    expect(message.text).not.toBe('');
  }
});

test('github: one line for each finding, nothing of the file breaks out of it', async () => {
  const { out } = await run('github', half);
  const lines = out.trimEnd().split('\n');
  expect(
    lines.every((line) => /^::(error|warning|notice) file=standard input(,line=\d+,title=[\w-]+)?::/.test(line)),
  ).toBe(true);
  expect(lines).toHaveLength(4);
  expect(lines.at(-1)).toBe('::notice file=standard input::2 of 3 lines read');
});

test('nothing found is an empty list of results, and no annotation', async () => {
  const good =
    'table ip m {\n\tchain f {\n\t\ttype filter hook forward priority mangle; policy accept;\n\t\ttcp flags syn tcp option maxseg size set rt mtu\n\t}\n}\n';
  expect(JSON.parse((await run('sarif', good)).out).runs[0].results).toEqual([]);
  expect(await run('github', good)).toEqual({ code: 0, out: '' });
});

describe('action.yml', () => {
  const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
  test('inputs reach the shell as values of its environment only', () => {
    const script = text.slice(text.indexOf('run: |'));
    expect(script).not.toContain('${{');
    for (const input of ['file', 'args', 'format', 'output', 'version'])
      expect(text).toContain(`\${{ inputs.${input} }}`);
  });
});

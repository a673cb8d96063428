import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { main } from '../../src/cli/main.js';
import { formats, formatsOf, reporterOf } from '../../src/report/index.js';
import { fakeTerminal } from '../terminal.js';

async function run(argv: readonly string[], stdin = '') {
  const screen = fakeTerminal({ stdin });
  const code = await main(argv, screen.terminal);
  return { code, stdout: screen.stdout, stderr: screen.stderr };
}

describe('formats', () => {
  test.for(commands)('$name can be read and be parsed', async ({ load }) => {
    const { answers } = await load();
    expect(formatsOf(answers).map(({ id }) => id)).toEqual(expect.arrayContaining(['text', 'json']));
    for (const { id } of formatsOf(answers)) expect(await reporterOf(answers, id)).toBeTypeOf('function');
  });
  test('no two have one name', () => expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length));
  test('--json is --format json, and neither is text', async () => {
    const asked = await run(['-c', 'aes256', '--format', 'json']);
    expect(asked).toEqual(await run(['-c', 'aes256', '--json']));
    expect(JSON.parse(asked.stdout).schemaVersion).toBe(2);
    expect(await run(['-c', 'aes256', '--format', 'text'])).toEqual(await run(['-c', 'aes256']));
  });
  test.for([
    [
      ['-c', 'aes256', '--format', 'xml'],
      "mtucalc: --format 'xml' is not known: --format is how the answer is written\n  calc writes text, json\n",
    ],
    [['identify', '1422', '--format', 'html'], /identify writes text, json\n$/],
    [['-c', 'aes256', '--json', '--format', 'text'], 'mtucalc: --json and --format text contradict each other\n'],
    [['lint', '-', '--format', 'nftables'], /\n {2}--from-format nftables says what language the input is in\n$/],
    [['import', '-', '--format', 'xfrm-state'], /\n {2}--from-format xfrm-state says what language the input is in\n$/],
  ] as const)('%o', async ([argv, says]) => {
    const { code, stdout, stderr } = await run(argv, 'table inet x {}\n');
    expect([code, stdout]).toEqual([2, '']);
    if (typeof says === 'string') expect(stderr).toBe(says);
    else expect(stderr).toMatch(says);
  });
  test('--from-format of lint is the configuration’s language, or that of --from', async () => {
    const rules = '*mangle\n-A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu\nCOMMIT\n';
    expect(JSON.parse((await run(['lint', '-', '--from-format', 'iptables', '--json'], rules)).stdout).format).toBe(
      'iptables',
    );
    expect((await run(['lint', '-', '--from-format', 'iptables', '--from-format', 'nftables'], rules)).stderr).toMatch(
      /given twice for one input/,
    );
  });
});

describe('exit code 3 is for --strict alone', () => {
  const halfKnown = 'interface: wg0\n  listening port: 51820\n';
  test('a decided answer is 0', async () => {
    expect((await run(['-c', 'aes256', '--strict'])).code).toBe(0);
    expect((await run(['import', '-', '--from-format', 'wg-show', '--strict'], `${halfKnown}peer: x\n`)).code).not.toBe(
      3,
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { MtucalcError } from '../../src/error.js';
import { lint } from '../../src/lint/lint.js';
import { lintRules } from '../../src/lint/rules/index.js';
import { cleanLine } from '../../src/pasted-line.js';
import { cases, render } from '../snippet/cases.js';
import { fakeTerminal } from '../terminal.js';
import { iptablesRows, type LintRow, nftRows, routerosRows, swanctlRows } from './rows.js';
import { boxRows } from './rows-boxes.js';

const all = { routeros: routerosRows, iptables: iptablesRows, nftables: nftRows, swanctl: swanctlRows, ...boxRows };

describe.for(Object.entries(all))('%s', ([format, rows]) => {
  test.for(rows)('$says', ({ text, profile, expect: wanted }: LintRow) => {
    const result = lint(text, profile);
    expect(result.format).toBe(format);
    const found = result.findings.filter(({ severity }) => severity !== 'info').map(({ code, line }) => [code, line]);
    expect(found.toSorted()).toEqual(wanted.toSorted());
    for (const { line, fix, evidence } of result.findings) {
      expect(fix).toBeTruthy();
      expect(evidence[0]?.from).toBe(`line ${line}`);
      expect(cleanLine(text.split('\n')[line - 1] ?? '')).toContain(String(evidence[0]?.value).slice(0, 8));
    }
  });
});

test('every rule has a row that finds it', () => {
  const found = new Set(
    Object.values(all)
      .flat()
      .flatMap(({ text, profile }) => lint(text, profile).findings.map(({ code }) => code)),
  );
  expect(lintRules.map(({ code }) => code).filter((code) => !found.has(code))).toEqual([]);
});

describe('what mtucalc writes passes its own lint', () => {
  const own = cases.flatMap(({ name, targets, plan }) =>
    targets
      .filter((word) =>
        /^(routeros|ip6?tables|nftables|strongswan|charon|openwrt|vyos|edgeos|cisco|asa|junos|fortios|pf|wireguard|netplan)(@|$)/.test(
          word,
        ),
      )
      .map((word) => ({ name, word, plan })),
  );
  test.for(own)('$word $name', ({ word, plan }) => {
    const of = plan();
    const text = render(word, of);
    if (!/^(?!\s*[#!]).*\S/m.test(text)) return;
    const { findings } = lint(text, {
      mss: of.mss,
      tunnelMtu: of.tunnelMtu,
      linkMtu: of.linkMtu,
      style: of.style,
      tunnelIf: of.tunnelIf,
      natT: of.natT,
    });
    // Cisco's command ends at 1460 where more would fit.
    const capped = /^cisco/.test(word) ? 'mss-below-budget' : '';
    const other = findings.filter(
      ({ code }) => code !== 'missing-ipv6-twin' && code !== 'copy-df-no' && code !== capped,
    );
    expect(other).toEqual([]);
    expect(findings.some(({ severity }) => severity === 'problem')).toBe(false);
  });
});

describe('hostile input', () => {
  test.for(['', 'hello\n', '\0\0\0', '{'.repeat(5000), 'x'.repeat(30_000)])('refused: %#', (text) => {
    expect(() => lint(text)).toThrow(MtucalcError);
  });
  test.for([
    `connections {${'{ a '.repeat(300)}`,
    `connections {\n${`${'a'.repeat(19_000)}\n`.repeat(300)}\n}`,
    `*mangle\n${Array.from({ length: 12 }, (_, i) => Array.from({ length: 12 }, () => `-A ${i ? `C${i}` : 'FORWARD'} -j C${i + 1}`).join('\n')).join('\n')}\n`,
    `/ip firewall mangle\nadd action=change-mss comment="${'\\\n '.repeat(3000)}`,
    `table inet t {\nchain a {\ntype filter hook forward priority 0;\n${'tcp flags syn / '.repeat(900)}\n`,
    `:if (${'('.repeat(9000)}) do={${' '.repeat(9000)}\n/ip firewall nat add action=masquerade chain=srcnat`,
  ])('read or refused: %#', (text) => {
    try {
      lint(text);
    } catch (error) {
      expect(error).toBeInstanceOf(MtucalcError);
    }
  });
  test.for([
    `/ip firewall nat\n${'add action=masquerade chain=srcnat\n'.repeat(3001)}`,
    `*mangle\n${Array.from({ length: 1001 }, (_, i) => `-A FORWARD -o e${i} -p tcp -j TCPMSS --set-mss 1300`).join('\n')}`,
  ])('too many rules are refused, not skipped: %#', (text) => {
    expect(() => lint(text)).toThrow(/at most/);
  });
  test('what was not followed is said', () => {
    const wide = Array.from({ length: 6 }, (_, level) =>
      `-A ${level ? `C${level}` : 'FORWARD'} -j C${level + 1}\n`.repeat(8),
    ).join('');
    const clamp = '-A C6 -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1300\n';
    const { findings } = lint(`*mangle\n${wide}${clamp}`);
    expect(findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code)).toEqual([
      'not-all-followed',
    ]);
  });
  test('every truncation is read or refused, never a crash', () => {
    for (const { text } of Object.values(all).flat()) {
      for (let length = 0; length < text.length; length += 7) {
        try {
          lint(text.slice(0, length));
        } catch (error) {
          if (!(error instanceof MtucalcError)) throw error;
        }
      }
    }
  });
  test('control characters of the file do not reach the terminal', async () => {
    const fake = fakeTerminal({
      stdin: `/ip firewall mangle\nadd action=change-mss chain=forward ipsec-policy=out,ipsec new-mss=9 comment="\u001b[31m\u0007"`,
    });
    expect(await main(['lint', '-'], fake.terminal)).toBe(1);
    expect(fake.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe('command', () => {
  const run = async (stdin: string, ...argv: string[]) => {
    const fake = fakeTerminal({ stdin });
    return { code: await main(['lint', '-', ...argv], fake.terminal), stdout: fake.stdout, stderr: fake.stderr };
  };
  const good = render('nftables', cases[0]!.plan());
  test('exit 0 without a problem, 1 with one, 2 where it is no configuration', async () => {
    expect(await run(good, '-c', 'aes256-sha256', '--no-nat-t')).toMatchObject({ code: 0, stderr: '' });
    expect(await run(good, '-c', 'aes256-sha256', '--nat-t')).toMatchObject({ code: 1, stderr: '' });
    expect(await run('hello')).toMatchObject({ code: 2, stdout: '' });
  });
  test('--json is the value', async () => {
    const { stdout } = await run(good, '-c', 'aes256-sha256', '--nat-t', '--json');
    const value = JSON.parse(stdout);
    expect(value).toMatchObject({ schemaVersion: 2, format: 'nftables' });
    expect(value.findings[0]).toMatchObject({
      code: 'mss-above-budget',
      severity: 'problem',
      line: expect.any(Number),
    });
  });
});

const samples = new URL('../../../shared/samples/routeros/', import.meta.url);
test.for(['', ' \n\t\n'])('%j is said to be empty', (text) => {
  expect(() => lint(text)).toThrow(/is empty/);
});

describe.skipIf(!existsSync(samples))('genuine samples (skipped without ../shared)', () => {
  const codes = (name: string): string[] =>
    lint(readFileSync(new URL(name, samples), 'utf8'))
      .findings.filter(({ severity }) => severity !== 'info')
      .map(({ code, line }) => `${code} ${line}`);
  test.for([
    ['13-mangle-both-directions.txt', []],
    ['14-mangle-wild-bug-in-in.txt', ['return-rule-repeats 2']],
    ['15-mangle-script-with-subnets.txt', []],
    ['16-postrouting-clamp-and-clear-df.txt', ['df-cleared-too-late 3']],
    ['06-export-gcm256-default-proposal.txt', []],
  ] as const)('%s', ([name, wanted]) => {
    expect(codes(name)).toEqual(wanted);
  });
});

test('iptables -L is refused with what shows more', () => {
  const text =
    'Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)\n pkts bytes target     prot opt in     out     source               destination\n  120  7200 TCPMSS     tcp  --  *      tun0    0.0.0.0/0            0.0.0.0/0            tcp flags:0x06/0x02 TCPMSS set 1400\n';
  expect(() => lint(text)).toThrow(/this is iptables -L/);
  expect(() => lint('nothing of it')).toThrow(/none of the configurations/);
});

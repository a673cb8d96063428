import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { main } from '../../src/cli/main.js';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import { fakeTerminal } from '../terminal.js';

async function run(...argv: string[]) {
  const screen = fakeTerminal();
  const code = await main(argv, screen.terminal);
  return { code, stdout: screen.stdout, stderr: screen.stderr };
}

describe('misspelt', () => {
  test.for([
    [['analyse', 'x.pcap'], "mtucalc: there is no command 'analyse'\n  did you mean analyze?\n"],
    [['aes256'], "mtucalc: there is no command 'aes256'\n  did you mean mtucalc -c aes256?\n"],
    [['bananas'], /^mtucalc: there is no command 'bananas'\n {2}known: calc, .*, doctor\n$/],
    [
      ['analyze', 'x.pcap', '--reader', 'tshark'],
      "mtucalc: --reader 'tshark' is not known\n  one of own, pcap-parser\n",
    ],
    [['--cipher', 'nonsense'], "mtucalc: unknown cipher 'nonsense'\n  mtucalc ciphers lists all\n"],
  ] as const)('%j', async ([argv, says]) => {
    const { code, stderr } = await run(...argv);
    expect(code).toBe(2);
    if (typeof says === 'string') expect(stderr).toBe(says);
    else expect(stderr).toMatch(says);
  });
});

describe('calc', () => {
  test('the answer comes first', async () => {
    const { code, stdout } = await run('--cipher', 'aes256', '--wan', 'pppoe');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('Tunnel MTU 1422, safe TCP MSS 1382 (IPv4) and 1362 (IPv6)');
  });
  test('both spellings are the same', async () => {
    expect(await run('calc', '--cipher', 'aes256')).toEqual(await run('--cipher', 'aes256'));
  });
  test('--json is the library’s value', async () => {
    const { stdout } = await run('--cipher', 'aes256-sha1', '--nat-t', '--json');
    expect(JSON.parse(stdout)).toEqual(
      JSON.parse(JSON.stringify(calculate({ cipher: 'aes256-sha1', natT: true }, catalogue))),
    );
  });
  test('no colour into a pipe, colour on a terminal, none under NO_COLOR', async () => {
    const escapes = async (options: Parameters<typeof fakeTerminal>[0]) => {
      const screen = fakeTerminal(options);
      await main(['--cipher', 'aes256'], screen.terminal);
      return screen.stdout.includes('\u001b[');
    };
    expect([
      await escapes({}),
      await escapes({ tty: true }),
      await escapes({ tty: true, env: { NO_COLOR: '1' } }),
    ]).toEqual([false, true, false]);
  });
  test('rows of one’s own', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mtucalc-')), 'my.json');
    writeFileSync(
      file,
      JSON.stringify({ wan: [{ id: 'radio', name: 'radio link', linkMtu: 1400, source: 'measured' }] }),
    );
    const { stdout } = await run('--wan', 'radio', '--ciphers', file, '--json');
    expect(JSON.parse(stdout).linkMtu).toBe(1400);
    writeFileSync(
      file,
      JSON.stringify({ encr: [{ id: 'x', name: 'x', source: 'y', kind: 'cipher', block: 0, iv: 8, icv: 0 }] }),
    );
    expect((await run('-c', 'x', '--ciphers', file)).stderr).toContain('block 0 is not a power of two from 1 to 64');
  });
});

describe('bad input: one sentence, the cure, exit 2, no stack', () => {
  test.for([
    [['--link-mtu', '40', '--cipher', 'aes256'], 'mtucalc: link MTU 40 is below the IPv4 minimum 68 (RFC 791 §3.2)\n'],
    [['--link-mtu', 'abc'], "mtucalc: link MTU 'abc' is not a whole number of octets\n  for example --link-mtu 1492\n"],
    [['--wan', 'pppoe', '--wan', 'lte'], 'mtucalc: --wan is given 2 times, once is meant\n'],
    [['--outer', '5'], "mtucalc: --outer '5' is no IP version\n  --outer 4 or --outer 6\n"],
  ] as const)('%o', async ([argv, stderr]) => expect(await run(...argv)).toEqual({ code: 2, stdout: '', stderr }));
  test.for([
    [['-c', 'aes256', '--nat-t=maybe'], "mtucalc: --nat-t='maybe' is neither yes nor no"],
    [['--constructor'], "mtucalc: unknown option '--constructor'"],
    [['identify', '-1'], "mtucalc: unknown option '-1'"],
    [['--wan', 'dsll'], "mtucalc: unknown WAN 'dsll'\n  did you mean dsl"],
    [['--ciphers', 'no-such-file'], 'mtucalc: cannot read no-such-file: there is no such file\n'],
    [
      ['lint', 'no-such-file'],
      'mtucalc: cannot read no-such-file: there is no such file\n  name a file with a configuration',
    ],
    [['watch', '--targets', 'no-such-file'], 'mtucalc: cannot read no-such-file: there is no such file\n'],
    [['watch', '127.0.0.1', '--listen', '192.0.2.77:9845'], 'mtucalc: cannot listen at 192.0.2.77 port 9845: it is no'],
    [['listen', '--listen', '192.0.2.77'], 'mtucalc: cannot listen at 192.0.2.77 port 9470: it is no address'],
    [['verify', '127.0.0.1', '-c', 'aes256', '--emit', 'foo'], "mtucalc: unknown snippet target 'foo'"],
    [['snippet', 'foo'], "mtucalc: unknown snippet target 'foo'"],
    [['snippet', 'foo', '-c', 'bar', '--from', 'no-such-file'], "mtucalc: unknown snippet target 'foo'"],
    [['snippet', 'cisco', '--all', '--from', 'no-such-file'], 'mtucalc: --all belongs to --undo'],
    [['import', 'no-such-file', '--from-format', 'foo'], "mtucalc: unknown format 'foo'"],
    [['import', 'no-such-file', '--wan', 'foo'], "mtucalc: unknown WAN 'foo'"],
    [['import', 'no-such-file', '--tunnel', 'foo'], "mtucalc: unknown tunnel 'foo'"],
    [['import', 'no-such-file', '--cipher', 'foo'], "mtucalc: unknown cipher 'foo'"],
    // Of a cipher the input may say the other half.
    [['import', 'no-such-file', '--auth', 'sha256', '-t', 'gre-ipsec'], 'mtucalc: cannot read no-such-file'],
    [['calc', '--from', 'no-such-file', '--from-format', 'foo'], "mtucalc: unknown format 'foo'"],
    [['lint', 'no-such-file', '--from-format', 'foo'], "mtucalc: unknown format 'foo'"],
    [['analyze', 'no-such-file', '-c', 'foo'], "mtucalc: unknown cipher 'foo'"],
    [['diagnose', 'no-such-file', '-c', 'foo'], "mtucalc: unknown cipher 'foo'"],
    [['diagnose', '127.0.0.1', '-w', 'foo'], "mtucalc: unknown WAN 'foo'"],
    [['watch', '--targets', 'no-such-file', '--listen', 'foo'], 'mtucalc: --listen foo is no address'],
    [['watch', '--targets', 'src'], 'mtucalc: cannot read src: it is a directory\n  name a file'],
    [['snippet', 'cisco', '--wan-if', 'x;y'], "mtucalc: --wan-if 'x;y' cannot be written safely into Cisco IOS"],
    [['snippet', 'windows', '-c', 'aes256', '--lan-if', 'x;y'], "mtucalc: --lan-if 'x;y' cannot be written safely"],
    [['--wam', 'pppoe'], "mtucalc: unknown option '--wam'\n  did you mean --wan"],
    [['compare', '--outer', 'x'], "mtucalc: --outer 'x' is no IP version\n"],
    [['calc', '--no-copy-df', '-c', 'aes256'], 'mtucalc: --copy-df is for configuration, calc prints the numbers'],
    [['--wan=lte', '-w', 'pppoe'], 'mtucalc: --wan is given 2 times, once is meant'],
    [['--nat-t', '--no-nat-t'], 'mtucalc: --nat-t and --no-nat-t contradict each other'],
    [['--stack', 'ipv4/gre:constructor'], "mtucalc: GRE has no option 'constructor'"],
    [['--wan', 'pp\u001bpoe'], "mtucalc: --wan 'pp\\u001bpoe' holds control characters"],
    [['compare', '--link-mtu', '1400', '--rows', 'wan'], 'mtucalc: --link-mtu and the wan axis contradict each other'],
    [['1422'], "mtucalc: there is no command '1422'\n  did you mean mtucalc identify 1422?\n"],
    [['aes256-sha256'], "mtucalc: there is no command 'aes256-sha256'\n  did you mean mtucalc -c aes256-sha256?\n"],
    [['wireguard'], "mtucalc: there is no command 'wireguard'\n  did you mean mtucalc -t wireguard?\n"],
    [['--mtu', '1492', '-c', 'aes256'], "mtucalc: unknown option '--mtu'\n  did you mean --link-mtu?"],
    [['-w', '1492', '-c', 'aes256'], "mtucalc: unknown WAN '1492'\n  for a number: --link-mtu 1492\n"],
  ] as const)('%o says so', async ([argv, stderr]) => {
    const result = await run(...argv);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr.slice(0, stderr.length)).toBe(stderr);
  });
  test.for([['--nat-t'], ['--nat-t=yes'], ['--nat-t=on'], ['--nat-t=1'], ['--nat-t', '--nat-t']])(
    '%o is NAT-T',
    async (argv) => {
      expect(JSON.parse((await run('-c', 'aes256-sha1', ...argv, '--json')).stdout).tunnelMtu).toBe(1422);
    },
  );
  test.for([['--no-nat-t'], ['--nat-t=no'], ['--nat-t=off']])('%o is none', async (argv) => {
    expect(JSON.parse((await run('-caes256-sha1', ...argv, '--json')).stdout).tunnelMtu).toBe(1438);
  });
  test.for([
    ['--nope'],
    ['--cipher'],
    ['--cipher', ''],
    ['x'],
    ['identify'],
    ['identify', '1', '2'],
    ['compare', '--rows', 'x'],
  ] as const)('%o', async (argv) => {
    const { code, stdout, stderr } = await run(...argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^mtucalc: .+\n/);
    expect(stderr).not.toContain('    at ');
  });
});

describe('compare lays out what was named', () => {
  test.for([
    // arguments, first column, number of columns of figures
    ['-t wireguard,gre -w ethernet,pppoe', ['wireguard', 'gre'], 2],
    ['-t wireguard -w pppoe', ['wireguard'], 1],
    ['-t openvpn -c aes256gcm16,aes256-sha256 -w pppoe', ['aes256gcm16', 'aes256-sha256'], 1],
    ['-t ipsec,gre-ipsec -c aes256-sha256 -w pppoe', ['aes256-sha256 ipsec', 'aes256-sha256 gre-ipsec'], 2],
    ['-t gre-ipsec -c aes256-sha256 -w pppoe', ['aes256-sha256'], 2],
  ] as const)('%s', async ([words, names, figures]) => {
    const { code, stdout } = await run('compare', ...words.split(' '));
    expect(code).toBe(0);
    const rows = stdout.split('\n').filter((line) => names.some((name) => line.startsWith(`${name} `)));
    expect(rows.map((row) => row.match(/\b1\d{3}\b/g)?.length)).toEqual(names.map(() => figures));
  });
});

describe('every command', () => {
  test.for(commands)('$name has help with an example', async ({ name }) => {
    const { code, stdout } = await run(name, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`mtucalc ${name}`);
    expect(stdout).toContain('Examples:');
  });
  test('help without a command lists them all', async () => {
    const { stdout } = await run('--help');
    expect(commands.filter(({ name }) => !stdout.includes(`  ${name}`))).toEqual([]);
  });
});

describe('what people type first', () => {
  test('help, help COMMAND and version', async () => {
    expect(await run('help')).toEqual(await run('--help'));
    expect(await run('help', 'lint')).toEqual(await run('lint', '--help'));
    expect(await run('version')).toEqual(await run('--version'));
    expect((await run('version')).stdout).toMatch(/^\d+\.\d+\.\d+/);
    expect(await run()).toEqual(await run('--help'));
  });
  test('help for what is no command names the nearest one', async () => {
    expect(await run('help', 'analyse')).toEqual({
      code: 2,
      stdout: '',
      stderr: "mtucalc: there is no command 'analyse'\n  did you mean analyze?\n",
    });
  });
});

describe('an answer that cannot be written', () => {
  const failing = (code: string, message: string) => {
    const screen = fakeTerminal();
    const write = () => {
      throw Object.assign(new Error(message), { code, syscall: 'write' });
    };
    return { screen, terminal: { ...screen.terminal, stdout: { write } } };
  };
  test('a full disk: one sentence, exit 2', async () => {
    const { screen, terminal } = failing('ENOSPC', 'no space left on device');
    expect(await main(['--cipher', 'aes256'], terminal)).toBe(2);
    expect(screen.stderr).toBe('mtucalc: the answer could not be written: no space left on device\n');
  });
  test('a reader that went away is no failure', async () => {
    const { screen, terminal } = failing('EPIPE', 'broken pipe');
    expect(await main(['--cipher', 'aes256'], terminal)).toBe(0);
    expect(screen.stderr).toBe('');
  });
});

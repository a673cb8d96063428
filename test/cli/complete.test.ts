import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { candidates } from '../../src/cli/complete.js';
import { completionScript, shellOf, shells } from '../../src/cli/completion-script.js';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

describe('completion', () => {
  test.for([
    [['iden'], ['identify']],
    [['identify', '--pi'], ['--ping']],
    [
      ['--wan', 'pppo'],
      ['pppoe', 'pppoe-jumbo', 'pppoa'],
    ],
    [['calc', '-t', 'wire'], ['wireguard']],
    [['calc', '--link-mtu', ''], []],
    // Values of options whose words stand elsewhere.
    [['calc', '--emit', 'nft'], ['nftables']],
    [['probe', '10.0.0.1', '--emit', 'fort'], ['fortios']],
    [
      ['probe', '10.0.0.1', '--engine', ''],
      ['raw', 'errqueue', 'tcp', 'ping'],
    ],
    [['probe', '10.0.0.1', '--protocol', 't'], ['tcp']],
    [['import', '--from-format', 'xfrm-s'], ['xfrm-state']],
    [
      ['lint', '--from-format', 'n'],
      ['nftables', 'netplan', 'nmap-path-mtu', 'netplan-tunnels', 'netsh', 'networkd'],
    ],
    [['analyze', '--format', 'h'], ['html']],
    [
      ['calc', '--format', ''],
      ['text', 'json'],
    ],
    [['compare', '--rows', 'cipher,w'], ['cipher,wan']],
    // Behind an equals sign: one word, or three in bash.
    [['--wan=pppo'], ['--wan=pppoe', '--wan=pppoe-jumbo', '--wan=pppoa']],
    [
      ['calc', '--wan', '=', 'pppo'],
      ['pppoe', 'pppoe-jumbo', 'pppoa'],
    ],
    [
      ['calc', '--outer', '='],
      ['4', '6'],
    ],
    // Behind a comma, where several are meant.
    [['calc', '--cipher', 'aes256-sha1,3'], ['aes256-sha1,3des-sha1']],
    [['calc', '--cipher=aes256-sha1,3'], ['--cipher=aes256-sha1,3des-sha1']],
    [['calc', '--wan', 'ethernet,pppoe-'], []],
    [['compare', '--wan', 'ethernet,pppoe-'], ['ethernet,pppoe-jumbo']],
    // Words of a command; where it takes files, nothing: the shell completes them.
    [['snippet', 'nftab'], ['nftables']],
    [['snippet', 'routeros', 'nftab'], ['nftables']],
    [['completion', 'p'], ['powershell']],
    [['analyze', ''], []],
    [
      ['analyze', 'lan', '--re'],
      ['--report', '--reader', '--resync', '--redact'],
    ],
  ] as const)('%o', async ([words, expected]) => expect(await candidates(words)).toEqual(expected));
  test('through the command line', async () => {
    const screen = fakeTerminal();
    expect(await main(['--complete', 'comp'], screen.terminal)).toBe(0);
    expect(screen.stdout).toBe('compare\ncompletion\n');
  });
  test('the bash script is valid and asks mtucalc', () => {
    expect(completionScript('bash')).toContain('mtucalc --complete');
    execFileSync('bash', ['-n'], { input: completionScript('bash') });
  });
});

describe('the scripts of the shells', () => {
  test.for(shells)('%s: asks mtucalc, and says where it goes', (shell) => {
    const script = completionScript(shell);
    expect(script).toContain('mtucalc --complete ');
    expect(script).toMatch(/add it to|save it as/);
  });
  test('zsh without compinit calls no compdef', () => {
    expect(completionScript('zsh')).toMatch(/if .*functions\[compdef\].*\n\s+compdef/);
  });
  test.for([
    ['/bin/zsh', 'zsh'],
    ['/usr/bin/fish', 'fish'],
    ['/bin/dash', 'bash'],
    ['', 'bash'],
  ] as const)('$SHELL %j: %s', ([path, shell]) => expect(shellOf(path)).toBe(shell));
});

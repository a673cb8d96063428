import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

async function run(...argv: string[]) {
  const fake = fakeTerminal();
  const code = await main(argv, fake.terminal);
  return { code, stdout: fake.stdout, stderr: fake.stderr };
}

describe('snippet', () => {
  test('one target: the configuration and nothing else', async () => {
    const { code, stdout, stderr } = await run('snippet', 'nftables', '-c', 'aes256-sha256', '--no-nat-t');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => !line.startsWith('#'))[0]).toBe('table inet mtucalc-ipsec');
    expect(stdout).toContain('maxseg size set 1398');
    expect(stdout).toContain('maxseg size set 1378');
  });

  test('several targets stand under headers in their own languages; calc --emit prints the same', async () => {
    const profile = ['-c', 'aes256', '-w', 'pppoe', '--ipsec', 'vti'];
    const many = await run('snippet', 'routeros', 'cisco', ...profile);
    expect(many.stdout.split('\n').filter((line) => line.includes('====='))).toEqual([
      '# ===== MikroTik RouterOS: mtucalc-vti.rsc =====',
      '! ===== Cisco IOS and IOS-XE: mtucalc-vti-ios.txt =====',
    ]);
    expect((await run(...profile, '--emit', 'routeros,cisco')).stdout).toBe(many.stdout);
  });

  test('all: what cannot be made is said on stderr', async () => {
    const { code, stdout, stderr } = await run('snippet', 'all', '--tunnel', 'wireguard');
    expect(code).toBe(0);
    expect(
      stderr
        .split('\n')
        .filter((line) => line.includes('left out'))
        .map((line) => line.split(' ')[1]),
    ).toEqual(
      'strongswan charon cisco junos fortios panos asa iosxr nxos sophos checkpoint huawei aws azure gcp'.split(' '),
    );
    expect(stdout).toContain('MTU = 1440');
  });

  test('--out writes one file each, two versions two files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
    try {
      const { code, stdout } = await run(
        'snippet',
        'vyos@1.3,vyos@1.4,iptables',
        '-c',
        'aes256gcm16',
        '--ipsec',
        'vti',
        '--out',
        join(folder, 'new'),
      );
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(readdirSync(join(folder, 'new')).toSorted()).toEqual([
        'mtucalc-vti-vyos-1.3.txt',
        'mtucalc-vti-vyos-1.4.txt',
        'mtucalc-vti.iptables',
      ]);
      expect(readFileSync(join(folder, 'new/mtucalc-vti-vyos-1.3.txt'), 'utf8')).toContain('firewall options');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a narrow link without a tunnel, by the name of its interface', async () => {
    const { code, stdout } = await run('snippet', 'nftables', '--wan', 'pppoe', '--wan-if', 'ppp0');
    expect(code).toBe(0);
    expect(stdout).toContain('oifname "ppp0"');
    expect(stdout).toContain('size set 1452');
    expect((await run('snippet', 'cisco', '--wan', 'pppoe', '--wan-if', 'Dialer1')).stdout).not.toContain('path-mtu');
  });

  test('--json', async () => {
    const { stdout } = await run('snippet', 'pfsense', '-c', 'aes256-sha256', '--nat-t', '--json');
    const value = JSON.parse(stdout);
    expect(value).toMatchObject({ schemaVersion: 2, tunnelMtu: 1422, mss: { ipv4: 1382, ipv6: 1362 }, leftOut: [] });
    expect(Object.keys(value.snippets[0])).toEqual(['target', 'title', 'version', 'fileName', 'text']);
  });

  test.for([
    [['snippet'], /target is missing/],
    [['snippet', 'iptable', '-c', 'aes256'], /unknown snippet target 'iptable'\n {2}did you mean .*iptables/],
    [['snippet', 'iptables@2', '-c', 'aes256'], /iptables has no version '2'/],
    [['snippet', 'vyos@9', '-c', 'aes256', '--ipsec', 'vti'], /vyos has no version '9'\n {2}vyos@1\.4/],
    [['snippet', 'iptables'], /cipher|tunnel/],
    [['snippet', 'iptables', '--tunnel', 'wireguard', '--ipsec', 'xfrm'], /needs an IPsec tunnel/],
    [['snippet', 'iptables', '--tunnel', 'gre-ipsec', '-c', 'aes256', '--ipsec', 'policy'], /interface of its own/],
    [['snippet', 'iptables', '-c', 'aes256', '--ipsec', 'vti', '--if-id', '1'], /belongs to an xfrm interface/],
    [['snippet', 'strongswan', '-c', 'aes256', '--if-id', '0'], /outside 1 to 4294967295/],
    [['snippet', 'strongswan', '-c', 'aes256', '--if-id', 'x'], /not a whole number/],
    [['snippet', 'nftables', '-c', 'aes256', '--clear-df'], /without --remote-net/],
    [['snippet', 'nftables', '-c', 'aes256', '--clear-df', '--inner', '6', '--remote-net', '::/0'], /no DF bit/],
    [['snippet', 'nftables', '-c', 'aes256', '--flowtable'], /names its devices/],
    [
      ['snippet', 'nftables', '-c', 'aes256', '--local-net', '10.0.0.0/8', '--remote-net', '2001:db8::/32'],
      /no IP version/,
    ],
    [['snippet', 'routeros', '-c', 'aes256', '--fasttrack', 'raw'], /by address/],
    [['snippet', 'cisco', '-c', 'aes256', '--ipsec', 'vti', '--link-mtu', '590'], /500 to 1460/],
    [['-c', 'aes256', '--clear-df'], /--clear-df is for configuration/],
    [['snippet', 'nftables', '--wan', 'pppoe'], /no tunnel to clamp for\n.*--wan-if/],
    [['snippet', 'fortios@6.4', '-c', 'aes256', '--ipsec', 'vti'], /one direction only/],
    [['snippet', 'iptables', '-c', 'aes256', '--tunnel-if', 'a b', '--ipsec', 'vti'], /'a b' cannot be written safely/],
    [
      ['snippet', 'iptables', '-c', 'aes256', '--out', '/proc/nowhere'],
      /cannot write \/proc\/nowhere: there is no such folder/,
    ],
  ] as const)('%s', async ([argv, message]) => {
    const { code, stdout, stderr } = await run(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint/lint.js';
import type { LintFinding, LintProfile } from '../../src/lint/rule.js';

const tunnel: LintProfile = { mss: { ipv4: 1382, ipv6: 1362 }, tunnelMtu: 1422, linkMtu: 1500 };
const of = (code: string, text: string, profile: LintProfile = tunnel): LintFinding[] =>
  lint(text, profile).findings.filter((finding) => finding.code === code);
const severities = (text: string, profile?: LintProfile): string[] =>
  of('not-plausible', text, profile).map(({ severity }) => severity);

/** A clamp of that number in each language, IPv4. */
const clamps: Readonly<Record<string, (mss: string) => string>> = {
  routeros: (mss) =>
    `/ip firewall mangle\nadd action=change-mss chain=forward protocol=tcp tcp-flags=syn new-mss=${mss}`,
  iptables: (mss) => `*mangle\n-A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${mss}`,
  nftables: (mss) =>
    `table ip m {\nchain f {\ntype filter hook forward priority -150;\ntcp flags syn tcp option maxseg size set ${mss}`,
  cisco: (mss) => `interface Tunnel0\n tunnel mode ipsec ipv4\n ip tcp adjust-mss ${mss}`,
  vyos: (mss) => `set interfaces vti vti0 address 10.0.0.1/30\nset interfaces vti vti0 ip adjust-mss ${mss}`,
  junos: (mss) => `set interfaces st0 unit 0 family inet mtu 1422\nset security flow tcp-mss ipsec-vpn mss ${mss}`,
  fortios: (mss) => `config system interface\nedit "vpn"\nset tcp-mss ${mss}`,
  pf: (mss) => `block in all\nmatch on enc0 scrub (max-mss ${mss}`,
};

describe.for(Object.entries(clamps))('a clamp of %s', ([format, clamp]) => {
  test.for([
    ['1', ['problem']],
    ['13', ['problem']],
    ['535', ['problem']],
    ['536', []],
    ['1382', []],
    ['65495', []],
    ['65496', ['problem']],
    ['99999', ['problem']],
  ] as const)('to %s', ([mss, wanted]) => {
    const text = `${clamp(mss)}\n`;
    expect(lint(text).format).toBe(format);
    // Said once, whatever the number of chains and directions.
    expect([...new Set(severities(text, {}))]).toEqual(wanted);
  });
  test.for(['13', '138', '535', '900'])('cut off behind %s is not called safe', (mss) => {
    const { findings } = lint(clamp(mss), tunnel);
    expect(findings.map(({ says }) => says).join('\n')).not.toMatch(/\bsafe\b/);
    expect(of('unfinished', clamp(mss)).map(({ severity }) => severity)).toEqual(['warning']);
  });
  test('a whole number without the end of its line is not called safe either, nor made a warning of', () => {
    expect(
      lint(clamp('1300'), tunnel)
        .findings.map(({ says }) => says)
        .join('\n'),
    ).not.toMatch(/\bsafe\b/);
    expect(of('unfinished', clamp('1300')).map(({ severity }) => severity)).toEqual(['info']);
    expect(of('unfinished', `${clamp('1300')}\n`)).toEqual([]);
  });
});

describe('by IP version and by what fits', () => {
  const v6 = (mss: number): string =>
    `ip6tables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${mss}\n`;
  test.for([
    [535, ['problem']],
    [536, ['warning']],
    [1219, ['warning']],
    [1220, []],
  ] as const)('IPv6 %i', ([mss, wanted]) => expect(severities(v6(mss))).toEqual(wanted));
  test('one rule for both versions has the number of IPv4', () => {
    const both = (mss: number): string =>
      `table inet m {\nchain f {\ntype filter hook forward priority -150;\ntcp flags syn tcp option maxseg size set ${mss}\n}\n}\n`;
    expect([535, 536].map((mss) => severities(both(mss)))).toEqual([['problem'], []]);
  });
  test.for([
    [499, ['problem']],
    [500, []],
  ] as const)('%i in a tunnel that has room for 500', ([mss, wanted]) => {
    const narrow: LintProfile = { mss: { ipv4: 500, ipv6: 480 }, tunnelMtu: 540 };
    expect(severities(`${clamps.iptables?.(String(mss))}\n`, narrow)).toEqual(wanted);
  });
});

test('a clamp whose number is cut away wholly is none to the MTU of the route', () => {
  for (const text of [clamps.iptables?.(''), clamps.nftables?.('')])
    expect(of('not-plausible', text?.trimEnd() ?? '').map(({ says }) => says)).toEqual(['a clamp without a number']);
});

/** An interface of that MTU in each language. */
const interfaces: Readonly<Record<string, (mtu: string) => string>> = {
  routeros: (mtu) => `/interface wireguard\nadd name=wg1 mtu=${mtu}`,
  cisco: (mtu) => `interface Tunnel0\n tunnel mode ipsec ipv4\n ip mtu ${mtu}`,
  vyos: (mtu) => `set interfaces vti vti0 address 10.0.0.1/30\nset interfaces vti vti0 mtu ${mtu}`,
  junos: (mtu) => `set interfaces st0 unit 0 family inet mtu ${mtu}`,
  fortios: (mtu) =>
    `config vpn ipsec phase1-interface\nedit "vpn"\nset interface "wan1"\nnext\nend\nconfig system interface\nedit "vpn"\nset mtu-override enable\nset mtu ${mtu}`,
  openwrt: (mtu) => `config interface 'wg0'\n\toption proto 'wireguard'\n\toption mtu ${mtu}`,
  wireguard: (mtu) => `[Interface]\nPrivateKey = x\nMTU = ${mtu}`,
  netplan: (mtu) => `network:\n  tunnels:\n    wg0:\n      mode: wireguard\n      mtu: ${mtu}`,
};

describe.for(Object.entries(interfaces))('an MTU of %s', ([format, configuration]) => {
  test.for([
    ['14', 1],
    ['575', 1],
    ['576', 0],
    ['1420', 0],
    ['65535', 0],
    ['65536', 1],
    ['99999', 1],
  ] as const)('%s', ([mtu, wanted]) => {
    const text = `${configuration(mtu)}\n`;
    expect(lint(text).format).toBe(format);
    expect(of('not-plausible', text, {})).toHaveLength(wanted);
    expect(of('unfinished', configuration(mtu)).map(({ severity }) => severity)).toEqual([
      Number(mtu) > 921 ? 'info' : 'warning',
    ]);
  });
});

test('921 may be the beginning of a jumbo MTU, 922 of none; a number of something else is not looked at so closely', () => {
  const severity = (text: string): string | undefined => of('unfinished', text)[0]?.severity;
  expect([severity('[Interface]\nMTU = 921'), severity('[Interface]\nMTU = 922')]).toEqual(['warning', 'info']);
  expect(severity('[Interface]\nMTU = 1420\nListenPort = 518')).toBe('info');
  expect(severity('[Interface]\nMTU = 1420 ')).toBeUndefined();
});

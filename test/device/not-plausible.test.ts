import { describe, expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import type { ImportAnswer } from '../../src/device/imported.js';
import { MtucalcError } from '../../src/error.js';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';

const read = (text: string, linkMtu?: number): ImportAnswer | string => {
  try {
    return importPaste(text, catalogue, { from: 'x', overrides: linkMtu === undefined ? {} : { linkMtu } });
  } catch (error) {
    if (error instanceof MtucalcError) return error.message;
    throw error;
  }
};
const codes = (text: string, linkMtu?: number): string[] => {
  const answer = read(text, linkMtu);
  return typeof answer === 'string' ? [answer] : answer.findings.map(({ code }) => code);
};
const remarks = (text: string): string => {
  const answer = read(text);
  return typeof answer === 'string' ? answer : answer.assumptions.map(({ says }) => says).join('\n');
};

const sa = `src 192.0.2.1 dst 198.51.100.1
\tproto esp spi 0xc1234567 reqid 1 mode tunnel
\tauth-trunc hmac(sha256) 0x11 (256 bits) 128
\tenc cbc(aes) 0x11 (256 bits)
`;

/** The link under the tunnel, as it is printed. */
const links: Readonly<Record<string, (mtu: string) => string>> = {
  'ip-link': (mtu) => `${sa}2: eth0: <BROADCAST,UP,LOWER_UP> mtu ${mtu}`,
  ifconfig: (mtu) => `${sa}eth0: flags=4163<UP,BROADCAST,RUNNING>  mtu ${mtu}`,
  routeros: (mtu) =>
    `/ip ipsec proposal\nadd name=p auth-algorithms=sha256 enc-algorithms=aes-256-cbc\n/interface ethernet\nset [ find default-name=ether1 ] mtu=${mtu}`,
  cisco: (mtu) =>
    `interface: Gi0/0\n    Crypto map tag: M, local addr 192.0.2.1\n     local crypto endpt.: 192.0.2.1, remote crypto endpt.: 198.51.100.1\n     inbound esp sas:\n      spi: 0xC1234567(3240445287)\n        transform: esp-256-aes esp-sha256-hmac ,\n        in use settings ={Tunnel, }\n`.replace(
      '     inbound',
      `     path mtu ${mtu}, ip mtu 1500\n     inbound`,
    ),
};

describe.for(Object.entries(links))('the link MTU of %s', ([, paste]) => {
  test.for(['1', '14', '67', '149', '575'])('%s is refused, and said otherwise it is not asked for', (mtu) => {
    expect(read(paste(mtu))).toMatch(
      new RegExp(`^link MTU ${mtu} from .* is not plausible: every IPv4 host takes 576`),
    );
    expect(typeof read(paste(mtu), 1500)).toBe('object');
  });
  test.for(['576', '1492', '9000', '65535'])('%s is taken, and where its line has no end that is told', (mtu) => {
    expect(typeof read(`${paste(mtu)}\n`)).toBe('object');
    expect(remarks(`${paste(mtu)}\n`)).not.toContain('has no end');
    // A number that ends within its text is whole.
    const open = /\d$/.test(paste(mtu));
    expect(remarks(paste(mtu)).includes(`if the text was cut there, ${mtu} is the beginning`)).toBe(open);
  });
  test.for(['65536', '99999'])('%s is more than a packet', (mtu) =>
    expect(read(`${paste(mtu)}\n`)).toContain('above the largest IP packet'),
  );
});

describe('what a device sets', () => {
  const clamp = (mss: number): string =>
    `/ip ipsec proposal\nadd name=p auth-algorithms=sha256 enc-algorithms=aes-256-cbc\n/ip firewall mangle\nadd action=change-mss chain=forward protocol=tcp tcp-flags=syn new-mss=${mss}\n`;
  test.for([
    [13, 'not-plausible'],
    [535, 'not-plausible'],
    [536, 'clamp-fits'],
    [99999, 'mss-above-budget'],
  ] as const)('MSS %i', ([mss, code]) => expect(codes(clamp(mss))).toContain(code));
  test('less than every host takes, where no more fits', () => {
    const fits = calculate({ cipher: 'aes256-sha256', linkMtu: 580, natT: true }, catalogue).mss.ipv4;
    expect(fits).toBeLessThan(536);
    expect(
      [codes(clamp(fits), 580), codes(clamp(fits - 1), 580)].map((all) => all.find((code) => /clamp|plaus/.test(code))),
    ).toEqual(['clamp-fits', 'not-plausible']);
  });

  const quick = (mtu: number): string =>
    `[Interface]\nMTU = ${mtu}\n[Peer]\nEndpoint = 192.0.2.1:51820\nAllowedIPs = 10.0.0.0/8\n`;
  test.for([
    [14, 'not-plausible'],
    [575, 'not-plausible'],
    [576, 'interface-mtu-smaller'],
    [99999, 'interface-mtu'],
  ] as const)('MTU %i of an interface', ([mtu, code]) => expect(codes(quick(mtu))).toContain(code));
});

describe('what was measured', () => {
  const path = (mtu: number): string =>
    ` 1?: [LOCALHOST]                      pmtu 1500\n 1:  192.0.2.1                                             0.300ms pmtu ${mtu}\n 2:  198.51.100.1                                          2.000ms reached\n     Resume: pmtu ${mtu} hops 2 back 2\n`;
  test.for([
    [68, true],
    [575, true],
    [576, false],
    [1492, false],
  ] as const)('an MTU of %i that a router names', ([mtu, refused]) => {
    expect(codes(path(mtu)).includes('not-plausible')).toBe(refused);
    const answer = read(path(mtu));
    if (typeof answer === 'string' || !('paths' in answer)) throw new Error('not measured');
    expect(answer.paths.map(({ mss }) => mss === null)).toEqual([refused]);
  });
});

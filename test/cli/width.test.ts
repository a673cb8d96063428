import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { visibleLength } from '../../src/report/text/wrap.js';
import { fakeTerminal } from '../terminal.js';

const root = new URL('../..', import.meta.url).pathname;
const lines: readonly string[] = [
  '--cipher aes256 --wan pppoe',
  '--stack pppoe/ipv4/natt/esp:aes256-sha256:transport/gre',
  '-c aes256-sha256,aes128gcm16 -w azure-vpn',
  'compare',
  'compare --rows tunnel --columns outer,nat-t -c aes256gcm16 -t ipsec,vxlan-ipsec',
  'identify 1422',
  'ciphers',
  'ciphers --wan --tunnels --headers',
  `import ${root}test/device/fixtures/cisco-asa-natt.txt --verbose`,
  `import ${root}test/device/fixtures/xfrm-iptfs.txt`,
  `lint ${root}examples/office.rsc -c aes256-sha256 -w pppoe`,
  `analyze ${root}captures/black-hole-client.pcap`,
  `analyze ${root}captures/esp-only-gw1-wan.pcap`,
  'probe 127.0.0.1 --max 1500',
  '--help',
  'help snippet',
  'help lint',
];

/** A word that has no blank cannot be broken: a path, an address with its port. */
const canBreak = (line: string, columns: number): boolean =>
  line
    .trim()
    .split(' ')
    .every((word) => visibleLength(word) < columns - 14);

describe.each([80, 60])('%i columns', (columns) => {
  test.for(lines)('%s', async (line) => {
    const screen = fakeTerminal({ tty: true, columns, env: { SOURCE: 'test' } });
    await main(line.split(' '), screen.terminal);
    const printed = screen.stdout.split('\n');
    expect(printed.length).toBeGreaterThan(3);
    expect(printed.filter((one) => visibleLength(one) > columns && canBreak(one, columns))).toEqual([]);
  });
});

test('no word of prose is broken', async () => {
  const words = (text: string): Set<string> => new Set(text.replace(/\u001b\[\d+m/g, '').split(/[^A-Za-z]+/));
  const at = async (columns: number): Promise<Set<string>> => {
    const screen = fakeTerminal({ tty: true, columns });
    await main(['--cipher', 'aes256', '--wan', 'pppoe'], screen.terminal);
    return words(screen.stdout);
  };
  const wide = await at(200);
  expect([...(await at(60))].filter((word) => !wide.has(word))).toEqual([]);
});

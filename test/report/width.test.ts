import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

const commands = [
  '-c aes256 -w pppoe',
  '-c aes256-sha256,aes128gcm16,3des -w aws',
  '-c aes256-sha256 -w azure-vpn',
  '-t openvpn-tcp',
  '-t zerotier',
  '--stack pppoe/ipv4/natt/esp:aes256-sha256:transport/gre:key -m 1500',
  'identify 1450',
  'identify 1400',
  'identify 58-73',
  'compare',
  'compare -c aes256gcm16 --rows tunnel --columns outer,nat-t,wan -t ipsec,gre-ipsec,vxlan-ipsec',
  'ciphers',
  'ciphers --wan',
  'ciphers --headers',
  'ciphers --tunnels',
  'import test/device/fixtures/cisco-iosxe-two-peers.txt',
  'import test/device/fixtures/fortios-gre.txt --verbose',
  'import test/device/fixtures/xfrm-directions-differ.txt',
];

test.for([80, 60].flatMap((columns) => commands.map((command) => ({ columns, command }))))(
  '$columns columns: $command',
  async ({ columns, command }) => {
    const screen = fakeTerminal({ columns, tty: true });
    await main(command.split(' '), screen.terminal);
    const lines = screen.stdout.replace(/\u001b\[\d+m/g, '').split('\n');
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    // Prose breaks between words, so no line but a table's cell is a single letter or two.
    expect(lines.filter((line) => /^\s*[a-z]{1,2}$/.test(line))).toEqual([]);
  },
);

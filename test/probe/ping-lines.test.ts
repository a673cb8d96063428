import { expect, test } from 'vitest';
import { importPaste } from '../../src/device/import-paste.js';
import { catalogue } from '../../src/io/catalogue.js';
import { pingBoxes, pingLines } from '../../src/probe/ping-lines.js';

test.for(pingBoxes)('%s: the size asked for is the size that import reads back', (box) => {
  const { text } = pingLines(box, '192.0.2.77', [1406]);
  const lines = text.trim().split('\n');
  expect(lines.length).toBeGreaterThan(8);
  // The first line, run on such a box: its own way of printing that the packet came back.
  const data = 1406 - 28;
  const answers: Readonly<Record<string, string>> = {
    routeros: `[a@b] > ${lines[0]}\n  SEQ HOST  SIZE TTL TIME STATUS\n    0 192.0.2.77   1406  62 9ms\n`,
    cisco: `R1#${lines[0]}\nSending 2, 1406-byte ICMP Echos to 192.0.2.77, timeout is 2 seconds:\nPacket sent with the DF bit set\n!!\n`,
    junos: `a@b> ${lines[0]}\nPING 192.0.2.77 (192.0.2.77): ${data} data bytes\n${data + 8} bytes from 192.0.2.77: icmp_seq=0 ttl=62 time=9 ms\n`,
    fortios: `${lines
      .slice(0, 4)
      .map((line) => `fgt # ${line}`)
      .join(
        '\n',
      )}\nPING 192.0.2.77 (192.0.2.77): ${data} data bytes\n${data + 8} bytes from 192.0.2.77: icmp_seq=0 ttl=62 time=9 ms\n`,
    vyos: `v@y:~$ ${lines[0]}\nPING 192.0.2.77 (192.0.2.77) ${data}(1406) bytes of data.\n${data + 8} bytes from 192.0.2.77: icmp_seq=1 ttl=62 time=9 ms\n`,
    linux: `$ ${lines[0]}\nPING 192.0.2.77 (192.0.2.77) ${data}(1406) bytes of data.\n${data + 8} bytes from 192.0.2.77: icmp_seq=1 ttl=62 time=9 ms\n`,
    windows: `C:\\>${lines[0]}\n\nPinging 192.0.2.77 with ${data} bytes of data:\nReply from 192.0.2.77: bytes=${data} time=9ms TTL=62\n`,
  };
  const { measurements } = importPaste(answers[box] as string, catalogue, { from: 'box', overrides: {} });
  expect(measurements).toEqual([expect.objectContaining({ to: '192.0.2.77', arrived: 1406 })]);
});

test('nothing but a host is written into a box', () => {
  for (const host of ['192.0.2.1; reboot', '$(id)', '-f', 'a b', '192.0.2.1\nset x']) {
    expect(() => pingLines('linux', host, [])).toThrow(/is no host/);
  }
  expect(() => pingLines('toaster', '192.0.2.1', [])).toThrow(/no ping lines/);
});

import { describe, expect, test } from 'vitest';
import { type PingFlavour, pingArguments, pingProgram, readPing } from '../../src/probe/ping-output.js';

const here = { family: 4, localMtu: 1500, source: '10.99.0.2' } as const;
const big = { protocol: 'icmp', size: 1500, ttl: 64 } as const;
const limited = { ...big, ttl: 2 };

describe('what ping prints', () => {
  const rows: readonly (readonly [PingFlavour, string, string, object | undefined])[] = [
    [
      'iputils',
      'a reply',
      '1408 bytes from 10.99.3.2: icmp_seq=1 ttl=62 time=0.052 ms',
      { kind: 'arrived', from: '10.99.3.2', ttl: 62, rttMs: 0.052 },
    ],
    [
      'iputils',
      'a reply with a time that is no number',
      '1408 bytes from 10.99.3.2: icmp_seq=1 ttl=62 time=0.052.1.7 ms',
      { kind: 'arrived', rttMs: 0.052 },
    ],
    [
      'iputils',
      'a PTB with a number beyond all numbers',
      `From 10.99.1.1 icmp_seq=1 Frag needed and DF set (mtu = ${'9'.repeat(400)})`,
      { kind: 'too-big', nextHopMtu: 999_999_999 },
    ],
    [
      'windows',
      'a reply with a time beyond all numbers',
      `Reply from 10.99.3.2: bytes=1472 time=${'9'.repeat(400)}ms TTL=62`,
      { kind: 'arrived', rttMs: 999_999_999 },
    ],
    [
      'iputils',
      'an IPv6 reply',
      '1352 bytes from fd99:3::2: icmp_seq=1 ttl=62 time=0.1 ms',
      { kind: 'arrived', from: 'fd99:3::2' },
    ],
    [
      'iputils',
      'a PTB',
      'From 10.99.1.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)',
      { kind: 'too-big', from: '10.99.1.1', nextHopMtu: 1400 },
    ],
    [
      'iputils',
      'a PTB without MTU',
      'From 10.99.1.1 icmp_seq=1 Frag needed and DF set (mtu = 0)',
      { kind: 'too-big', nextHopMtu: null },
    ],
    [
      'iputils',
      'an IPv6 PTB',
      'From fd99:1::1 icmp_seq=1 Packet too big: mtu=1400',
      { kind: 'too-big', from: 'fd99:1::1', nextHopMtu: 1400 },
    ],
    ['iputils', 'a hop', 'From 10.99.2.2 icmp_seq=1 Time to live exceeded', { kind: 'hop', from: '10.99.2.2' }],
    [
      'iputils',
      'an IPv6 hop',
      'From fd99:2::2 icmp_seq=1 Time exceeded: Hop limit',
      { kind: 'hop', from: 'fd99:2::2' },
    ],
    [
      'iputils',
      'unreachable',
      'From 10.99.1.1 icmp_seq=1 Destination Host Unreachable',
      { kind: 'unreachable', from: '10.99.1.1' },
    ],
    [
      'iputils',
      'what the kernel remembers',
      'ping: local error: message too long, mtu=1400',
      { kind: 'too-big-here', mtu: 1400, remembered: true },
    ],
    [
      'iputils',
      'the same, in another spelling',
      'ping: local error: message too long, mtu: 1400',
      { kind: 'too-big-here', mtu: 1400, remembered: true },
    ],
    ['iputils', 'the interface', 'ping: local error: message too long, mtu=1500', { kind: 'too-big-here', mtu: 1500 }],
    ['iputils', 'the head line', 'PING 10.99.3.2 (10.99.3.2) 1472(1500) bytes of data.', undefined],
    ['iputils', 'the statistics', '1 packets transmitted, 0 received, 100% packet loss, time 0ms', undefined],
    ['busybox', 'a reply', '1480 bytes from 10.99.3.2: seq=0 ttl=62 time=0.086 ms', { kind: 'arrived', ttl: 62 }],
    ['busybox', 'a hop without a name', 'ping: warning: got ICMP 11 (Time Exceeded)', { kind: 'hop' }],
    ['busybox', 'the head line', 'PING 10.99.3.2 (10.99.3.2): 1472 data bytes', undefined],
    [
      'macos',
      'a reply',
      '1480 bytes from 10.99.3.2: icmp_seq=0 ttl=62 time=1.234 ms',
      { kind: 'arrived', ttl: 62, rttMs: 1.234 },
    ],
    [
      'macos',
      'an IPv6 reply',
      '1452 bytes from fd99:3::2, icmp_seq=0 hlim=62 time=1.2 ms',
      { kind: 'arrived', ttl: 62 },
    ],
    [
      'macos',
      'a PTB',
      '36 bytes from 10.99.1.1: frag needed and DF set (MTU 1400)',
      { kind: 'too-big', from: '10.99.1.1', nextHopMtu: 1400 },
    ],
    ['macos', 'a hop', '36 bytes from 10.99.1.1: Time to live exceeded', { kind: 'hop', from: '10.99.1.1' }],
    [
      'windows',
      'a reply',
      'Reply from 10.99.3.2: bytes=1472 time<1ms TTL=62',
      { kind: 'arrived', from: '10.99.3.2', ttl: 62 },
    ],
    [
      'windows',
      'a reply in German',
      'Antwort von 10.99.3.2: Bytes=1472 Zeit=12ms TTL=62',
      { kind: 'arrived', rttMs: 12 },
    ],
    ['windows', 'an IPv6 reply', 'Reply from fd99:3::2: time=3ms', { kind: 'arrived', from: 'fd99:3::2' }],
    [
      'windows',
      'a PTB, in any language',
      'Réponse de 10.99.1.1 : ou 10.99.1.1: Le paquet doit être fragmenté',
      { kind: 'too-big', from: '10.99.1.1', nextHopMtu: null },
    ],
    [
      'windows',
      'a refusal of the host itself',
      'Packet needs to be fragmented but DF set.',
      { kind: 'too-big-here', mtu: null },
    ],
    [
      'windows',
      'the same in German',
      'Paket müsste fragmentiert werden, DF-Flag ist jedoch gesetzt.',
      { kind: 'too-big-here', mtu: null },
    ],
    [
      'windows',
      'no route, said by the host itself',
      'Reply from 10.99.0.2: Destination host unreachable.',
      { kind: 'unreachable', from: 'this host', code: 1 },
    ],
    ['windows', 'a time-out', 'Request timed out.', undefined],
    ['windows', 'statistics', '    Packets: Sent = 1, Received = 0, Lost = 1 (100% loss),', undefined],
    [
      'iputils',
      'a cut answer',
      '72 bytes from 10.99.3.2: icmp_seq=1 ttl=61 (truncated)',
      { kind: 'arrived', from: '10.99.3.2', ttl: 61, octets: 92 },
    ],
    ['windows', 'the head line', 'Pinging 10.99.3.2 with 1472 bytes of data:', undefined],
  ];
  test.for(rows)('%s: %s', ([flavour, , line, expected]) => {
    const reply = readPing(flavour, `${line}\n`, big, here);
    if (expected) expect(reply).toMatchObject(expected);
    else expect(reply).toBeUndefined();
  });
  test('a bare line of a translated Windows is a refusal where it comes at once, and a time-out where it does not', () => {
    expect(readPing('windows', 'Allgemeiner Fehler.\r\n', big, { ...here, early: true })).toEqual({
      kind: 'too-big-here',
      mtu: null,
    });
    expect(
      readPing('windows', 'Zeitüberschreitung der Anforderung.\r\n', big, { ...here, early: false }),
    ).toBeUndefined();
  });
  test('a TTL-limited packet that a Windows router answers is a hop', () => {
    expect(readPing('windows', 'Reply from 10.99.1.1: TTL expired in transit.\n', limited, here)).toEqual({
      kind: 'hop',
      from: '10.99.1.1',
    });
  });
  test('the interface alone is no memory: what is larger than its MTU is refused for that', () => {
    expect(readPing('busybox', 'ping: sendto: Message too long\n', { ...big, size: 1600 }, here)).toEqual({
      kind: 'too-big-here',
      mtu: 1500,
    });
    expect(readPing('busybox', 'ping: sendto: Message too long\n', big, here)).toEqual({
      kind: 'too-big-here',
      mtu: null,
      remembered: true,
    });
  });
});

describe('what ping is asked', () => {
  const to = { family: 4, address: '192.0.2.1', from: [], timeoutMs: 250 } as const;
  test.for([
    ['iputils', 4, ['-4', '-n', '-c', '1', '-W', '0.25', '-M', 'do', '-s', '1472', '-t', '64', '192.0.2.1']],
    ['iputils-probe', 4, ['-4', '-n', '-c', '1', '-W', '0.25', '-M', 'probe', '-s', '1472', '-t', '64', '192.0.2.1']],
    ['busybox', 4, ['-4', '-c', '1', '-W', '1', '-s', '1472', '-t', '64', '192.0.2.1']],
    ['macos', 4, ['-n', '-c', '1', '-W', '250', '-s', '1472', '-D', '-m', '64', '192.0.2.1']],
    ['windows', 4, ['-n', '1', '-w', '250', '-l', '1472', '-i', '64', '-f', '192.0.2.1']],
  ] as const)('%s', ([flavour, family, words]) => {
    expect(pingArguments(flavour, big, { ...to, family })).toEqual(words);
  });
  test('IPv6 has 20 octets more of header, and on macOS a program of its own', () => {
    expect(pingArguments('iputils', big, { ...to, family: 6 })).toContain('1452');
    expect([pingProgram('macos', 6), pingProgram('macos', 4), pingProgram('iputils', 6)]).toEqual([
      'ping6',
      'ping',
      'ping',
    ]);
  });
});

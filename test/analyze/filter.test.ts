import { describe, expect, test } from 'vitest';
import { CaptureWatch } from '../../src/analyze/capture-value.js';
import { type FilterRequest, filterOf } from '../../src/analyze/filter.js';
import { judge } from '../../src/analyze/judge.js';
import { CaptureReader } from '../../src/capture/reader.js';
import { fragment, ip, pcap, type Timed, udp } from './packets.js';
import { Script } from './script.js';

/** A connection that is stuck, with a PTB about another one, beside one that is fine; a fragmented datagram. */
const stuck = new Script({ client: '10.1.0.2', server: '10.2.0.2', router: '10.1.0.1' }).handshake();
for (let index = 0; index < 6; index++) stuck.data('client', 1448);
for (const wait of [0.3, 0.6, 1.2, 2.4]) stuck.wait(wait).segment('client', { seq: 1001, data: 1448 });
const fine = new Script({ client: 'fd01::7', server: 'fd02::7', router: 'fd01::1' })
  .wait(0.1)
  .handshake()
  .transfer('client', 1400, 5);
const refused = new Script({ client: '10.1.0.9', server: '10.2.0.9', router: '10.1.0.1' })
  .wait(8)
  .handshake()
  .data('client', 1460)
  .ptb(1400);
const pieces = fragment(ip(17, { from: '10.3.0.1', to: '10.4.0.1', df: false }, udp(5000, 53, 2000)), 1500);
const packets: Timed[] = [
  ...stuck.packets,
  ...fine.packets,
  ...refused.packets,
  ...pieces.map((packet) => ({ at: 9, packet })),
].sort((one, other) => one.at - other.at);
const octets = pcap(packets);

function filtered(filter: FilterRequest) {
  const watch = new CaptureWatch({ capacity: 64, filter: filterOf(filter) });
  const reader = new CaptureReader((frame) => watch.frame(frame), {});
  const buffer = reader.buffer(octets.length);
  buffer.set(octets);
  const value = watch.finish('x.pcap', reader.finish(buffer.subarray(reader.consume(buffer, buffer.length)), 0), false);
  return { frames: value.filtered?.frames, verdict: judge(value.facts).verdict };
}

describe('what a filter lets pass', () => {
  test.for([
    ['a host', { host: ['10.1.0.2'] }, stuck.packets.length, 'black-hole'],
    ['an IPv6 host, in another spelling', { host: ['FD01:0::7'] }, fine.packets.length, 'ok'],
    ['either of two', { host: ['10.2.0.2', 'fd02::7'] }, stuck.packets.length + fine.packets.length, 'black-hole'],
    ['a network, its PTB with it', { net: ['10.1.0.8/31'] }, refused.packets.length, 'inconclusive'],
    ['a port, with the PTB that quotes it', { port: [443] }, packets.length - 2, 'black-hole'],
    ['later pieces with their first', { port: [53] }, 2, 'source-frag'],
    ['a flow by its first frame', { flow: 1 }, stuck.packets.length, 'black-hole'],
    ['from a time on', { since: '7.5' }, refused.packets.length + 2, 'source-frag'],
    ['up to a moment', { until: '2023-11-14T22:13:20.05Z' }, 9, 'inconclusive'],
    ['all of it at once', { host: ['10.1.0.2'], port: [443], since: '0s', until: '1' }, 11, 'black-hole-suspected'],
  ] as const)('%s', ([, filter, frames, verdict]) => {
    expect(filtered(filter)).toEqual({ frames, verdict });
  });
  test('nothing asked for leaves all, and says so by not saying anything', () => {
    expect(filtered({ host: [], net: [], port: [] }).frames).toBeUndefined();
  });
});

describe('what no filter is', () => {
  test.for([
    [{ since: '9', until: '3' }, '--until 3 is before --since 9'],
    [
      { since: '2026-03-01T10:00:01Z', until: '2026-03-01T10:00:00Z' },
      '--until 2026-03-01T10:00:00Z is before --since 2026-03-01T10:00:01Z',
    ],
    [{ host: ['10.1.0'] }, 'is no address'],
    [{ host: ['10.1.0.0/16'] }, 'is no address'],
    [{ net: ['10.1.0.2'] }, 'prefix length'],
    [{ net: ['10.1.0.0/33'] }, 'prefix length'],
    [{ net: ['fd00::/129'] }, 'prefix length'],
    [{ since: 'yesterday' }, 'neither seconds'],
    [{ until: '-3' }, 'neither seconds'],
    [{ host: ['192.0.2.77'] }, 'none of its'],
    [{ flow: 999 }, 'none of its'],
  ] as const)('%o', ([filter, says]) => {
    expect(() => filtered(filter)).toThrow(says);
  });
});

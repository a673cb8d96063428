import { describe, expect, test } from 'vitest';
import { FlowTrace, MOST_POINTS, type SequenceTrace } from '../../src/analyze/trace.js';
import { type TracedFlow, worstFlow } from '../../src/analyze/traced-flow.js';
import { CaptureReader } from '../../src/capture/reader.js';
import { pcap, type Timed } from './packets.js';
import { ipv6Ends, judge, Script } from './script.js';

const first: TracedFlow = { firstFrame: 1, direction: 0, split: false };

function trace(packets: readonly Timed[], flow = first): SequenceTrace | undefined {
  const collector = new FlowTrace(flow);
  const reader = new CaptureReader((frame) => collector.frame(frame));
  const octets = pcap(packets);
  const buffer = reader.buffer(octets.length);
  buffer.set(octets);
  reader.finish(buffer.subarray(reader.consume(buffer, buffer.length)), 0);
  return collector.finish();
}
const places = (one: SequenceTrace | undefined) => one?.segments.map(([, from, to, resent]) => [from, to, resent]);

describe('the points of a flow', () => {
  test('segments, a resend, the acknowledgements and a SACK block, from the first octet of data', () => {
    const script = new Script().handshake().data('client', 100).data('client', 200);
    script.wait(0.02).ack('client', { ack: 1001, sack: [[1101, 1301]] });
    script.segment('client', { seq: 1001, data: 100 }).wait(0.02).ack('client');
    const seen = trace(script.packets);
    expect(places(seen)).toEqual([
      [0, 100, false],
      [100, 300, false],
      [0, 100, true],
    ]);
    expect(seen?.acks.map(([, at]) => at)).toEqual([0, 0, 300]);
    expect(seen?.sacks.map(([, from, to]) => [from, to])).toEqual([[100, 300]]);
    expect(seen?.segments[2]?.[0]).toBeCloseTo(0.04, 3);
    expect(seen?.thinned).toBeNull();
  });
  test.for([
    ['IPv4', undefined],
    ['IPv6', ipv6Ends],
  ] as const)('%s: a PTB stands at the data it refuses, its copy is left out, another flow has none', ([, ends]) => {
    const script = new Script(ends).handshake().data('client', 1460);
    const refused = script.last;
    script.ptb(1400, { packet: refused }).ptb(1400, { packet: refused });
    script.wait(1).ptb(1400, { packet: refused });
    const { packets } = script;
    script.handshake().data('client', 1460).ptb(1300);
    expect(trace(packets)?.ptbs.map(([, mtu, at]) => [mtu, at])).toEqual([
      [1400, 0],
      [1400, 0],
    ]);
    expect(trace(packets)?.segments).toHaveLength(1);
  });
  test('a PTB about data that was never sent has no place', () => {
    const stranger = new Script().handshake();
    stranger.segment('client', { seq: 900_000, data: 1460 });
    const script = new Script().handshake().data('client', 1460);
    expect(trace(script.ptb(1400, { packet: stranger.last }).packets)?.ptbs.map(([, mtu, at]) => [mtu, at])).toEqual([
      [1400, null],
    ]);
  });
  test('sequence numbers go on behind 2^32', () => {
    const script = new Script();
    script.segment('client', { seq: 2 ** 32 - 101, ack: 0, flags: 2 });
    script.segment('server', { seq: 9000, ack: 2 ** 32 - 100, flags: 18 });
    for (const seq of [2 ** 32 - 100, 0, 100, 0]) script.segment('client', { seq, data: 100 });
    script.ack('client', { ack: 200, sack: [[2 ** 32 - 50, 50]] });
    const seen = trace(script.packets);
    expect(places(seen)).toEqual([
      [0, 100, false],
      [100, 200, false],
      [200, 300, false],
      [100, 200, true],
    ]);
    expect(seen?.acks.map(([, at]) => at)).toEqual([0, 300]);
    expect(seen?.sacks.map(([, from, to]) => [from, to])).toEqual([[50, 150]]);
  });
  test('what fills a hole was not seen before; a keep-alive is no data, the same octet again is', () => {
    const script = new Script().handshake().segment('client', { seq: 1101, data: 100 });
    script.segment('client', { seq: 1001, data: 100 }).segment('client', { seq: 1001, data: 100 });
    script.ack('client', { ack: 1201 }).segment('client', { seq: 1200, data: 1 });
    expect(places(trace(script.packets))).toEqual([
      [100, 200, false],
      [0, 100, false],
      [0, 100, true],
    ]);
    const middle = new Script().segment('client', { seq: 5000, data: 100 }).segment('client', { seq: 4900, data: 100 });
    expect(places(trace(middle.segment('client', { seq: 4900, data: 100 }).packets))).toEqual([
      [0, 100, false],
      [-100, 0, false],
      [-100, 0, true],
    ]);
    const unanswered = new Script().handshake().data('client', 1).segment('client', { seq: 1001, data: 1 });
    expect(places(trace(unanswered.packets))).toEqual([
      [0, 1, false],
      [0, 1, true],
    ]);
  });
  test('the same packet twice is one; with another identification it was sent again', () => {
    const script = new Script().handshake().data('client', 500);
    script.put(script.last);
    expect(places(trace(script.packets))).toEqual([[0, 500, false]]);
    script.segment('client', { seq: 1001, data: 500 });
    expect(places(trace(script.packets))).toHaveLength(2);
  });
  test('a new connection between the same ports is another flow', () => {
    const script = new Script();
    for (const isn of [1000, 70_000]) {
      script.segment('client', { seq: isn, ack: 0, flags: 2 }).segment('client', { seq: isn, ack: 0, flags: 2 });
      script.segment('client', { seq: isn + 1, data: 10 });
    }
    expect(places(trace(script.packets))).toEqual([[0, 10, false]]);
    expect(places(trace(script.packets, { ...first, firstFrame: 4 }))).toEqual([[0, 10, false]]);
  });
  test.for([
    [MOST_POINTS.segments, MOST_POINTS.segments, null],
    [MOST_POINTS.segments + 1, MOST_POINTS.segments / 2 + 1, { of: MOST_POINTS.segments + 2 }],
  ] as const)('%d segments: %d are kept', ([sent, kept, thinned]) => {
    const script = new Script();
    for (let index = 0; index < sent; index++) script.data('client', 10);
    script.ack('client');
    const seen = trace(script.packets);
    expect(seen?.segments).toHaveLength(kept);
    expect(seen?.thinned).toEqual(thinned);
    expect(seen?.segments.every(([, from], index) => from === index * 10 * (thinned ? 2 : 1))).toBe(true);
  });
  test('all kinds together are at most 4,000', () => {
    expect(Object.values(MOST_POINTS).reduce((sum: number, one) => sum + one, 0)).toBe(4000);
  });
  test('the other direction, and a frame that begins no flow', () => {
    const script = new Script().handshake().data('client', 100).data('server', 300);
    expect(places(trace(script.packets, { ...first, direction: 1 }))).toEqual([[0, 300, false]]);
    expect(trace(script.packets, { ...first, firstFrame: 99 })).toBeUndefined();
  });
});

describe('the worst flow', () => {
  test('the one that is stuck comes before the one that only resent', () => {
    const script = new Script().handshake().data('client', 1000).segment('client', { seq: 1001, data: 1000 });
    script.wait(0.02).ack('client').handshake();
    const begins = script.packets.length - 2;
    script.transfer('client', 100, 1).data('client', 1460);
    for (let n = 0; n < 4; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1101, data: 1460 });
    expect(worstFlow(judge(script.packets))).toEqual({ firstFrame: begins, direction: 0, split: false });
  });
  test('a resend alone is enough, in the direction that resent', () => {
    const script = new Script().handshake().data('server', 1000).segment('server', { seq: 9001, data: 1000 });
    expect(worstFlow(judge(script.wait(0.02).ack('server').packets))).toMatchObject({ direction: 1 });
  });
  test('none where all went well', () => {
    expect(worstFlow(new Script().handshake().transfer('client', 1000, 3).close().judge())).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { esp, fragment, ip, natt, type Timed, tcp, times, udp } from '../packets.js';
import { codes, judge } from '../script.js';

const outside = { from: '192.0.2.2', to: '198.51.100.2' };
const inside = { from: '10.1.0.2', to: '10.2.0.2', df: false };

/** Packets a tenth of a second apart. */
const spread = (packets: readonly (readonly number[])[]): Timed[] =>
  packets.map((packet, index) => ({ at: index * 0.1, packet }));

describe('fragments outside', () => {
  test.for([
    ['ESP', 50, (n: number) => esp(1, n, 1544)],
    ['UDP 4500', 17, (n: number) => natt(1, n, 1536)],
  ] as const)('%s in pieces', ([, protocol, make]) => {
    const packets = times(5, (n) => fragment(ip(protocol, { ...outside, df: false, id: n + 1 }, make(n)), 1500)).flat();
    const judged = judge(spread(packets));
    expect(judged.verdict).toBe('post-frag');
    expect(judged.findings.find(({ code }) => code === 'post-frag')?.says).toContain('1564 octets in pieces of 1500');
  });
  test('IPv4 pieces of which only the first come are dropped on the way', () => {
    const packets = times(4, (n) => fragment(ip(50, { ...outside, df: false, id: n + 1 }, esp(1, n, 1544)), 1500)[0]!);
    expect(judge(spread(packets)).verdict).toBe('post-frag-dropped');
  });
  test('first pieces of UDP 4500 alone may be what a filter with ports left', () => {
    const whole = times(4, (n) => fragment(ip(17, { ...outside, df: false, id: n + 1 }, natt(1, n, 1536)), 1500));
    const judged = judge(spread(whole.map((pieces) => pieces[0]!)));
    expect(judged.verdict).toBe('post-frag');
    expect(judged.findings[0]?.says).toContain('a capture filter with ports');
    const back = fragment(ip(17, { from: outside.to, to: outside.from, df: false, id: 99 }, natt(2, 1, 1536)), 1500);
    expect(judge(spread([...whole.map((pieces) => pieces[0]!), ...back])).verdict).toBe('post-frag-dropped');
  });
  test('waits that double, and nothing comes back', () => {
    const packets: Timed[] = [{ at: 0, packet: ip(50, { from: outside.to, to: outside.from }, esp(2, 1, 100)) }];
    let at = 0.01;
    let wait = 0.25;
    for (let n = 0; n < 5; n++) {
      for (const packet of fragment(ip(50, { ...outside, df: false, id: n + 1 }, esp(1, n, 1544)), 1500))
        packets.push({ at, packet });
      at += wait;
      wait *= 2;
    }
    expect(judge(packets).verdict).toBe('post-frag-dropped');
  });
  test('one lone piece of a damaged capture is nothing', () => {
    const piece = fragment(ip(50, { ...outside, df: false, id: 9 }, esp(1, 1, 1544)), 1500)[1]!;
    expect(codes(judge([{ at: 0, packet: piece }]), true)).toEqual([]);
  });
});

describe('fragments inside', () => {
  test('first pieces alone do not show that the path takes them', () => {
    const packets = times(4, (n) => fragment(ip(17, { ...inside, id: n + 1 }, udp(1000, 2000, 3000)), 1500)[0]!);
    const { verdict, findings } = judge(spread(packets));
    expect(verdict).toBe('inconclusive');
    expect(findings[0]?.says).toContain('only their first pieces');
  });
  test('UDP cut by a gateway: whole it would have fitted the Ethernet of its sender', () => {
    const packets = times(4, (n) =>
      fragment(ip(17, { ...inside, id: n + 1, ttl: 63 }, udp(1000, 2000, 1472)), 1438),
    ).flat();
    const { verdict, findings } = judge(spread(packets));
    expect(verdict).toBe('pre-frag');
    expect(findings[0]).toMatchObject({ severity: 'warning' });
  });
  test('TCP is never cut by its sender', () => {
    const segment = (n: number): number[] =>
      tcp({ sourcePort: 1000, destinationPort: 80, seq: 1 + n * 1448, flags: 16, data: 1448 });
    const packets = times(4, (n) => fragment(ip(6, { ...inside, id: n + 1 }, segment(n)), 1446)).flat();
    expect(judge(spread(packets)).verdict).toBe('pre-frag');
  });
  test('a datagram larger than any link is cut by its sender', () => {
    const packets = times(4, (n) => fragment(ip(17, { ...inside, id: n + 1 }, udp(1000, 2000, 4000)), 1500)).flat();
    const judged = judge(spread(packets));
    expect(judged.verdict).toBe('source-frag');
    expect(codes(judged, true)).toEqual([]);
  });
  test('and where its pieces are cut again, a gateway did that', () => {
    const packets = times(4, (n) =>
      fragment(ip(17, { ...inside, id: n + 1, ttl: 62 }, udp(1000, 2000, 4000)), 1500).flatMap((piece) =>
        recut(piece, 1438),
      ),
    ).flat();
    expect(judge(spread(packets)).verdict).toBe('pre-frag');
  });
  test('UDP cut at its own TTL is the sender, with a smaller link', () => {
    const packets = times(4, (n) =>
      fragment(ip(17, { ...inside, id: n + 1, ttl: 64 }, udp(1000, 2000, 1400)), 1400),
    ).flat();
    expect(judge(spread(packets)).verdict).toBe('source-frag');
  });
});

/** A piece cut again: offsets and the more-fragments bit carry on from those of the piece. */
function recut(piece: readonly number[], mtu: number): number[][] {
  if (piece.length <= mtu) return [[...piece]];
  const word = (piece[6]! << 8) | piece[7]!;
  return fragment(piece, mtu).map((part) => {
    const offset = ((part[6]! << 8) | part[7]!) & 0x1fff;
    const more = ((part[6]! << 8) & 0x2000) | (word & 0x2000);
    const flags = more | (offset + (word & 0x1fff));
    return [...part.slice(0, 6), flags >> 8, flags & 255, ...part.slice(8)];
  });
}

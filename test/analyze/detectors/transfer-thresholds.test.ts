import { describe, expect, test } from 'vitest';
import { clampTooHigh } from '../../../src/analyze/detectors/clamp-too-high.js';
import { clampTooLow } from '../../../src/analyze/detectors/clamp-too-low.js';
import type { CaptureFacts } from '../../../src/analyze/facts.js';
import type { FlowFacts } from '../../../src/analyze/flow/flow-facts.js';
import type { TunnelFlow } from '../../../src/analyze/log/tunnel-log.js';
import { esp, fragment, ip, ptb, type Timed, times, udp } from '../packets.js';
import { type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

const gateways = { from: '192.0.2.2', to: '198.51.100.2' };
const losing = (count: number, segments = 100, octets = 1448): Judgement => {
  const script = new Script().handshake();
  for (let n = 0; n < segments; n++) {
    const seq = script.next.client;
    script.data('client', octets);
    if (n < count) script.wait(0.05).segment('client', { seq, data: octets });
    script.wait(0.02).ack('client');
  }
  return script.judge();
};

describe('loss', () => {
  sides('three retransmissions', (count: number) => losing(count), [2, 3], 'loss-not-mtu');
  sides('one of two hundred', (segments: number) => losing(3, segments), [602, 590], 'loss-not-mtu');
  sides(
    'more than once',
    (apart: number) => {
      const script = new Script().handshake().transfer('client', 1448, 5);
      for (let burst = 0; burst < 2; burst++) {
        const seq = script.next.client;
        script.data('client', 1448).data('client', 1448);
        script
          .wait(apart)
          .segment('client', { seq, data: 1448 })
          .segment('client', { seq: seq + 1448, data: 1448 })
          .ack('client');
      }
      return script.judge();
    },
    [0.001, 0.05],
    'loss-not-mtu',
  );
  test('nine tenths of the largest packet are a full one', () => {
    const full = (octets: number) => {
      const script = new Script().handshake().transfer('client', 1460, 2);
      const seq = script.next.client;
      script.data('client', octets).wait(0.3).segment('client', { seq, data: octets });
      return script.judge().flows[0]?.directions.find(({ segments }) => segments > 0)?.retransmittedFull;
    };
    expect([full(1309), full(1310)]).toEqual([0, 1]);
  });
});

describe('MSS', () => {
  sides(
    'segments above it twice',
    (count: number) => new Script().handshake({ client: 1200 }).transfer('server', 1460, count).judge(),
    [1, 2],
    'mss-ignored',
  );
  sides(
    'below 48 nobody follows it',
    (mss: number) => new Script().handshake({ client: mss }).transfer('server', 1000, 4).judge(),
    [48, 47],
    'mss-absurd',
  );
  sides(
    'three full segments below what the peer announced',
    (count: number) => new Script().handshake({ server: 1398 }).transfer('server', 1398, count).judge(),
    [2, 3],
    'mss-lower',
  );
  sides(
    'of a thousand octets and more',
    (mss: number) => new Script().handshake({ server: mss }).transfer('server', mss, 5).judge(),
    [999, 1000],
    'mss-lower',
  );
  const open = (count: number, octets = 1460): Judgement =>
    new Script(undefined, { df: false }).handshake().transfer('client', octets, count).judge();
  sides('ten full segments without DF', (count: number) => open(count), [9, 10], 'df-missing');
  sides('of 1200 octets', (octets: number) => open(12, octets), [1159, 1160], 'df-missing');
});

describe('ESP', () => {
  const packet = (at: number, length: number, n: number, ends = gateways): Timed => ({
    at,
    packet: ip(50, { ...ends, id: n + 1 }, esp(7, n, length - 20)),
  });
  const back = (at: number): Timed => packet(at, 100, 500, { from: gateways.to, to: gateways.from });
  const waits = (count: number, { octets = 1400, first = 0.2, ratio = 2, before = 0 } = {}): Judgement => {
    const packets = [...times(before, (n) => packet(n * 0.001, octets, n)), back(0.5)];
    let at = 1;
    packets.push(packet(at, octets, 600));
    for (let n = 0; n < count; n++) {
      at += first * ratio ** n;
      packets.push(packet(at, octets, 601 + n));
    }
    return judge(packets);
  };
  sides('waits that double four times', (count: number) => waits(count), [3, 4], 'black-hole-suspected');
  sides('from 0.15 s on', (first: number) => waits(4, { first }), [0.14, 0.16], 'black-hole-suspected');
  sides('by 1.6 at least', (ratio: number) => waits(5, { ratio }), [1.55, 1.65], 'black-hole-suspected');
  sides('of a thousand octets', (octets: number) => waits(5, { octets }), [996, 1000], 'black-hole-suspected');
  sides(
    'no transfer of that size went before',
    (before: number) => waits(5, { before }),
    [61, 50],
    'black-hole-suspected',
  );
  const refused = (wait: number, count: number): Judgement => {
    const first = packet(0, 1480, 1);
    return judge([
      first,
      { at: 0.01, packet: ptb('203.0.113.1', gateways.from, 1400, first.packet) },
      ...times(count, (n) => packet(0.01 + wait, 1480, 2 + n)),
    ]);
  };
  sides('two packets above a PTB', (count: number) => refused(1, count), [1, 2], 'ptb-ignored');
  sides('a fifth of a second later', (wait: number) => refused(wait, 3), [0.19, 0.21], 'ptb-ignored');
  const pieces = (count: number, drop: boolean): Judgement =>
    judge(
      times(count, (n) =>
        fragment(ip(50, { ...gateways, id: n + 1, df: false }, esp(1, n, 1544)), 1500).slice(0, drop ? 1 : 2),
      )
        .flat()
        .map((one, n) => ({ at: n * 0.1, packet: one })),
    );
  sides(
    'three packets of which only first pieces come',
    (count: number) => pieces(count, true),
    [2, 3],
    'post-frag-dropped',
  );
});

describe('fragments', () => {
  const uneven = (second: number): Judgement => {
    const whole = ip(17, { from: '10.1.0.2', to: '10.2.0.2', id: 5, df: false }, udp(1, 2, 4000));
    const [one, two, three] = fragment(whole, 1500) as [number[], number[], number[]];
    const cut = [...two.slice(0, 20 + second)];
    cut[2] = cut.length >> 8;
    cut[3] = cut.length & 255;
    return judge([one, cut, three].map((packet, n) => ({ at: n * 0.001, packet })));
  };
  sides(
    'a piece in the middle smaller than the first was cut again',
    (octets: number) => uneven(octets),
    [1480, 1456],
    'pre-frag',
  );
  sides(
    'TTL 128 is one that hosts start with',
    (ttl: number) =>
      judge(
        times(4, (n) =>
          fragment(ip(17, { from: '10.1.0.2', to: '10.2.0.2', id: n + 1, df: false, ttl }, udp(1, 2, 1400)), 1300),
        )
          .flat()
          .map((packet, n) => ({ at: n, packet })),
      ),
    [128, 127],
    'pre-frag',
  );
  sides(
    'and 255',
    (ttl: number) =>
      judge(
        times(4, (n) =>
          fragment(ip(17, { from: '10.1.0.2', to: '10.2.0.2', id: n + 1, df: false, ttl }, udp(1, 2, 1400)), 1300),
        )
          .flat()
          .map((packet, n) => ({ at: n, packet })),
      ),
    [255, 254],
    'pre-frag',
  );
});

describe('a clamp that is too low', () => {
  /** One connection in front of a clamp to 1200 and behind it, and the largest ESP packet of the WAN. */
  const codesOf = (count: number, largest: number): string[] => {
    const { capture } = new Script().handshake({ client: 1460, server: 1200 }).transfer('client', 1200, count).judge();
    const flow = capture.flows[0] as FlowFacts;
    const behind = {
      ...flow,
      point: 1,
      directions: flow.directions.map((one) => ({ ...one, mss: one.mss && 1200 })),
    } as unknown as FlowFacts;
    const tunnel = { largest, largestFrame: 9, fragmented: 0 } as TunnelFlow;
    const facts: CaptureFacts = { ...capture, capturePoints: 2, flows: [flow, behind], tunnels: [tunnel] };
    return (clampTooLow.capture?.(facts, new Set()) ?? []).map(({ code }) => code);
  };
  test.for([
    [2, 1340, []],
    [3, 1340, ['clamp-too-low']],
    [3, 1353, []],
    [3, 1352, ['clamp-too-low']],
  ] as const)('%i full segments, ESP of %i octets', ([count, largest, codes]) => {
    expect(codesOf(count, largest)).toEqual(codes);
  });
});

describe('a clamp that is too high', () => {
  /** One connection in front of a clamp to 1400 and behind it, and a PTB about it that announces this. */
  const codesOf = (mtu: number): string[] => {
    const script = new Script().handshake({ client: 1460, server: 1400 }).data('client', 1400).ptb(mtu);
    const { capture } = script.judge();
    const flow = capture.flows[0] as FlowFacts;
    const behind = {
      ...flow,
      point: 1,
      directions: flow.directions.map((one) => ({ ...one, mss: one.mss && 1400 })),
    } as unknown as FlowFacts;
    const facts: CaptureFacts = { ...capture, capturePoints: 2, flows: [flow, behind] };
    return (clampTooHigh.capture?.(facts, new Set()) ?? []).map(({ code }) => code);
  };
  test.for([
    [551, []],
    [552, ['clamp-too-high']],
    [1439, ['clamp-too-high']],
    [1440, []],
  ] as const)('a PTB of %i octets', ([mtu, codes]) => {
    expect(codesOf(mtu)).toEqual(codes);
  });
});

describe('what arrived before', () => {
  sides(
    'speaks against a packet that every link carries, and not against a larger one',
    (octets: number) => {
      const before = new Script({ client: '10.1.0.2', server: '10.2.0.2', router: '10.1.0.1' })
        .handshake()
        .transfer('client', 1460, 3)
        .close();
      const script = before.wait(5).handshake().transfer('client', 100, 1);
      const first = script.next.client;
      for (let n = 0; n < 6; n++) script.data('client', octets);
      for (const wait of [0.3, 0.6, 1.2]) script.wait(wait).segment('client', { seq: first, data: octets });
      return script.judge();
    },
    [1239, 1240],
    'black-hole',
  );
});

describe('late data', () => {
  const late = (delay: number): Judgement => {
    const script = new Script().handshake().transfer('client', 1448, 5);
    for (let n = 0; n < 4; n++) {
      const seq = script.next.client;
      script.next.client = seq + 1448;
      script.data('client', 1448).wait(delay).segment('client', { seq, data: 1448 }).wait(0.02).ack('client');
    }
    return script.judge();
  };
  test('what fills a gap after three milliseconds was lost before it got here', () => {
    const filled = (delay: number) => late(delay).capture.filled;
    expect([filled(0.002), filled(0.012)]).toEqual([0, 4]);
  });
});

import { describe, expect, test } from 'vitest';
import { F, ROW_WORDS } from '../../../src/analyze/flow/flow-columns.js';
import { FlowTable } from '../../../src/analyze/flow/flow-table.js';
import { ip, tcp, udp } from '../packets.js';
import { judge, Script } from '../script.js';

const put = (table: FlowTable, n: number, time = n): number => {
  table.key.fill(0);
  table.key[0] = 12;
  table.key[1] = n;
  table.key[2] = Math.imul(n, 7919);
  const row = table.find(true);
  table.last[row] = time;
  return row;
};

describe('a bounded flow table', () => {
  test('finds what it holds', () => {
    const table = new FlowTable(1024, () => {});
    const rows = Array.from({ length: 1000 }, (_, n) => put(table, n));
    expect(new Set(rows).size).toBe(1000);
    expect(Array.from({ length: 1000 }, (_, n) => put(table, n))).toEqual(rows);
    expect(table.evicted).toBe(0);
  });
  test('full, the idle give way and are handed over first', () => {
    const gone: number[] = [];
    const table = new FlowTable(256, (row) => gone.push(table.words[row * ROW_WORDS + F.FIRST_FRAME]!));
    for (let n = 0; n < 20_000; n++) {
      const row = put(table, n);
      expect(table.fresh).toBe(true);
      table.words[row * ROW_WORDS + F.FIRST_FRAME] = n + 1;
    }
    expect(table.size).toBe(256);
    expect(gone.length).toBe(20_000 - 256);
    expect(new Set(gone).size).toBe(gone.length);
    // What stays is the younger part, and every survivor is found again.
    const left = Array.from({ length: 20_000 }, (_, n) => n).filter((n) => !gone.includes(n + 1));
    for (const n of left) {
      put(table, n);
      expect(table.fresh).toBe(false);
    }
    expect(Math.min(...left)).toBeGreaterThan(18_000);
  });
  test('IPv6 keys differ in any word', () => {
    const table = new FlowTable(64, () => {});
    const rows = Array.from({ length: 8 }, (_, word) => {
      table.key.fill(0);
      table.key[0] = 13;
      table.key[2 + word] = 5;
      return table.find(true);
    });
    expect(new Set(rows).size).toBe(8);
  });
});

describe('flows of a capture', () => {
  test('more flows than the table holds: all are counted, those dropped are said', () => {
    const packets = Array.from({ length: 400 }, (_, n) => ({
      at: n * 0.01,
      packet: ip(17, { from: '10.0.0.1', to: `10.0.${n >> 8}.${n & 255}` }, udp(1000, 2000, 100)),
    }));
    const { capture } = judge(packets, 64);
    expect(capture.udpFlows).toBe(400);
    expect(capture.evicted).toBe(400 - 64);
  });
  test('a flow in trouble is told even where it gave way', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    for (let n = 0; n < 5; n++) script.data('client', 1448);
    for (let n = 0; n < 4; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1101, data: 1448 });
    for (let n = 0; n < 300; n++) {
      script.wait(0.1).put(ip(17, { from: '10.0.0.1', to: `10.0.0.${n & 255}` }, udp(1000 + n, 2000, 100)));
    }
    const { verdict, capture } = judge(script.packets, 64);
    expect(capture.evicted).toBeGreaterThan(200);
    expect(verdict).toBe('black-hole');
  });
  test('the same ports again are another connection', () => {
    const script = new Script().handshake().transfer('client', 1460, 3).close();
    const again = tcp({ sourcePort: 40_001, destinationPort: 443, seq: 77_000, flags: 2, mss: 1460 });
    const { capture } = script
      .wait(1)
      .put(ip(6, { from: '10.1.0.2', to: '10.2.0.2' }, again))
      .judge();
    expect(capture.tcpFlows).toBe(2);
  });
  test('facts of a direction', () => {
    const script = new Script().handshake({ client: 1460, server: 1398 }).transfer('client', 1398, 4);
    const { capture } = script.judge();
    const [client] = capture.flows[0]!.directions;
    expect(client).toMatchObject({
      from: '10.1.0.2:40001',
      mss: 1460,
      largestIp: 1438,
      largestPayload: 1398,
      atLargest: 4,
      headroom: 0,
      withDf: 4,
      withoutDf: 0,
      deliveredIp: 1438,
      retransmitted: 0,
      outstanding: 0,
    });
    expect(capture.flows[0]?.rtt).toBeCloseTo(0.02, 3);
  });
  test('sequence numbers that wrap', () => {
    const script = new Script();
    script.next.client = 0xffff_f000;
    script.segment('client', { seq: 0xffff_efff, flags: 2, mss: 1460 });
    script.wait(0.02).segment('server', { seq: 9000, ack: 0xffff_f000, flags: 18, mss: 1460 });
    for (let n = 0; n < 6; n++) {
      const seq = script.next.client;
      script.next.client = (seq + 1460) >>> 0;
      script.segment('client', { seq, data: 1460, ack: 9001 }).wait(0.02);
      script.segment('server', { seq: 9001, ack: script.next.client });
    }
    const judged = script.judge();
    expect(judged.verdict).toBe('ok');
    expect(judged.capture.largestDelivered).toBe(1500);
    expect(judged.capture.retransmitted).toBe(0);
  });
  test.for([
    ['a PTB, after which nothing comes', (script: Script) => script.data('client', 1460).ptb(1400), 'ptb'],
    ['a packet that offload merged', (script: Script) => script.data('client', 9000), 'merged'],
  ] as const)('a row that is used anew holds nothing of the flow before: %s', ([, hit, what]) => {
    const syn = (n: number) => {
      const segment = tcp({ sourcePort: 1000 + n, destinationPort: 443, seq: n, flags: 2, mss: 1460 });
      return ip(6, { from: `10.3.0.${n & 63}`, to: '10.4.0.1' }, segment);
    };
    const script = new Script();
    // They show the compiled code what frames look like, so that it begins the next flow.
    for (let n = 0; n < 10; n++) script.put(syn(n));
    hit(script.handshake());
    for (let n = 10; n < 400; n++) script.put(syn(n));
    const { capture } = judge(script.packets, 64);
    expect(capture.evicted).toBeGreaterThan(300);
    const hits = capture.flows.filter(({ directions }) => directions.some((one) => one[what] !== null));
    expect(hits.map(({ directions }) => directions[0].from)).toEqual(['10.1.0.2:40001']);
  });
});

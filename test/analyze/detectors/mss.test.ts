import { describe, expect, test } from 'vitest';
import { codes, ipv6Ends, Script } from '../script.js';

describe('mss-ignored', () => {
  test('segments fill the own link although the peer announced less', () => {
    const { verdict, findings } = new Script().handshake({ client: 1200 }).transfer('server', 1460, 6).judge();
    expect(verdict).toBe('mss-ignored');
    expect(findings[0]).toMatchObject({ severity: 'warning' });
  });
  test('refused and repeated: a problem', () => {
    const script = new Script().handshake({ server: 1398 }).data('client', 1460).ptb(1438);
    for (let index = 0; index < 4; index++) script.wait(0.3).segment('client', { seq: 1001, data: 1460 }).ptb(1438);
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('mss-ignored');
    expect(findings[0]?.severity).toBe('problem');
    expect(codes({ findings } as never)).toContain('ptb-ignored');
  });
  test('what a PTB left is still above the MSS', () => {
    const script = new Script().handshake({ server: 1300 }).data('client', 1460).ptb(1446);
    script.segment('client', { seq: 1001, data: 1406 });
    for (let index = 0; index < 5; index++) script.wait(0.02).data('client', 1406).wait(0.02).ack('client');
    expect(script.judge().verdict).toBe('mss-ignored');
  });
  test('timestamps take twelve octets, and that is no violation', () => {
    const script = new Script().handshake();
    for (let index = 0; index < 6; index++)
      script
        .data('client', 1448, { timestamps: index + 1 })
        .wait(0.02)
        .ack('client');
    const judged = script.judge();
    expect(judged.verdict).toBe('ok');
    expect(judged.capture.flows[0]?.directions.find(({ segments }) => segments > 0)?.headroom).toBe(0);
  });
  test('one segment above is no habit', () => {
    const script = new Script().handshake({ client: 1200 }).transfer('server', 1200, 4).data('server', 1460);
    expect(codes(script.judge(), true)).toEqual([]);
  });
});

describe('resegmentation and offload', () => {
  test('a full Ethernet packet above the MSS whose checksum is left to the network card', () => {
    const script = new Script().handshake({ server: 1240 });
    for (let index = 0; index < 6; index++) {
      script.data('client', 1460);
      const segment = [...script.packets.pop()!.packet];
      // 10.1.0.2, 10.2.0.2, protocol 6 and 1480 octets, summed and not inverted.
      const sum = 0x0a01 + 0x0002 + 0x0a02 + 0x0002 + 6 + 1480;
      segment[36] = sum >> 8;
      segment[37] = sum & 255;
      script.put(segment).wait(0.02).ack('client');
    }
    const judged = script.judge();
    expect(judged.verdict).toBe('resegmentation');
    expect(codes(judged, true)).toEqual([]);
  });
  test('odd sizes above the MSS, acknowledged in pieces', () => {
    const script = new Script().handshake({ server: 1240 });
    for (let index = 0; index < 5; index++) {
      const start = script.next.client;
      script
        .data('client', 1365)
        .wait(0.02)
        .ack('client', { ack: start + 1240 })
        .ack('client');
    }
    const judged = script.judge();
    expect(judged.verdict).toBe('resegmentation');
    expect(codes(judged, true)).toEqual([]);
  });
  test('several MSS in one packet: merged', () => {
    const judged = new Script()
      .handshake({ server: 1398 })
      .transfer('client', 1398 * 3, 5)
      .judge();
    expect(judged.verdict).toBe('offload-artifact');
    expect(codes(judged, true)).toEqual([]);
  });
  test('jumbo frames of hosts that announce them are neither', () => {
    expect(codes(new Script().handshake({ client: 8960, server: 8960 }).transfer('client', 8960, 5).judge())).toEqual(
      [],
    );
  });
});

describe('loss-not-mtu', () => {
  test('lost segments of the size that arrives', () => {
    const script = new Script().handshake().transfer('client', 1460, 20);
    for (let index = 0; index < 4; index++) {
      const start = script.next.client;
      script.data('client', 1460).wait(0.3).segment('client', { seq: start, data: 1460 }).wait(0.02).ack('client');
    }
    const judged = script.judge();
    expect(judged.verdict).toBe('loss-not-mtu');
    expect(codes(judged, true)).toEqual([]);
  });
});

describe('clamps', () => {
  const stall = (script: Script, data: number): Script => {
    const first = script.next.client;
    for (let index = 0; index < 5; index++) script.data('client', data);
    for (let index = 0; index < 4; index++) script.wait(0.3 * 2 ** index).segment('client', { seq: first, data });
    return script;
  };
  test('too high: full segments to the octet vanish', () => {
    const script = new Script().handshake({ server: 1452 }).transfer('client', 64, 1);
    expect(stall(script, 1452).judge().verdict).toBe('clamp-too-high');
  });
  test('IPv6 too', () => {
    const script = new Script(ipv6Ends).handshake({ client: 1440, server: 1432 }).transfer('client', 64, 1);
    expect(stall(script, 1432).judge().verdict).toBe('clamp-too-high');
  });
  test('an unclamped MSS that stalls is a black hole', () => {
    expect(stall(new Script().handshake().transfer('client', 64, 1), 1460).judge().verdict).toBe('black-hole');
  });
  test('one way: what comes keeps to less than announced, what goes stalls', () => {
    const script = new Script().handshake().transfer('client', 64, 1).transfer('server', 1398, 8).close();
    stall(script.handshake().transfer('client', 64, 1), 1460);
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('clamp-one-way');
    expect(findings.find(({ code }) => code === 'clamp-one-way')?.fix).toContain('1398');
  });
  test('one way is not claimed where PTBs may have told the sender', () => {
    const script = new Script().handshake().transfer('client', 64, 1).transfer('server', 1398, 8).close();
    script
      .handshake()
      .data('client', 1460)
      .ptb(1438)
      .segment('client', { seq: 1001, data: 1398 })
      .wait(0.02)
      .ack('client');
    expect(script.judge().verdict).toBe('pmtud-works');
  });
  test('a lower MSS that is filled and arrives may be a clamp, or the own link of its host', () => {
    const script = new Script().handshake({ server: 1398 }).transfer('server', 1398, 8).close();
    const judged = script.judge();
    expect(judged.verdict).toBe('ok');
    expect(codes(judged)).toEqual(['mss-lower']);
  });
  test('1452 is what a PPPoE host announces, no clamp', () => {
    expect(new Script().handshake({ server: 1452 }).transfer('server', 1452, 8).judge().verdict).toBe('ok');
  });
});

import { describe } from 'vitest';
import { type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

const FULL = 1448;
const FIN = 1;
const ACK = 16;

/** A full window that is lost, then the first segment again after these waits. */
function again(script: Script, waits: readonly number[], flight = 6, octets = FULL): Script {
  const first = script.next.client;
  for (let index = 0; index < flight; index++) script.data('client', octets);
  for (const wait of waits) script.wait(wait).segment('client', { seq: first, data: octets });
  return script;
}
const open = (): Script => new Script().handshake().transfer('client', 100, 1);
const double = (count: number, first = 0.25): number[] => Array.from({ length: count }, (_, n) => first * 2 ** n);
const other = (host = '10.1.0.2'): Script => new Script({ client: host, server: '10.2.0.2', router: '10.1.0.1' });
const both = (...scripts: readonly Script[]): Judgement =>
  judge(scripts.flatMap(({ packets }) => packets).sort((one, next) => one.at - next.at));
/** Another port, so that two scripts are two connections. */
const onPort = (script: Script, port: number): Script => {
  for (const one of script.packets) {
    const packet = one.packet as number[];
    const at = packet[12] === 10 && packet[13] === 1 ? 20 : 22;
    packet[at] = port >> 8;
    packet[at + 1] = port & 255;
  }
  return script;
};

/** The same with another port of the server. */
const toPort = (script: Script, port: number): Script => {
  for (const one of script.packets) {
    const packet = one.packet as number[];
    const at = packet[12] === 10 && packet[13] === 1 ? 22 : 20;
    packet[at] = port >> 8;
    packet[at + 1] = port & 255;
  }
  return script;
};

describe('timeouts', () => {
  sides(
    'two make a suspicion',
    (count: number) => again(open(), double(count)).judge(),
    [1, 2],
    'black-hole-suspected',
  );
  sides('three are certain', (count: number) => again(open(), double(count)).judge(), [2, 3], 'problem black-hole');
  sides(
    'a copy sooner than a tenth of a second is none',
    (wait: number) => again(open(), [0.3, wait, wait, wait]).judge(),
    [0.09, 0.11],
    'black-hole',
  );
  sides(
    'a packet of 600 octets is small',
    (octets: number) => again(open(), double(4), 6, octets).judge(),
    [560, 561],
    'black-hole',
  );
  sides(
    'one direction alone needs three',
    (count: number) =>
      again(
        new Script().segment('client', { seq: 1000, ack: 0, flags: 2, mss: 1460 }).segment('client', { seq: 1001 }),
        double(count),
      ).judge(),
    [2, 3],
    'black-hole-suspected',
  );
});

describe('what speaks against a matter of size', () => {
  const small = (then: (script: Script, first: number) => void): Judgement => {
    const script = open();
    const first = script.next.client;
    script.data('client', FULL).data('client', FULL).data('client', 100);
    then(script, first);
    for (const wait of double(4)) script.wait(wait).segment('client', { seq: first, data: FULL });
    return script.judge();
  };
  sides(
    'the small packet behind is reported by SACK',
    (sack: boolean) =>
      small((script, first) =>
        script
          .wait(0.02)
          .ack(
            'client',
            sack ? { ack: first, sack: [[script.next.client - 100, script.next.client]] } : { ack: first },
          ),
      ),
    [false, true],
    'black-hole',
  );
  sides(
    'nothing at all comes back, not for a FIN either',
    (fin: boolean) => {
      const script = again(open(), double(4));
      if (fin)
        script
          .wait(0.1)
          .segment('client', { seq: script.next.client, flags: FIN | ACK })
          .wait(2)
          .segment('client', { seq: 1101, data: FULL });
      return script.judge();
    },
    [false, true],
    'peer-gone',
  );
  sides(
    'the same size arrives elsewhere: no certainty',
    (large: boolean) =>
      both(
        again(open(), double(4)),
        onPort(
          other()
            .wait(0.5)
            .handshake()
            .transfer('client', large ? FULL : 1200, 3),
          50_000,
        ),
      ),
    [true, false],
    'problem black-hole',
  );
  sides(
    'a larger one arrives elsewhere: no suspicion',
    (octets: number) =>
      both(again(open(), double(4)), onPort(other().wait(0.5).handshake().transfer('client', octets, 3), 50_000)),
    [1460, 1448],
    'black-hole-suspected',
  );
  sides(
    'three of three connections to a port against others that are fine',
    (count: number) =>
      both(
        onPort(other().handshake().transfer('client', FULL, 3), 50_000),
        ...Array.from({ length: count }, (_, n) =>
          toPort(
            onPort(
              again(
                other()
                  .wait(n + 0.01)
                  .handshake(),
                [0.3, 0.6],
              ),
              50_001 + n,
            ),
            444,
          ),
        ),
      ),
    [2, 3],
    'black-hole-suspected',
  );
  sides(
    'three keep-alives without an answer',
    (count: number) => {
      const script = open();
      for (let n = 0; n < count; n++) script.wait(5).segment('client', { seq: script.next.client - 1, data: 1 });
      return script.judge();
    },
    [2, 3],
    'keep-alive-unanswered',
  );
});

describe('a path that becomes narrower', () => {
  const narrowed = (piece: number, timeouts: number): Judgement => {
    const script = open().transfer('client', FULL, 5);
    const first = script.next.client;
    for (let n = 0; n < 4; n++) script.data('client', FULL);
    script.data('client', piece);
    const end = script.next.client;
    script.wait(0.02).ack('client', { ack: first, sack: [[end - piece, end]] });
    for (const wait of double(timeouts)) script.wait(wait).segment('client', { seq: first, data: FULL });
    return script.judge();
  };
  sides(
    'only pieces notably shorter come through',
    (piece: number) => narrowed(piece, 4),
    [1388, 1387],
    'black-hole-suspected',
  );
  sides('after three timeouts', (count: number) => narrowed(1000, count), [2, 3], 'black-hole-suspected');
});

describe('a hole at the receiver', () => {
  /** Octets missing, then a small packet behind, and so long until the next frame of the capture. */
  const hole = (octets: number, wait: number, behind = 100, sack = false): Judgement => {
    const script = new Script().handshake({ sack }).transfer('server', 100, 1).transfer('client', 100, 1);
    const seq = script.next.server + octets;
    script.segment('server', { seq, data: behind });
    if (sack)
      script.segment('client', { seq: script.next.client, ack: script.next.server, sack: [[seq, seq + behind]] });
    return both(
      script,
      other('10.1.0.99')
        .wait(script.now + wait)
        .handshake(),
    );
  };
  sides('held for a second', (wait: number) => hole(2920, wait), [0.9, 1.01], 'black-hole-suspected');
  sides(
    'or told by the receiver itself',
    (sack: boolean) => hole(2920, 0.001, 100, sack),
    [false, true],
    'black-hole-suspected',
  );
  sides('what is missing is large', (octets: number) => hole(octets, 3), [560, 561], 'black-hole-suspected');
  sides('and what came behind is not', (octets: number) => hole(2920, 3, octets), [1400, 1380], 'black-hole-suspected');
  sides(
    'eight round trips on a slow path',
    (wait: number) => {
      const script = new Script().segment('client', { seq: 1000, ack: 0, flags: 2, mss: 1460 }).wait(0.3);
      script.segment('server', { seq: 9000, ack: 1001, flags: 18, mss: 1460 }).segment('client', { seq: 1001 });
      script.next.client = 1001;
      script.next.server = 9001;
      script.transfer('server', 100, 1).segment('server', { seq: 12_021, data: 100 });
      return both(
        script,
        other('10.1.0.99')
          .wait(script.now + wait)
          .handshake(),
      );
    },
    [2.3, 2.5],
    'black-hole-suspected',
  );
  sides(
    'a bare acknowledgement behind data that never came, after a long silence',
    (silence: number) => {
      const script = open()
        .wait(silence)
        .segment('client', { seq: 1101, flags: FIN | ACK });
      return script
        .wait(0.01)
        .segment('server', { seq: 9001 + 15_000, ack: 1102 })
        .judge();
    },
    [0.5, 2],
    'black-hole-suspected',
  );
});

describe('a stall that healed', () => {
  const healed = (to: number, timeouts = 3): Judgement => {
    const script = open();
    const first = script.next.client;
    for (let n = 0; n < 3; n++) script.data('client', FULL);
    for (const wait of double(timeouts)) script.wait(wait).segment('client', { seq: first, data: FULL });
    script
      .wait(2)
      .segment('client', { seq: first, data: to })
      .wait(0.02)
      .ack('client', { ack: first + to });
    return script.judge();
  };
  sides('by a smaller try, a tenth at least', (to: number) => healed(to), [1304, 1296], 'black-hole-plpmtud');
  const temporary = (timeouts: number, ticks: number): Judgement => {
    const script = open();
    const first = script.next.client;
    script.data('client', FULL);
    for (const wait of double(timeouts)) script.wait(wait).segment('client', { seq: first, data: FULL });
    script.wait(0.02).ack('client').transfer('client', FULL, 3);
    const tick = onPort(other().wait(0.3).handshake(), 50_000);
    for (let n = 0; n < ticks; n++) tick.wait(0.1).transfer('client', 50, 1);
    return both(script, onPort(tick, 50_000));
  };
  sides(
    'at the same size, while four small packets passed',
    (ticks: number) => temporary(3, ticks),
    [3, 4],
    'black-hole-suspected',
  );
  sides('after three timeouts', (count: number) => temporary(count, 9), [2, 3], 'black-hole-suspected');
  sides(
    'is told where it took a second',
    (last: number) => {
      const script = open();
      const first = script.next.client;
      script.data('client', FULL);
      for (const wait of [0.3, 0.5]) script.wait(wait).segment('client', { seq: first, data: FULL });
      return script.wait(last).ack('client').transfer('client', FULL, 3).judge();
    },
    [0.49, 0.51],
    'info stalled',
  );
  const late = (silence: number, octets: number, size: number, soon = 0, before = 100): Judgement => {
    const script = open().transfer('server', before, 1).wait(silence).data('server', size).ack('server').wait(soon);
    const missing = script.next.server;
    script.segment('server', { seq: missing + octets, data: size });
    for (let at = missing; at < missing + octets; at += size)
      script.segment('server', { seq: at, data: Math.min(size, missing + octets - at) });
    script.next.server = missing + octets + size;
    return script.ack('server').judge();
  };
  sides(
    'seen by the receiver, after a second',
    (silence: number) => late(silence, 14_600, 1000),
    [0.9, 1.1],
    'black-hole-suspected',
  );
  sides('at once when it went on', (soon: number) => late(2, 14_600, 1000, soon), [0.51, 0.49], 'black-hole-suspected');
  sides(
    'three full segments were missing',
    (octets: number) => late(2, octets, 1000),
    [4379, 4380],
    'black-hole-suspected',
  );
  sides(
    'and came in smaller ones, by the 8 octets of PPPoE',
    (size: number) => late(2, 14_600, size),
    [1453, 1452],
    'black-hole-suspected',
  );
  sides(
    'which are larger than those before the silence',
    (before: number) => late(2, 14_600, 1000, 0, before),
    [1000, 999],
    'black-hole-suspected',
  );
});

describe('stuck for a reason that is not here', () => {
  const mute = (silence: number): Judgement =>
    both(
      open(),
      other('10.1.0.99').transfer('client', FULL, 3),
      other('10.1.0.98')
        .wait(0.04 + silence)
        .handshake()
        .transfer('client', FULL, 3),
    );
  sides('a request without an answer for a second', mute, [0.9, 1.1], 'verdict inconclusive');
});

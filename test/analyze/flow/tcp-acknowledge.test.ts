import { describe, expect, test } from 'vitest';
import { codes, Script } from '../script.js';
import { sides } from '../sides.js';

/**
 * A transfer whose sequence numbers pass through the highest of all, and through the highest with a sign; two segments
 * a round.
 */
test.for([0xffff_ff00, 0x7fff_ff00, 0x7fff_f600, 1000])('sequence numbers that begin at %i are counted on', (begin) => {
  const script = new Script().handshake({ begin });
  for (let round = 0; round < 10; round++) {
    script.data('client', 1448);
    const ack = script.next.client;
    script.data('client', 1448).wait(0.01).ack('client', { ack }).ack('client');
  }
  const judged = script.close().judge();
  expect([judged.verdict, codes(judged, true)]).toEqual(['ok', []]);
  expect(judged.flows[0]?.directions.find(({ segments }) => segments > 0)).toMatchObject({
    deliveredIp: 1488,
    gap: null,
  });
});

test.for([0xffff_fd00, 0x7fff_fd00, 1000])(
  'data in flight across the end of the numbers is sent again, not new: from %i',
  (begin) => {
    const script = new Script().handshake({ begin }).data('client', 100);
    const seq = script.next.client;
    for (let index = 0; index < 3; index++) script.data('client', 1448);
    script.wait(0.02).ack('client', { ack: seq });
    for (const wait of [0.3, 0.6, 1.2]) script.wait(wait).segment('client', { seq, data: 1448 });
    const { verdict, flows } = script.judge();
    expect([verdict, flows[0]?.directions[0].run?.count]).toEqual(['black-hole', 3]);
  },
);

describe('small data behind large data that vanishes', () => {
  const FULL = 1448;
  /** What the server says of it, before the large segment is sent again and again. */
  const answered = (sack: boolean, answer: (script: Script, first: number, small: number) => unknown): Script => {
    const script = new Script().handshake({ sack }).transfer('client', 100, 1);
    const first = script.next.client;
    script.data('client', FULL).data('client', FULL);
    const small = script.next.client;
    script.data('client', 50).wait(0.02);
    answer(script, first, small);
    for (const wait of [0.3, 0.6, 1.2, 2.4]) script.wait(wait).segment('client', { seq: first, data: FULL });
    return script;
  };
  sides(
    'a bare repetition of the acknowledgement answers it, data of the server do not',
    (bare: boolean) =>
      answered(false, (script, ack) =>
        bare ? script.ack('client', { ack }) : script.data('server', 50, { ack }),
      ).judge(),
    [false, true],
    'problem black-hole',
  );
  sides(
    'a block behind the hole answers it, one of what had come twice (RFC 2883) does not',
    (behind: boolean) =>
      answered(true, (script, ack, small) =>
        script.ack('client', { ack, sack: [behind ? [small, small + 50] : [ack - 100, ack]] }),
      ).judge(),
    [false, true],
    'problem black-hole',
  );
});

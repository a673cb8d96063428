import { describe, expect, test } from 'vitest';
import { codes, type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

const FULL = 1460;
const FIN = 1;
const ACK = 16;

/** A connection that gets no answer any more, not to its FIN either, and what comes after it. */
const gone = (then: (script: Script) => Script): Judgement => {
  const script = new Script().handshake().transfer('client', 100, 2);
  const first = script.next.client;
  for (let n = 0; n < 3; n++) script.data('client', FULL);
  for (const wait of [0.25, 0.5, 1, 2]) script.wait(wait).segment('client', { seq: first, data: FULL });
  script.segment('client', { seq: script.next.client, flags: FIN | ACK });
  return then(script.wait(6)).judge();
};

describe('a peer that answers nothing any more', () => {
  test('is gone', () => {
    const judged = gone((script) => script);
    expect([judged.verdict, codes(judged)]).toEqual(['peer-gone', ['peer-gone']]);
  });
  sides(
    'is not, where a later connection with a smaller MSS fills three packets: those were too large',
    (count: number) =>
      gone((script) => script.handshake({ client: 1360, server: 1360 }).transfer('client', 1360, count)),
    [2, 3],
    'warning black-hole-suspected',
  );
  sides(
    'that was gone for a time takes the same size later',
    (octets: number) => gone((script) => script.handshake().transfer('client', octets, 4)),
    [FULL - 1, FULL],
    'peer-gone',
  );
  sides(
    'may be there where small packets of a later connection arrive: nothing is said for certain',
    (octets: number) => gone((script) => script.handshake().transfer('client', octets, 4)),
    [FULL, 200],
    (judged) => judged.verdict === 'inconclusive' && !codes(judged).includes('peer-gone'),
  );
  sides(
    'is no word on another connection that stands still as well',
    (mute: boolean) =>
      judge(
        [
          ...gonePackets(),
          ...new Script({ client: '10.1.0.7', server: '10.2.0.7', router: '10.1.0.1' })
            .wait(0.01)
            .handshake()
            .data('client', 300)
            .wait(0.02)
            .ack('client')
            .transfer('server', 300, mute ? 0 : 3).packets,
        ].sort((one, next) => one.at - next.at),
      ),
    [false, true],
    'verdict inconclusive',
  );
});

function gonePackets() {
  const script = new Script().handshake().transfer('client', 100, 2);
  const first = script.next.client;
  script.data('client', 200);
  for (const wait of [0.25, 0.5, 1, 2]) script.wait(wait).segment('client', { seq: first, data: 200 });
  return script.packets;
}

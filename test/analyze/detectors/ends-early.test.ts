import { describe } from 'vitest';
import { type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

/** Captures that end before they can tell: what was not seen is said, and gives no all-clear. */
const host = (last: number): Script =>
  new Script({ client: `10.1.0.${last}`, server: '10.2.0.77', router: '10.1.0.1' });
/** `count` connections of other hosts that got large packets through, then `late`. */
const beside = (count: number, late: (script: Script) => unknown): Judgement => {
  const packets = Array.from(
    { length: count },
    (_, n) =>
      host(100 + n)
        .handshake()
        .transfer('client', 1460, 5).packets,
  );
  const script = new Script().wait(0.12);
  late(script);
  return judge([...packets.flat(), ...script.packets].sort((one, next) => one.at - next.at));
};
const flight = (script: Script, octets = 1448): number => {
  const first = script.handshake().next.client;
  for (let index = 0; index < 6; index++) script.data('client', octets);
  return first;
};

describe('a capture that ends with the handshake', () => {
  const handshake = (script: Script): unknown => script.handshake();
  const transfer = (count: number): Judgement => new Script().handshake().transfer('client', 1460, count).judge();
  sides('alone', (data: number) => transfer(data), [5, 0], 'inconclusive');
  sides('says so among others as well', (count: number) => beside(count, handshake), [0, 3], 'ends-early');
  sides(
    'gives no all-clear where it is half of them',
    (count: number) => beside(count, handshake),
    [2, 1],
    'verdict inconclusive',
  );
});

describe('large packets that nobody acknowledged yet', () => {
  sides('half of the connections', (count: number) => beside(count, flight), [2, 1], 'verdict inconclusive');
  sides(
    'one of many where one was sent again',
    (again: boolean) =>
      beside(5, (script) => {
        const first = flight(script);
        if (again) script.wait(0.3).segment('client', { seq: first, data: 1448 });
      }),
    [false, true],
    'verdict inconclusive',
  );
  sides(
    'of more than 600 octets',
    (octets: number) => beside(1, (script) => flight(script, octets)),
    [560, 561],
    'inconclusive',
  );
  sides(
    'unless nearly that size arrived between the two hosts',
    (octets: number) =>
      beside(0, (script) => {
        script.handshake().transfer('client', octets, 5);
        for (let index = 0; index < 6; index++) script.data('client', 1448);
      }),
    [1300, 1299],
    'inconclusive',
  );
  sides(
    'or a PTB says why',
    (ptb: boolean) =>
      beside(0, (script) => {
        flight(script);
        if (ptb) script.ptb(1400);
      }),
    [true, false],
    'inconclusive',
  );
});

describe('a capture of three round trips', () => {
  const lasting = (seconds: number, count = 1): Judgement =>
    beside(count - 1, (script) => {
      script.handshake().data('client', 1460).data('client', 1460).data('client', 1460).wait(0.02).ack('client');
      script.wait(seconds - 0.04).ack('client');
    });
  sides('says what was not seen', (seconds: number) => lasting(seconds), [0.061, 0.058], 'verdict inconclusive');
  sides('where nothing longer is here', (count: number) => lasting(0.05, count), [2, 1], 'inconclusive');
});

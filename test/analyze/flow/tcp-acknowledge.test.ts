import { expect, test } from 'vitest';
import { codes, Script } from '../script.js';

/** A transfer whose sequence numbers pass through the highest of all. */
test.for([0xffff_ff00, 0x7fff_ff00, 1000])('sequence numbers that begin at %i are counted on', (begin) => {
  const script = new Script();
  script.next.client = begin;
  script.handshake();
  for (let round = 0; round < 20; round++) script.data('client', 1448).wait(0.01).ack('client');
  const judged = script.close().judge();
  expect([judged.verdict, codes(judged, true)]).toEqual(['ok', []]);
  expect(judged.flows[0]?.directions.find(({ segments }) => segments > 0)).toMatchObject({
    deliveredIp: 1488,
    gap: null,
  });
});

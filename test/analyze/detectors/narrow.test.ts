import { describe } from 'vitest';
import { ipv4Ends, ipv6Ends, type Judgement, Script } from '../script.js';
import { sides } from '../sides.js';

/** A path of 508 octets and less (RFC 1191 7.1): what is small elsewhere is large there. */
const waits = [0.25, 0.5, 1, 2];

/** Requests of which the first vanishes, again after each timeout; `octets` are whole packets. */
function lost(
  octets: number,
  { arrived = 100, flight = 1, family = 4 as 4 | 6, heard = false, count = 4 } = {},
): Judgement {
  const headers = family === 4 ? 40 : 60;
  const script = new Script(family === 4 ? ipv4Ends : ipv6Ends).handshake().transfer('client', arrived, 1);
  const first = script.next.client;
  for (let index = 0; index < flight; index++) script.data('client', octets - headers);
  if (heard) {
    const before = script.next.client;
    script
      .data('client', 60)
      .wait(0.02)
      .ack('client', { ack: first, sack: [[before, before + 60]] });
  }
  for (const wait of waits.slice(0, count)) {
    script.wait(wait).segment('client', { seq: first, data: octets - headers });
    if (heard) script.wait(0.02).ack('client', { ack: first, sack: [[script.next.client - 60, script.next.client]] });
  }
  return script.judge();
}

describe('a packet of 600 octets and less that is never answered', () => {
  sides('is no sign that the peer is gone above 296', (octets: number) => lost(octets), [297, 296], 'peer-gone');
  sides('but named as stuck', (octets: number) => lost(octets), [296, 297], 'verdict inconclusive');
  sides('unless that size arrived', (arrived: number) => lost(560, { arrived }), [519, 520], 'peer-gone');
  sides(
    'nor with more of its kind behind it',
    (octets: number) => lost(octets, { flight: 4 }),
    [576, 290],
    'peer-gone',
  );
  sides('and of IPv6 any path takes it', (family: 4 | 6) => lost(560, { family }), [4, 6], 'peer-gone');
  sides(
    'is a likely black hole where smaller ones arrive behind it',
    (heard: boolean) => lost(560, { heard }),
    [false, true],
    'verdict black-hole-suspected',
  );
  sides(
    'of more than 296 octets',
    (octets: number) => lost(octets, { heard: true }),
    [296, 297],
    'black-hole-suspected',
  );
  sides('after three timeouts', (count: number) => lost(560, { heard: true, count }), [2, 3], 'black-hole-suspected');
  sides(
    'of a size that nothing had before',
    (arrived: number) => lost(560, { heard: true, arrived }),
    [520, 519],
    'black-hole-suspected',
  );
});

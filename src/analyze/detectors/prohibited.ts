import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { boundBetween } from '../flow/path-bounds.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import type { Prohibition } from '../log/prohibited-log.js';
import { SUSPECT_TIMEOUTS } from '../signs/black-hole-signs.js';
import { isAbout } from '../signs/prohibited-signs.js';

/** `ICMP 3/13`, RFC 1812 5.2.7.1; `ICMPv6 1/1`, RFC 4443 3.1. */
const nameOf = ({ family, type, code }: Prohibition): string => `ICMP${family === 6 ? 'v6' : ''} ${type}/${code}`;

/** A filter that rejects in so many words: who it is, what it refuses, and whether that is a matter of size. */
export const prohibited: Detector = {
  id: 'prohibited',
  capture(capture) {
    return capture.prohibitions.flatMap((one) => (one.forbidden ? [say(one, capture)] : stopped(one, capture)));
  },
};

function say(one: Prohibition, capture: CaptureFacts): Found {
  const { from, count, pieces, largest, smallest, firstFrame, quotedFrom, quotedTo, destinationPort } = one;
  const sizes = smallest === largest ? `${largest}` : `${smallest} to ${largest}`;
  const port = destinationPort >= 0 ? ` port ${destinationPort}` : '';
  const about =
    quotedFrom === '?'
      ? 'which packets it means cannot be read'
      : `it refuses ${pieces === count ? 'fragments' : 'packets'} of ${sizes} octets from ${quotedFrom} to ${quotedTo}${port}`;
  const head = `${from} says ${plural(count, 'time')} that a filter forbids it (${nameOf(one)}, administratively prohibited): ${about}`;
  const evidence = [
    inFrame(from, firstFrame, 'source of the ICMP error'),
    ...(largest > 0 ? [inFrame(largest, firstFrame, 'length of the quoted packet')] : []),
  ];
  const arrived = arrivedOf(one, capture);
  const fix = `look at the rules of ${from} for what ${quotedFrom} -> ${quotedTo}${port} meets`;
  if (pieces > 0)
    return finding(
      'prohibited',
      'problem',
      `${head}. What is cut into pieces does not get through.`,
      evidence,
      `${fix}; or avoid the fragments by a smaller MSS or tunnel MTU`,
    );
  if (arrived > 0 && arrived < smallest && largest > SMALL_PACKET)
    return {
      ...finding(
        'prohibited',
        'problem',
        `${head}, while packets of up to ${arrived} arrive. That is a rule, not a link: no PTB will come.`,
        [...evidence, { value: arrived, from: 'largest packet of that direction that arrived' }],
        fix,
      ),
      lost: { from: quotedFrom, to: quotedTo, octets: smallest },
    };
  if (arrived >= smallest && smallest > 0)
    return finding(
      'prohibited',
      'info',
      `${head}, and packets of up to ${arrived} arrive between the same hosts: no matter of size.`,
      [...evidence, { value: arrived, from: 'largest packet of that direction that arrived' }],
      fix,
    );
  if (largest > SMALL_PACKET)
    return finding(
      'prohibited',
      'warning',
      `${head}; whether smaller ones get through is not in this capture.`,
      evidence,
      fix,
    );
  if (quotedFrom === '?')
    return finding(
      'prohibited',
      'info',
      `${head}.`,
      evidence,
      'record with `tcpdump -nnv`, or save the capture as a file',
    );
  return finding('prohibited', 'info', `${head}. No matter of size.`, evidence, fix);
}

/** Largest packet that is known to have arrived where the refused ones were sent, handshakes included. */
function arrivedOf(one: Prohibition, { flows, paths }: CaptureFacts): number {
  let arrived = boundBetween(paths, one.quotedFrom, one.quotedTo)?.arrived ?? 0;
  for (const { protocol, client, directions } of flows) {
    for (const [index, direction] of directions.entries()) {
      if (!isAbout(one, direction)) continue;
      const back = directions[1 - index]!;
      const handshake = protocol === 'tcp' && client !== null && back.mss !== null && direction.mss !== null;
      arrived = Math.max(arrived, direction.deliveredIp, handshake ? HANDSHAKE[one.family] : 0);
    }
  }
  return arrived;
}

/** A bare acknowledgement or SYN: what an answered handshake proves at least. */
const HANDSHAKE = { 4: 40, 6: 60 } as const;

/** A route that went away, or a loop, in the middle of a transfer: no silence, and no matter of size. */
function stopped(one: Prohibition, { flows }: CaptureFacts): Found[] {
  const { from, count, largest, firstFrame, quotedFrom, quotedTo } = one;
  const waits = flows.some(({ directions }) =>
    directions.some((direction) => isAbout(one, direction) && (direction.run?.count ?? 0) >= SUSPECT_TIMEOUTS),
  );
  if (!waits) return [];
  return [
    finding(
      'inconclusive',
      'info',
      `${from} says ${plural(count, 'time')} that it cannot pass on packets of ${quotedFrom} to ${quotedTo} ` +
        `(${nameOf(one)}): a route, a neighbour or a loop, rather than their size of ${largest} octets.`,
      [inFrame(from, firstFrame, 'source of the ICMP error')],
      `look at the routes and neighbours of ${from}`,
    ),
  ];
}

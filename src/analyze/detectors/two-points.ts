import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import type { DirectionFacts, FlowFacts } from '../flow/flow-facts.js';
import type { PairedFlow } from '../pair/paired-flows.js';
import { pairsWithin } from '../pair/points.js';
import { clampFindings } from '../pair/two-captures.js';
import { SUSPECT_TIMEOUTS } from '../signs/black-hole-signs.js';
import { hostName } from '../signs/elsewhere.js';

/**
 * One file with both sides of a device: what comes to the one and never to the other is dropped in between; an MSS that
 * differs was rewritten there; a PTB that comes from the far side and is not passed on leaves its sender in the dark.
 */
export const twoPoints: Detector = {
  id: 'two-points',
  capture(capture) {
    const pairs = pairsWithin(capture);
    const translated = pairs.filter((pair) => pair.translated);
    return [
      ...(pairs.length > 0 ? [points(pairs)] : []),
      ...translated.flatMap(clampFindings),
      ...pairs.flatMap(notPassedOn),
    ];
  },
};

const points = (pairs: readonly PairedFlow[]): Found => {
  const count = new Set(pairs.flatMap(({ beforeFlow, afterFlow }) => [beforeFlow.point, afterFlow.point])).size;
  const connections = new Set(pairs.map(({ beforeFlow }) => beforeFlow.firstFrame)).size;
  return finding(
    'capture-points',
    'info',
    `${plural(connections, 'connection')} ${connections === 1 ? 'is' : 'are'} here more than once, at ${plural(count, 'capture point')}: ` +
      'the same packets, before and behind a device. Each point is judged by itself, and against the others.',
    pairs
      .slice(0, 2)
      .flatMap(({ beforeFlow, afterFlow }) => [
        inFrame(ends(beforeFlow), beforeFlow.firstFrame, 'first point'),
        inFrame(ends(afterFlow), afterFlow.firstFrame, 'second point'),
      ]),
  );
};

const ends = ({ directions }: FlowFacts): string => `${directions[0].from} -> ${directions[0].to}`;

function notPassedOn({ directions }: PairedFlow): Found[] {
  return directions.flatMap(({ before, after }) => [
    ...dropped(before, after),
    ...dropped(after, before),
    ...ptbKept(before, after),
    ...ptbKept(after, before),
  ]);
}

/** Sent again and again at one point, and nothing as large ever at the other, though smaller packets are at both. */
function dropped(here: DirectionFacts, there: DirectionFacts): Found[] {
  const { run } = here;
  if (!run || run.count < SUSPECT_TIMEOUTS || there.packets === 0 || here.merged || there.merged) return [];
  if (run.ip <= here.deliveredIp || there.largestIp >= run.ip || there.run) return [];
  const most = there.largestIp;
  return [
    {
      ...finding(
        'not-passed-on',
        'problem',
        `${here.from} -> ${here.to}: packets of ${run.ip} octets come to one point, ${plural(run.count + 1, 'time')}, and never to the other, ` +
          `${most > 0 ? `where the largest has ${most}` : 'which only packets without data pass'}: the device between the two drops them.`,
        [
          inFrame(run.ip, run.firstFrame, 'first retransmission'),
          inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
          ...(most > 0 ? [inFrame(most, there.largestFrame, 'largest at the other point')] : []),
        ],
        'clamp the MSS on that device (`mtucalc snippet`), and let it send ICMP 3/4 and ICMPv6 type 2',
      ),
      lost: { from: hostName(here.from), to: hostName(here.to), octets: run.ip },
    },
  ];
}

/** PTBs about this direction at the far point only, while its sender, on the near side, goes on as before. */
function ptbKept(near: DirectionFacts, far: DirectionFacts): Found[] {
  const { ptb } = far;
  if (!ptb || near.ptb || near.oddPtb || near.synTtl <= far.synTtl) return [];
  const { run } = near;
  if (!(run && run.count >= SUSPECT_TIMEOUTS && run.ip > ptb.mtu) && ptb.overAfter === 0) return [];
  return [
    finding(
      'not-passed-on',
      'problem',
      `${near.from} -> ${near.to}: ${plural(ptb.count, 'PTB')} (MTU ${ptb.mtu}) ${ptb.count === 1 ? 'came' : 'came'} to the far side of the device between the two points ` +
        `and never to the near side: ${hostName(near.from)} is not told, and goes on with ${near.largestIp} octets.`,
      [
        inFrame(ptb.mtu, ptb.firstFrame, 'MTU of the first PTB'),
        inFrame(near.largestIp, near.largestFrame, 'IP length on the near side'),
      ],
      'let the device pass ICMP errors on (with NAT: related, RFC 5508 4), or clamp the MSS there (`mtucalc snippet`)',
    ),
  ];
}

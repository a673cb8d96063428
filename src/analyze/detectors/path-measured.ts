import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { boundBetween } from '../flow/path-bounds.js';
import type { EchoPath, EchoSize } from '../log/echo-log.js';
import { isOddMtu, type PtbRecord } from '../log/ptb-log.js';

/** Requests without an answer that make a size a lost one. */
const LEAST_LOST = 2;
/** Silence after the last of them, seconds. */
const WAITED = 1;
/** Where smaller requests are lost as well, so unlikely must it be that the larger ones were lost by chance. */
const CHANCE = 0.01;
/** Below it nothing is measured: every path takes that. */
const LEAST_MEASURED = 600;

/**
 * Echoes (`ping -M do`), tracepath, traceroute: the path measured in the file itself. A reply proves that the request
 * arrived, an error that only the target sends as well (RFC 792, RFC 4443); what is larger draws a PTB, or vanishes.
 */
export const pathMeasured: Detector = {
  id: 'path-measured',
  capture(capture) {
    return capture.echoes.flatMap((path) => ofPath(path, capture));
  },
};

function ofPath(path: EchoPath, capture: CaptureFacts): Found[] {
  const answered = Math.max(path.refused, ...path.sizes.filter((one) => one.answered > 0).map(({ octets }) => octets));
  if (answered === 0) return [];
  const refusal = capture.ptbs
    .filter((ptb) => ptb.quotedFrom === path.from && ptb.quotedTo === path.to && ptb.quotedProtocol !== TCP)
    .filter(({ family, mtu, quotedLength }) => !isOddMtu(family, mtu, quotedLength))
    .sort((left, right) => left.mtu - right.mtu)[0];
  const ends = `${path.from} -> ${path.to}`;
  if (refusal) {
    if (answered > refusal.mtu || refusal.quotedLength < LEAST_MEASURED) return [];
    return [refused(path, refusal, answered)];
  }
  const lost = lostSizes(path.sizes, answered, capture.seconds);
  const least = lost[0];
  if (!least) return [];
  const requests = lost.reduce((sum, { sent }) => sum + sent, 0);
  const df = lost.every(({ sent, withDf }) => withDf === sent);
  if (answered + fixedHeaders(path.family) < LEAST_MEASURED / 2) {
    return passes(path, least.octets, capture) ? [] : [tooFar(ends, answered, least, requests, df)];
  }
  return [
    {
      ...finding(
        'path-measured',
        'warning',
        `${ends}: echo requests of up to ${answered} octets are answered, ${plural(requests, 'request')} of ${least.octets} octets ` +
          `and more ${df ? 'with DF ' : ''}${requests === 1 ? 'is' : 'are'} not, and no PTB says so: the path takes ${answered} to ${least.octets - 1} octets, ` +
          'and drops larger packets silently.',
        [
          inFrame(
            answered,
            path.sizes.find(({ octets }) => octets === answered)?.lastFrame ?? path.refusedFrame,
            'largest that is answered',
          ),
          inFrame(least.octets, least.firstFrame, 'smallest without an answer'),
        ],
        `an MSS of ${answered - fixedHeaders(path.family)} is safe (\`mtucalc snippet\`); let ICMP 3/4 and ICMPv6 type 2 pass`,
      ),
      lost: { from: path.from, to: path.to, octets: least.octets },
    },
  ];
}

const TCP = 6;

/** Whether a packet of that size arrived by other means: then it is the large echo that is not answered. */
const passes = ({ from, to }: EchoPath, octets: number, { paths }: CaptureFacts): boolean =>
  (boundBetween(paths, from, to)?.arrived ?? 0) >= octets;

/** A small size that is answered and a large one that is not: too far apart for a measurement. */
const tooFar = (ends: string, answered: number, least: EchoSize, requests: number, df: boolean): Found =>
  finding(
    'inconclusive',
    'info',
    `${ends}: echo requests of ${answered} octets are answered, ${plural(requests, 'request')} of ${least.octets} octets and more ` +
      `${df ? 'with DF ' : ''}${requests === 1 ? 'is' : 'are'} not, and no PTB says so: the path takes less, or a filter drops large echoes.`,
    [inFrame(least.octets, least.firstFrame, 'smallest without an answer')],
    'try sizes in between, where a path ends and no filter does: `mtucalc probe`, or ping with DF and 1472, 1464, 1452, 1432, 1392, 1372',
  );

const refused = (path: EchoPath, { mtu, from, count, firstFrame, quotedLength }: PtbRecord, answered: number): Found =>
  finding(
    'path-measured',
    'info',
    `${path.from} -> ${path.to}: ${plural(count, 'PTB')} from ${from} ${count === 1 ? 'refuses' : 'refuse'} ${quotedLength} octets and ${count === 1 ? 'announces' : 'announce'} ` +
      `MTU ${mtu}, and packets of ${answered} octets are answered: the path MTU is ${answered === mtu ? mtu : `${answered} to ${mtu}`}.`,
    [inFrame(mtu, firstFrame, 'MTU of the PTB'), { value: answered, from: 'largest packet that its target answered' }],
    `an MSS of ${mtu - fixedHeaders(path.family)} fits (\`mtucalc snippet\`)`,
  );

/**
 * Sizes above all that arrived, none of them ever answered, smallest first; empty where that may be chance or the end
 * of the capture.
 */
function lostSizes(sizes: readonly EchoSize[], answered: number, end: number): EchoSize[] {
  const above = sizes.filter(({ octets }) => octets > answered).sort((left, right) => left.octets - right.octets);
  const waited = above.filter(({ sent, lastTime }) => sent > 1 || end - lastTime >= WAITED);
  const requests = waited.reduce((sum, { sent }) => sum + sent, 0);
  if (requests < LEAST_LOST) return [];
  const below = sizes.filter(({ octets }) => octets <= answered);
  const sent = below.reduce((sum, one) => sum + one.sent, 0);
  const share = below.reduce((sum, one) => sum + one.sent - one.answered, 0) / Math.max(1, sent);
  // Between them, the last one of a sweep as well.
  return share > 0 && share ** requests > CHANCE ? [] : above;
}

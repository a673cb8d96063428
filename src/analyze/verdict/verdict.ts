import type { Finding } from '../../finding.js';
import { fixedHeaders } from '../../mtu/mss.js';
import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts, FlowFacts } from '../flow/flow-facts.js';
import { MOST_REQUEST } from '../flow/sizes.js';
import { largestArrived } from './paths.js';

/** One word for the capture as a whole: what it supports by itself, the one to act on first where several are true. */
export const verdicts = [
  'not-passed-on',
  'mss-ignored',
  'clamp-one-way',
  'clamp-too-high',
  'ptb-zero-mtu',
  'ptb-bogus-mtu',
  'ptb-small-mtu',
  'ptb-ignored',
  'prohibited',
  'ike-fragments',
  'post-frag-dropped',
  'black-hole',
  'black-hole-plpmtud',
  'black-hole-suspected',
  'ptb-translated',
  'udp-df-ptb',
  'ptb-rare',
  'path-measured',
  'pmtud-works',
  'post-frag',
  'pre-frag',
  'clamp-too-low',
  'source-frag',
  'ptb-unrelated',
  'resegmentation',
  'esp-only',
  'clamp-ok',
  'loss-not-mtu',
  'offload-artifact',
  'peer-gone',
  'ok',
  'inconclusive',
] as const;
export type Verdict = (typeof verdicts)[number];

/** Doubled waits that are a sender's timeouts. */
const LEAST_WAITS = 3;
/** Verdicts that nothing is wrong. */
const calm: readonly Verdict[] = ['path-measured', 'pmtud-works'];

/** Packets of this size cross the path or do not; smaller ones say nothing about MTU. */
const LARGE = 1000;
/** Every path takes so much (RFC 8200 5): that it arrived says nothing, unless its sender had no more to fill. */
const EVERY_PATH = 1280;
/** Timestamps and what else a full segment leaves free, octets. */
const NEARLY_FULL = 40;

/** Findings that need action, first of the list above; where there is none, what the traffic itself shows. */
export function verdictOf(findings: readonly Finding[], capture: CaptureFacts): Verdict {
  const codes = new Set(findings.filter(({ code, severity }) => counts(code, severity)).map(({ code }) => code));
  const acting = verdicts.slice(0, verdicts.indexOf('source-frag'));
  const first = acting.find((code) => codes.has(code));
  // What works for one connection is no comfort for another that is stuck.
  if (first && !(calm.includes(first) && codes.has('inconclusive'))) return first;
  if (isEncrypted(capture)) return 'esp-only';
  // What is harmless by itself is no comfort for what is stuck beside it.
  if (codes.has('inconclusive')) return 'inconclusive';
  if (codes.has('source-frag')) return capture.flows.some(isUnheard) ? 'inconclusive' : 'source-frag';
  for (const code of ['ptb-unrelated', 'resegmentation'] as const) if (codes.has(code)) return code;
  if (codes.has('peer-gone')) return 'peer-gone';
  for (const code of ['loss-not-mtu', 'clamp-ok'] as const) if (codes.has(code)) return code;
  if (codes.has('offload-artifact')) return capture.flows.some(isResent) ? 'inconclusive' : 'offload-artifact';
  // Sent is not arrived: what is not acknowledged, answered or echoed proves nothing.
  const arrived = largestArrived(capture);
  if (capture.largestUdp <= EVERY_PATH && isUnanswered(capture)) return 'inconclusive';
  return arrived > EVERY_PATH || (arrived >= LARGE && fills(capture)) ? 'ok' : 'inconclusive';
}

/** Whether full segments arrived where the MSS of either end allows no more than others send. */
const fills = ({ flows }: CaptureFacts): boolean =>
  flows.some(({ protocol, family, directions: [a, b] }) => {
    const mss = Math.min(a.mss ?? Infinity, b.mss ?? Infinity);
    const full = mss + fixedHeaders(family) - NEARLY_FULL;
    return protocol === 'tcp' && [a, b].some(({ deliveredIp }) => deliveredIp >= LARGE && deliveredIp >= full);
  });

/** A large datagram goes out again after waits that double, and none was answered. */
const isUnheard = ({ directions }: FlowFacts): boolean =>
  directions.some(({ asked }) => (asked?.waits?.count ?? 0) >= LEAST_WAITS && asked?.answered.large === 0);

/** What offload had put together was sent again, and is not acknowledged. */
const isResent = ({ directions }: FlowFacts): boolean =>
  directions.some(({ merged, run, outstanding }) => merged !== null && run !== null && outstanding > 0);

/** All that is here are open requests of which none was answered: their octets arrived, and of the way back nothing is known. */
const isUnanswered = ({ flows }: CaptureFacts): boolean => {
  const data = flows.filter(({ protocol, directions }) => protocol === 'tcp' && directions.some(hasData));
  return (
    data.length > 0 &&
    data.every(({ client, directions }) => {
      const asked = directions.filter(hasData);
      const [one, none] = asked;
      return client !== null && !none && !one!.finished && one!.octets <= MOST_REQUEST;
    })
  );
};

const hasData = ({ segments }: DirectionFacts): boolean => segments > 0;

/** A PTB with an odd but harmless MTU is a remark, not the state of the network; so is a filter that refuses whatever the size. */
const counts = (code: string, severity: string): boolean =>
  code === 'ptb-bogus-mtu' ? severity === 'problem' : code !== 'prohibited' || severity !== 'info';

/** Nothing of the traffic inside can be judged: no TCP both ways, next to encrypted packets. */
function isEncrypted(capture: CaptureFacts): boolean {
  if (capture.espPackets === 0) return false;
  const both = capture.flows.some(({ protocol, directions }) => {
    return protocol === 'tcp' && directions[0].packets > 0 && directions[1].packets > 0;
  });
  return !both && capture.udpPackets < capture.espPackets;
}

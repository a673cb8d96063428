import type { Finding } from '../../finding.js';
import type { CaptureFacts } from '../facts.js';
import { provenBy } from './paths.js';

/** One word for the capture as a whole: what it supports by itself, the one to act on first where several are true. */
export const verdicts = [
  'not-passed-on',
  'mss-ignored',
  'clamp-one-way',
  'clamp-too-high',
  'ptb-zero-mtu',
  'ptb-bogus-mtu',
  'ptb-ignored',
  'ike-fragments',
  'post-frag-dropped',
  'black-hole',
  'black-hole-plpmtud',
  'black-hole-suspected',
  'ptb-translated',
  'udp-df-ptb',
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

/** Verdicts that nothing is wrong. */
const calm: readonly Verdict[] = ['path-measured', 'pmtud-works'];

/** Packets of this size cross the path or do not; smaller ones say nothing about MTU. */
const LARGE = 1000;

/** Findings that need action, first of the list above; where there is none, what the traffic itself shows. */
export function verdictOf(findings: readonly Finding[], capture: CaptureFacts): Verdict {
  const codes = new Set(findings.filter(({ code, severity }) => counts(code, severity)).map(({ code }) => code));
  const acting = verdicts.slice(0, verdicts.indexOf('source-frag'));
  const first = acting.find((code) => codes.has(code));
  // What works for one connection is no comfort for another that is stuck.
  if (first && !(calm.includes(first) && codes.has('inconclusive'))) return first;
  if (isEncrypted(capture)) return 'esp-only';
  for (const code of ['source-frag', 'ptb-unrelated', 'resegmentation'] as const) if (codes.has(code)) return code;
  if (codes.has('inconclusive')) return 'inconclusive';
  if (codes.has('peer-gone')) return 'peer-gone';
  for (const code of ['loss-not-mtu', 'clamp-ok', 'offload-artifact'] as const) if (codes.has(code)) return code;
  // Sent is not arrived: what is not acknowledged, answered or echoed proves nothing.
  const arrived = Math.max(0, ...provenBy(capture).map((path) => path.arrived));
  return arrived >= LARGE ? 'ok' : 'inconclusive';
}

/** A PTB with an odd but harmless MTU is a remark, not the state of the network. */
const counts = (code: string, severity: string): boolean => code !== 'ptb-bogus-mtu' || severity === 'problem';

/** Nothing of the traffic inside can be judged: no TCP both ways, next to encrypted packets. */
export function isEncrypted(capture: CaptureFacts): boolean {
  if (capture.espPackets === 0) return false;
  const both = capture.flows.some(({ protocol, directions }) => {
    return protocol === 'tcp' && directions[0].packets > 0 && directions[1].packets > 0;
  });
  return !both && capture.udpPackets < capture.espPackets;
}

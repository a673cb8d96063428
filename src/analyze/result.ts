import type { Finding } from '../finding.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { cipherFindings } from './esp/cipher-check.js';
import { espFindings } from './esp/esp-findings.js';
import { type EspInference, inferEsp } from './esp/esp-only.js';
import { expectedFindings } from './expected/expected.js';
import type { CaptureFacts } from './facts.js';
import type { FlowFacts } from './flow/flow-facts.js';
import type { Judgement } from './judge.js';
import type { PtbRecord } from './log/ptb-log.js';
import { Ledger } from './verdict/finding-list.js';
import { type Verdict, verdictOf } from './verdict/verdict.js';
import { verdictWords } from './verdict/verdict-words.js';

/** What one capture shows; the part of `analyze --json` that judges. Lengths in octets, times in seconds. */
export interface AnalyzeResult {
  readonly verdict: Verdict;
  /** The verdict in one sentence. */
  readonly says: string;
  readonly findings: readonly Finding[];
  readonly seconds: number;
  /** All connections and UDP flows, and how many gave way because the table was full. */
  readonly flowCounts: { readonly tcp: number; readonly udp: number; readonly evicted: number };
  /** Those with something to say first, then the largest; 512 at most. */
  readonly flows: readonly FlowFacts[];
  /** PTBs by sender, receiver, MTU and quoted ends; 256 kinds at most. */
  readonly ptbs: readonly PtbRecord[];
  /** What the lengths of encrypted packets tell, for each pair of gateways. */
  readonly esp: readonly EspInference[];
  /** Packets by outermost IP length. */
  readonly sizes: readonly { readonly octets: number; readonly count: number }[];
  readonly timeline: CaptureFacts['timeline'];
}

/** What is known beside the capture. */
export interface Beside {
  readonly catalogue: Catalogue;
  /** The description of the tunnel, where there is one: expected against seen. */
  readonly request?: CalcRequest | undefined;
}

/** Suites listed for a pair of gateways. */
const MOST_GUESSES = 5;

export function resultOf({ findings: own, capture }: Judgement, { catalogue, request }: Beside): AnalyzeResult {
  const esp = inferEsp(capture.tunnels, catalogue).map((one) => ({
    ...one,
    guesses: one.guesses.slice(0, MOST_GUESSES),
  }));
  const ledger = new Ledger();
  for (const one of own) ledger.add(one);
  for (const one of espFindings(esp)) ledger.add(one);
  if (request) {
    for (const one of expectedFindings(request, capture, catalogue)) ledger.add(one);
    if (request.cipher !== undefined) {
      for (const one of cipherFindings(request.cipher, request.auth, capture.tunnels, catalogue)) ledger.add(one);
    }
  }
  const all = ledger.findings();
  const verdict = verdictOf(all, capture);
  // The answer first: what the verdict rests on, then the rest by severity.
  const findings = [...all.filter(({ code }) => code === verdict), ...all.filter(({ code }) => code !== verdict)];
  const sizes: { octets: number; count: number }[] = [];
  capture.sizes.forEach((count, octets) => {
    if (count > 0) sizes.push({ octets, count });
  });
  return {
    verdict,
    says: verdictWords[verdict],
    findings,
    seconds: capture.seconds,
    flowCounts: { tcp: capture.tcpFlows, udp: capture.udpFlows, evicted: capture.evicted },
    flows: capture.flows,
    ptbs: capture.ptbs,
    esp,
    sizes,
    timeline: capture.timeline,
  };
}

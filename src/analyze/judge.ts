import type { Finding } from '../finding.js';
import { renameIn } from '../rename.js';
import type { Found, Lost } from './detector.js';
import { detectors } from './detectors/index.js';
import { cipherFindings } from './esp/cipher-check.js';
import { espFindings } from './esp/esp-findings.js';
import { inferEsp } from './esp/esp-only.js';
import { expectedFindings } from './expected/expected.js';
import type { CaptureFacts } from './facts.js';
import type { FlowFacts } from './flow/flow-facts.js';
import type { AnalyzeResult, Beside, JudgedFlow } from './result.js';
import { type Fate, fateOf } from './signs/fate.js';
import { verdictWithDrops, withDrops } from './verdict/dropped.js';
import { FindingList } from './verdict/finding-list.js';
import { flowsAsPrinted, nameIn, weakened, weakenedVerdict } from './verdict/from-text.js';
import { pathsOf } from './verdict/paths.js';
import { verdictOf } from './verdict/verdict.js';
import { verdictWords } from './verdict/verdict-words.js';

/** Suites listed for a pair of gateways, and flows in the result. */
const MOST_GUESSES = 5;
const MOST_FLOWS = 512;

/** Facts to judgement: what one capture shows, with what is known beside it. */
export function judge(facts: CaptureFacts, { catalogue, request }: Beside = {}): AnalyzeResult {
  const list = new FindingList();
  const lost: Lost[] = [];
  const add = (found: readonly Found[]): void => {
    for (const { lost: one, ...finding } of found) {
      list.add(finding);
      if (one) lost.push(one);
    }
  };
  // In the order they began: the first of its kind tells the story.
  const flows = [...facts.flows].sort((left, right) => left.firstFrame - right.firstFrame);
  const ofFlows = detectors.filter(({ flow }) => flow !== undefined);
  for (const flow of flows) {
    for (const detector of ofFlows) {
      const found = detector.flow!(flow, facts);
      if (found.length > 0) add(found);
    }
  }
  for (const detector of detectors) add(detector.capture?.(facts, list.codes()) ?? []);
  const esp = catalogue
    ? inferEsp(facts.tunnels, catalogue).map((one) => ({ ...one, guesses: one.guesses.slice(0, MOST_GUESSES) }))
    : [];
  for (const one of espFindings(esp)) list.add(one);
  if (catalogue && request) {
    for (const one of expectedFindings(request, facts, catalogue)) list.add(one);
    if (request.cipher !== undefined) {
      for (const one of cipherFindings(request.cipher, request.auth, facts.tunnels, catalogue)) list.add(one);
    }
  }
  const { text } = facts;
  const all = withDrops(weakened(list.findings(), text), facts);
  const verdict = verdictWithDrops(weakenedVerdict(verdictOf(all, facts), facts, text), facts);
  const result: AnalyzeResult = {
    verdict,
    says: verdictWords[verdict],
    findings: answerFirst(all, verdict),
    seconds: facts.seconds,
    flowCounts: { tcp: facts.tcpFlows, udp: facts.udpFlows, evicted: facts.evicted, unheard: facts.unheard },
    paths: pathsOf(facts, all.some(({ code }) => proving.has(code)) ? lost : []),
    flows: byTrouble(flowsAsPrinted(facts.flows, text)).slice(0, MOST_FLOWS),
    ptbs: facts.ptbs,
    esp,
    sizes: sizesOf(facts.sizes),
    timeline: facts.timeline,
    ...(text === undefined ? {} : { text }),
  };
  return text && text.names.length > 0 ? renameIn(result, nameIn(text)) : result;
}

/** Findings that a lost size rests on; where a text takes them back, it is taken back as well. */
const proving: ReadonlySet<string> = new Set([
  'black-hole',
  'black-hole-suspected',
  'black-hole-plpmtud',
  'path-measured',
  'not-passed-on',
  'prohibited',
]);

/** Those that are stuck first, then those that were. */
const byTrouble = (flows: readonly FlowFacts[]): JudgedFlow[] =>
  flows
    .map((flow) => ({ ...flow, fate: fateOf(flow) }))
    .sort((left, right) => trouble[left.fate] - trouble[right.fate]);

const trouble: Readonly<Record<Fate, number>> = { stuck: 0, healed: 1, unproven: 2, delivered: 2 };

/** What the verdict rests on, then the rest by severity. */
const answerFirst = (findings: readonly Finding[], verdict: string): Finding[] => [
  ...findings.filter(({ code }) => code === verdict),
  ...findings.filter(({ code }) => code !== verdict),
];

function sizesOf(counts: Uint32Array): { octets: number; count: number }[] {
  const sizes: { octets: number; count: number }[] = [];
  counts.forEach((count, octets) => {
    if (count > 0) sizes.push({ octets, count });
  });
  return sizes;
}

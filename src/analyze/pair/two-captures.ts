import type { Finding } from '../../finding.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { finding, inFrame } from '../detector.js';
import { overheadBetween } from '../esp/tunnel-overhead.js';
import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts } from '../flow/flow-facts.js';
import { FindingList } from '../verdict/finding-list.js';
import { isEncryptedSide, nothingInCommon, pairFindings, translation } from './capture-pair.js';
import { type PairedDirection, type PairedFlow, pairFlows } from './paired-flows.js';

/** What two captures of the same traffic say together, `before` on the inner side (LAN), `after` on the outer. */
export interface TwoCaptures {
  readonly matched: number;
  readonly translated: number;
  readonly pairs: readonly PairedFlow[];
  readonly findings: readonly Finding[];
}

export function compareCaptures(before: CaptureFacts, after: CaptureFacts, catalogue: Catalogue): TwoCaptures {
  const pairs = pairFlows(before, after);
  const list = new FindingList();
  for (const pair of pairs) {
    for (const one of [...clampFindings(pair), ...pair.directions.flatMap((one) => sizeFindings(one, after))])
      list.add(one);
  }
  for (const one of pairFindings(before, after, pairs)) list.add(one);
  const swapped = isEncryptedSide(before, after, pairs);
  const overhead = swapped ? overheadBetween(after, before, catalogue) : overheadBetween(before, after, catalogue);
  for (const one of overhead) list.add(one);
  const translated = pairs.filter((pair) => pair.translated).length;
  const codes = list.codes();
  if (translated > 0) list.add(translation(translated));
  const comparable = !codes.has('capture-empty') && !codes.has('captures-same') && !swapped;
  if (comparable && pairs.length === 0 && overhead.length === 0) {
    const encrypted = after.tunnels.length > 0 && before.tcpFlows > 0;
    list.add(
      nothingInCommon(
        before,
        after,
        encrypted ? ', and too few of its sizes among the encrypted packets to say that they are the same' : '',
      ),
    );
  }
  return { matched: pairs.length, translated, pairs, findings: list.findings() };
}

interface Change {
  readonly from: string;
  readonly high: number;
  readonly low: number;
  /** Each router takes one off the TTL: the SYN passed the point with the smaller MSS first. */
  readonly raised: boolean;
  readonly frames: readonly [number, number];
}

const mssChange = ({ before, after }: PairedDirection): Change | undefined => {
  if (before.mss === null || after.mss === null) return undefined;
  const [first, last] = before.synTtl >= after.synTtl ? [before, after] : [after, before];
  return {
    from: before.from,
    high: Math.max(before.mss, after.mss),
    low: Math.min(before.mss, after.mss),
    raised: first.synTtl > last.synTtl && first.mss! < last.mss!,
    frames: [before.mssFrame, after.mssFrame],
  };
};

/** What became of the MSS of each SYN between the two points. */
export function clampFindings({ directions }: PairedFlow): Finding[] {
  const changes = directions.map(mssChange);
  const changed = changes.filter((change): change is Change => change !== undefined && change.low < change.high);
  const raised = changed.filter((change) => change.raised).map(raisedFinding);
  const lowered = changed.filter((change) => !change.raised);
  const first = lowered[0];
  if (!first) return raised;
  const other = changes.find((change) => change !== undefined && change !== first);
  const evidence = lowered.flatMap(({ high, low, frames }) => [
    { value: `${high} / ${low}`, from: `MSS option, frame ${frames[0]} before and ${frames[1]} after` },
  ]);
  const open = other && other.low === other.high && other.low > first.low ? other : undefined;
  if (open) {
    return [
      ...raised,
      finding(
        'clamp-one-way',
        'warning',
        `The MSS from ${first.from} is lowered from ${first.high} to ${first.low} between the two points, that from ` +
          `${open.from} stays ${open.low}: only one direction is clamped.`,
        [...evidence, { value: open.low, from: 'MSS of the other direction at both points' }],
        `clamp both directions to ${first.low} (\`mtucalc snippet\`)`,
      ),
    ];
  }
  const both = lowered.map(({ from, high, low }) => `that from ${from} from ${high} to ${low}`).join(', ');
  return [...raised, finding('clamp-ok', 'info', `The MSS is lowered between the two points: ${both}.`, evidence)];
}

const raisedFinding = ({ from, high, low, frames }: Change): Finding =>
  finding(
    'mss-raised',
    'warning',
    `The MSS from ${from} is raised from ${low} to ${high} between the two points: a clamp that sets without comparing.`,
    [{ value: `${low} / ${high}`, from: `MSS option, frame ${frames[0]} before and ${frames[1]} after` }],
    'guard the clamp so that it touches larger values only (`mtucalc lint` finds it, `mtucalc snippet` writes it)',
  );

/** DF, sizes and what never arrives, for one direction of a connection. */
function sizeFindings({ before, after }: PairedDirection, afterCapture: CaptureFacts): Finding[] {
  const findings: Finding[] = [];
  const [sent, seen] = before.largestIp >= after.largestIp ? [before, after] : [after, before];
  const always = (one: DirectionFacts): boolean => one.withDf > 0 && one.withoutDf === 0;
  const never = (one: DirectionFacts): boolean => one.withDf === 0 && one.withoutDf > 0;
  const inwards = never(before) && always(after);
  if (inwards || (always(before) && never(after))) {
    const [set, clear] = inwards ? ['after', 'before'] : ['before', 'after'];
    findings.push(
      finding(
        'df-cleared',
        'info',
        `${before.from} -> ${before.to}: DF is set ${inwards ? 'at the second point and clear at the first' : 'before and clear after'}: ` +
          'a device between the two points clears it.',
        [
          inFrame(before.largestIp, before.largestFrame, `before, DF ${set === 'before' ? 'set' : 'clear'}`),
          inFrame(after.largestIp, after.largestFrame, `after, DF ${clear === 'after' ? 'clear' : 'set'}`),
        ],
      ),
    );
  }
  if (sent.largestIp - seen.largestIp < 8 || sent.segments === 0) return findings;
  const run = sent.run;
  if (run && run.count >= 2 && run.ip > seen.largestIp && run.ip > sent.deliveredIp) {
    findings.push(
      finding(
        'black-hole',
        'problem',
        `${sent.from} -> ${sent.to}: packets of ${run.ip} octets are at one point, sent ${run.count + 1} times, and never at ` +
          `the other, where the largest has ${seen.largestIp}: they are dropped between the two.`,
        [
          inFrame(run.ip, run.firstFrame, 'first retransmission'),
          inFrame(seen.largestIp, seen.largestFrame, 'largest at the other point'),
        ],
        'clamp the MSS on the gateway between them (`mtucalc snippet`), and let it send ICMP 3/4 and ICMPv6 type 2',
      ),
    );
    return findings;
  }
  const whole = sent.deliveredIp >= sent.largestIp || sent.merged !== null || sent.outstanding === 0;
  if (!whole || sent.ptb || sent.oddPtb || seen.segments === 0) return findings;
  if (afterCapture.fragments.some(({ kind }) => kind === 'tcp')) return findings;
  findings.push(
    finding(
      'resegmentation',
      'info',
      `${sent.from} -> ${sent.to}: segments of up to ${sent.largestIp} octets at one point are at most ${seen.largestIp} at ` +
        'the other: offload cuts or merges them between the two, which is no IP fragmentation.',
      [
        inFrame(sent.largestIp, sent.largestFrame, 'IP length'),
        inFrame(seen.largestIp, seen.largestFrame, 'IP length at the other point'),
      ],
    ),
  );
  return findings;
}

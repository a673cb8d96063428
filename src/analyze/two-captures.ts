import type { Finding } from '../finding.js';
import type { Catalogue } from '../mtu/catalogue.js';
import type { CaptureFacts } from './capture-facts.js';
import { finding, inFrame, plural } from './detector.js';
import { Ledger } from './ledger.js';
import { type PairedDirection, type PairedFlow, pairFlows } from './paired-flows.js';
import { overheadBetween } from './tunnel-overhead.js';

/** What two captures of the same traffic say together, `before` on the inner side (LAN), `after` on the outer. */
export interface TwoCaptures {
  readonly matched: number;
  readonly translated: number;
  readonly pairs: readonly PairedFlow[];
  readonly findings: readonly Finding[];
}

export function compareCaptures(before: CaptureFacts, after: CaptureFacts, catalogue: Catalogue): TwoCaptures {
  const pairs = pairFlows(before, after);
  const ledger = new Ledger();
  for (const pair of pairs) {
    for (const one of [...clampFindings(pair), ...pair.directions.flatMap((one) => sizeFindings(one, after))])
      ledger.add(one);
  }
  for (const one of overheadBetween(before, after, catalogue)) ledger.add(one);
  const translated = pairs.filter((pair) => pair.translated).length;
  if (pairs.length === 0 && after.tunnels.length === 0) {
    ledger.add(
      finding(
        'no-common-flow',
        'warning',
        'No connection of the first capture was found in the second.',
        [
          { value: before.tcpFlows, from: 'TCP connections before' },
          { value: after.tcpFlows, from: 'TCP connections after' },
        ],
        'capture both points at the same time, with the handshakes',
      ),
    );
  } else if (translated > 0) {
    ledger.add(
      finding(
        'translated',
        'info',
        `${plural(translated, 'connection')} changed address or port between the two points (NAT), and was known again by its sequence numbers.`,
        [{ value: translated, from: 'connections with other ends' }],
      ),
    );
  }
  return { matched: pairs.length, translated, pairs, findings: ledger.findings() };
}

interface Change {
  readonly from: string;
  readonly high: number;
  readonly low: number;
  readonly frames: readonly [number, number];
}

const mssChange = ({ before, after }: PairedDirection): Change | undefined => {
  if (before.mss === null || after.mss === null) return undefined;
  return {
    from: before.from,
    high: Math.max(before.mss, after.mss),
    low: Math.min(before.mss, after.mss),
    frames: [before.mssFrame, after.mssFrame],
  };
};

/** What became of the MSS of each SYN between the two points. */
function clampFindings({ directions }: PairedFlow): Finding[] {
  const changes = directions.map(mssChange);
  const lowered = changes.filter((change): change is Change => change !== undefined && change.low < change.high);
  const first = lowered[0];
  if (!first) return [];
  const other = changes.find((change) => change !== undefined && change !== first);
  const evidence = lowered.flatMap(({ high, low, frames }) => [
    { value: `${high} / ${low}`, from: `MSS option, frame ${frames[0]} before and ${frames[1]} after` },
  ]);
  const open = other && other.low === other.high && other.low > first.low ? other : undefined;
  if (open) {
    return [
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
  return [finding('clamp-ok', 'info', `The MSS is lowered between the two points: ${both}.`, evidence)];
}

/** DF, sizes and what never arrives, for one direction of a connection. */
function sizeFindings({ before, after }: PairedDirection, afterCapture: CaptureFacts): Finding[] {
  const findings: Finding[] = [];
  const [sent, seen] = before.largestIp >= after.largestIp ? [before, after] : [after, before];
  if (before.withDf > 0 && before.withoutDf === 0 && after.withoutDf > 0 && after.withDf === 0) {
    findings.push(
      finding(
        'df-cleared',
        'info',
        `${before.from} -> ${before.to}: DF is set before and clear after: a device between the two points clears it.`,
        [
          inFrame(before.largestIp, before.largestFrame, 'before, DF set'),
          inFrame(after.largestIp, after.largestFrame, 'after, DF clear'),
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

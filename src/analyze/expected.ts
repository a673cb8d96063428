import { MtucalcError } from '../error.js';
import type { Finding } from '../finding.js';
import { calculate } from '../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Catalogue, HeaderRow } from '../mtu/catalogue.js';
import { identify } from '../mtu/identify.js';
import type { CaptureFacts } from './capture-facts.js';
import { finding, inFrame, plural } from './detector.js';
import { fixedHeaders } from './flow-facts.js';
import { isOddMtu } from './ptb-log.js';

/** An MSS this much below what fits is waste rather than caution. */
const WASTE = 40;

/** What the description of the tunnel says against what the capture shows: PTBs, announced MSS, sizes. */
export function expectedFindings(request: CalcRequest, capture: CaptureFacts, catalogue: Catalogue): Finding[] {
  const expected = calculate(request, catalogue);
  return [
    ...againstPtbs(request, expected, capture, catalogue),
    ...againstMss(expected, capture),
    ...againstTunnels(expected, capture),
  ];
}

function againstPtbs(
  request: CalcRequest,
  expected: Calculation,
  capture: CaptureFacts,
  catalogue: Catalogue,
): Finding[] {
  const lowest = new Map<string, (typeof capture.ptbs)[number]>();
  for (const ptb of capture.ptbs) {
    // About the outside of the tunnel, or another connection: says nothing about its inside.
    if (ptb.match !== 'flow' || isOddMtu(ptb.family, ptb.mtu, ptb.quotedLength)) continue;
    const held = lowest.get(ptb.from);
    if (!held || ptb.mtu < held.mtu) lowest.set(ptb.from, ptb);
  }
  return [...lowest.values()].map((ptb) => {
    const missing = expected.tunnelMtu - ptb.mtu;
    const evidence = [
      { value: expected.tunnelMtu, from: 'tunnel MTU of the described profile' },
      inFrame(ptb.mtu, ptb.firstFrame, `MTU of the PTB from ${ptb.from}`),
    ];
    if (missing === 0) {
      return finding('as-expected', 'info', `The gateway ${ptb.from} said ${ptb.mtu}, exactly as expected.`, evidence);
    }
    const changed = missingPart(request, ptb.mtu, catalogue);
    const reading = changed ?? readingOf(ptb.mtu, catalogue);
    if (missing > 0) {
      const equals = changed ? undefined : explain(missing, catalogue);
      return finding(
        'expected-seen',
        'warning',
        `Expected ${expected.tunnelMtu}, the gateway ${ptb.from} said ${ptb.mtu}: ${plural(missing, 'octet')} unaccounted` +
          `${equals ? `, equals ${equals}` : ''}${reading ? `; ${ptb.mtu} is ${reading}` : ''}.`,
        evidence,
        'look for the missing layer on the path, or correct the description; clamp to the smaller value meanwhile',
      );
    }
    return finding(
      'expected-seen',
      'info',
      `Expected ${expected.tunnelMtu}, the gateway ${ptb.from} said ${ptb.mtu}: ${plural(-missing, 'octet')} more than ` +
        `described${reading ? `; ${ptb.mtu} is ${reading}` : ''}.`,
      evidence,
    );
  });
}

function againstMss(expected: Calculation, capture: CaptureFacts): Finding[] {
  let above: { mss: number; right: number; frame: number; from: string } | undefined;
  let below: { mss: number; right: number; frame: number; from: string } | undefined;
  for (const flow of capture.flows) {
    if (flow.protocol !== 'tcp') continue;
    const right = flow.family === 4 ? expected.mss.ipv4 : expected.mss.ipv6;
    for (const side of [0, 1] as const) {
      const { mss, mssFrame, from } = flow.directions[side];
      const sender = flow.directions[side === 0 ? 1 : 0];
      if (mss === null) continue;
      if (mss > right && sender.largestIp > right + fixedHeaders(flow.family) && (!above || mss > above.mss)) {
        above = { mss, right, frame: mssFrame, from };
      }
      if (mss < right - WASTE && sender.largestIp === mss + fixedHeaders(flow.family) && (!below || mss < below.mss)) {
        below = { mss, right, frame: mssFrame, from };
      }
    }
  }
  const findings: Finding[] = [];
  if (above) {
    findings.push(
      finding(
        'mss-above-expected',
        'warning',
        `MSS ${above.mss} from ${above.from} is answered with segments that fill it; the described tunnel carries MSS ${above.right}.`,
        [inFrame(above.mss, above.frame, 'MSS option'), { value: above.right, from: 'MSS of the described profile' }],
        `clamp the MSS to ${above.right} in both directions (\`mtucalc snippet\`)`,
      ),
    );
  }
  if (below) {
    findings.push(
      finding(
        'clamp-too-low',
        'warning',
        `MSS ${below.mss} from ${below.from} leaves ${below.right - below.mss} octets of every packet unused: ${below.right} fits.`,
        [inFrame(below.mss, below.frame, 'MSS option'), { value: below.right, from: 'MSS of the described profile' }],
        `clamp the MSS to ${below.right} (\`mtucalc snippet\`)`,
      ),
    );
  }
  return findings;
}

function againstTunnels(expected: Calculation, capture: CaptureFacts): Finding[] {
  const cut = capture.tunnels.find(({ fragmented, largest }) => fragmented > 0 && largest > 0);
  if (!cut) return [];
  return [
    finding(
      'expected-seen',
      'warning',
      `The described tunnel fits ${expected.linkMtu} octets with ${expected.tunnelMtu} inside, and still ${cut.from} ` +
        `fragments ${plural(cut.fragmented, 'ESP packet')}: larger packets enter it.`,
      [inFrame(cut.largest, cut.largestFrame, 'outer IP length of the largest piece')],
      `set the tunnel MTU to ${expected.tunnelMtu} and clamp the MSS to ${expected.mss.ipv4} (\`mtucalc snippet\`)`,
    ),
  ];
}

/** The one thing that, said otherwise in the description, gives the number that was seen. */
function missingPart(request: CalcRequest, seen: number, catalogue: Catalogue): string | undefined {
  const changes: [string, CalcRequest][] = [
    ['with NAT-T', { ...request, natT: true }],
    ['without NAT-T', { ...request, natT: false }],
    ['with IPv6 outside', { ...request, outer: 6 }],
    ['with IPv4 outside', { ...request, outer: 4 }],
    ...[...catalogue.wan]
      .sort((left, right) => right.usual - left.usual)
      .map(({ id, name }): [string, CalcRequest] => [`over ${name}`, { ...request, wan: id, linkMtu: undefined }]),
  ];
  for (const [says, change] of changes) {
    try {
      if (calculate(change, catalogue).tunnelMtu === seen) return `what the described tunnel gives ${says}`;
    } catch (error) {
      // A change that the description forbids (NAT-T of a WireGuard tunnel) explains nothing.
      if (!(error instanceof MtucalcError)) throw error;
    }
  }
  return undefined;
}

/** "AES-GCM-16, NAT-T over PPPoE", where a usual stack gives exactly this number. */
function readingOf(mtu: number, catalogue: Catalogue): string | undefined {
  const reading = identify({ as: 'mtu', value: mtu }, catalogue).readings.find(({ exact }) => exact);
  const match = reading?.matches[0];
  if (!match) return undefined;
  const parts = [match.suites[0] ?? match.tunnel, ...(match.natT ? ['NAT-T'] : []), `a link MTU of ${match.linkMtu}`];
  return `what ${parts.join(', ')} gives`;
}

/** One header of the catalogue, or two, that make exactly this many octets; the most usual. */
function explain(octets: number, catalogue: Catalogue): string | undefined {
  const rows = [...catalogue.headers].filter((row) => row.octets > 0).sort((left, right) => right.usual - left.usual);
  const one = rows.find((row) => row.octets === octets);
  if (one) return `${one.name} (${one.octets})`;
  let best: [HeaderRow, HeaderRow] | undefined;
  for (const outer of rows) {
    for (const inner of rows) {
      const stands = outer !== inner && inner.on.includes(outer.gives) && outer.octets + inner.octets === octets;
      if (stands && (!best || outer.usual + inner.usual > best[0].usual + best[1].usual)) best = [outer, inner];
    }
  }
  return best ? `${best[0].name} + ${best[1].name} (${best[0].octets} + ${best[1].octets})` : undefined;
}

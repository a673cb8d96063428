import type { Finding } from '../../finding.js';
import { calculate } from '../../mtu/calculate.js';
import type { CalcRequest, Calculation } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { fixedHeaders } from '../../mtu/mss.js';
import { finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { reverseOf } from '../flow/flow-facts.js';
import { isOddMtu, type PtbRecord } from '../log/ptb-log.js';
import { changesThatGive, headersThatMake, stackThatGives } from './expected-difference.js';
import { outsideFindings } from './expected-outside.js';

/** An MSS this much below what fits is waste rather than caution; 40 octets are headers subtracted twice. */
const WASTE = 40;

/** What the description of the tunnel says against what the capture shows: PTBs, announced MSS, sizes. */
export function expectedFindings(request: CalcRequest, capture: CaptureFacts, catalogue: Catalogue): Finding[] {
  const ptbs = lowestPtbs(capture);
  const expected = expectation(request, ptbs, catalogue);
  const seen = Math.min(...ptbs.map(({ mtu }) => mtu));
  return [
    ...againstPtbs(request, expected, ptbs, catalogue),
    ...againstMss(expected, seen, capture),
    ...againstTunnels(expected, capture),
    ...outsideFindings(request, expected, capture, catalogue),
  ];
}

/** Where NAT-T was not said, the capture may say it: without it the tunnel MTU is as the gateway's PTBs have it. */
function expectation(request: CalcRequest, ptbs: readonly PtbRecord[], catalogue: Catalogue): Calculation {
  const expected = calculate(request, catalogue);
  if (request.natT !== undefined || ptbs.every(({ mtu }) => mtu === expected.tunnelMtu)) return expected;
  const bare = changesThatGive({ ...request, natT: undefined }, ptbs[0]?.mtu ?? 0, catalogue).includes('without NAT-T');
  return bare ? calculate({ ...request, natT: false }, catalogue) : expected;
}

/** The smallest MTU that each router announced about the inside of the tunnel. */
function lowestPtbs(capture: CaptureFacts): PtbRecord[] {
  const lowest = new Map<string, PtbRecord>();
  for (const ptb of capture.ptbs) {
    // About the outside of the tunnel, or another connection: says nothing about its inside.
    if (ptb.match !== 'flow' || isOddMtu(ptb.family, ptb.mtu, ptb.quotedLength)) continue;
    const held = lowest.get(ptb.from);
    if (!held || ptb.mtu < held.mtu) lowest.set(ptb.from, ptb);
  }
  return [...lowest.values()];
}

function againstPtbs(
  request: CalcRequest,
  expected: Calculation,
  ptbs: readonly PtbRecord[],
  catalogue: Catalogue,
): Finding[] {
  return ptbs.map((ptb) => {
    const missing = expected.tunnelMtu - ptb.mtu;
    const evidence = [
      { value: expected.tunnelMtu, from: 'tunnel MTU of the described profile' },
      inFrame(ptb.mtu, ptb.firstFrame, `MTU of the PTB from ${ptb.from}`),
    ];
    if (missing === 0) {
      return finding('as-expected', 'info', `The gateway ${ptb.from} said ${ptb.mtu}, exactly as expected.`, evidence);
    }
    const said = `Expected ${expected.tunnelMtu}, the gateway ${ptb.from} said ${ptb.mtu}`;
    const changes = changesThatGive(request, ptb.mtu, catalogue);
    const stack = changes.length > 0 ? undefined : stackThatGives(ptb.mtu, catalogue);
    const given =
      changes.length > 0 ? `what the described tunnel gives ${changes.join(', or ')}` : stack && `what ${stack} gives`;
    const reading = given ? `; ${ptb.mtu} is ${given}` : '';
    if (missing > 0) {
      const equals =
        changes.length > 0
          ? ''
          : `, which equals ${headersThatMake(missing, catalogue) ?? 'no usual header or pair of headers'}`;
      return finding(
        'expected-seen',
        'warning',
        `${said}: ${plural(missing, 'octet')} unaccounted${equals}${reading}.`,
        evidence,
        'look for the missing layer on the path, or correct the description; clamp to the smaller value meanwhile',
      );
    }
    return finding(
      'expected-seen',
      'info',
      `${said}: ${plural(-missing, 'octet')} more than described${reading}.`,
      evidence,
    );
  });
}

/** `seen`: the smallest MTU that a gateway announced, which binds where it is below the expectation. */
function againstMss(expected: Calculation, seen: number, capture: CaptureFacts): Finding[] {
  let above: { mss: number; right: number; fits: number; frame: number; from: string } | undefined;
  let below: { mss: number; right: number; twice: boolean; frame: number; from: string } | undefined;
  for (const flow of capture.flows) {
    if (flow.protocol !== 'tcp') continue;
    const right = flow.family === 4 ? expected.mss.ipv4 : expected.mss.ipv6;
    for (const side of [0, 1] as const) {
      const { mss, mssFrame, from } = flow.directions[side];
      const sender = reverseOf(flow, side);
      if (mss === null) continue;
      if (mss > right && sender.largestIp > right + fixedHeaders(flow.family) && (!above || mss > above.mss)) {
        above = { mss, right, fits: Math.min(right, seen - fixedHeaders(flow.family)), frame: mssFrame, from };
      }
      const fits = Math.min(right, seen - fixedHeaders(flow.family));
      if (mss <= fits - WASTE && sender.largestIp === mss + fixedHeaders(flow.family) && (!below || mss < below.mss)) {
        below = { mss, right: fits, twice: fits - mss === fixedHeaders(flow.family), frame: mssFrame, from };
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
        `clamp the MSS to ${above.fits} in both directions${above.fits < above.right ? ', which the MTU of the PTBs allows' : ''} (\`mtucalc snippet\`)`,
      ),
    );
  }
  if (below) {
    findings.push(
      finding(
        'clamp-too-low',
        'warning',
        `MSS ${below.mss} from ${below.from} leaves ${below.right - below.mss} octets of every packet unused: ${below.right} fits` +
          `${below.twice ? '; the difference equals the IP and TCP headers, subtracted twice' : ''}.`,
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

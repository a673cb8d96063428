import type { TextSource } from '../../capture/text/source.js';
import type { Finding } from '../../finding.js';
import { finding, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import type { FlowFacts } from '../flow/flow-facts.js';
import type { Verdict } from './verdict.js';

/** Findings that say that large packets vanish in silence. */
const silent = new Set(['black-hole', 'black-hole-plpmtud', 'black-hole-suspected']);
/** Findings whose proof is that the refused packets are this connection's. */
const aboutRefused = new Set(['prohibited', 'ptb-ignored', 'ptb-zero-mtu', 'ptb-bogus-mtu', 'ptb-small-mtu']);
/** Findings that count packets which came twice or not at all. */
const counting = new Set(['loss-not-mtu', 'receive-gap', 'sack-holes']);
/** As in `verdictOf`: packets of this size say something about the MTU. */
const LARGE = 1000;

/**
 * The findings as far as a text supports them. This is the one place that knows what a text leaves out: detectors judge
 * rebuilt frames, and what would rest on a field that was not printed is weakened or taken back here.
 */
export function weakened(findings: readonly Finding[], text: TextSource | undefined): readonly Finding[] {
  if (!text) return findings;
  const lacks = new Set<string>(text.unknown);
  const kept = findings.flatMap((one) => {
    // Octets behind the headers were never recorded; that is no snap length.
    if (one.code === 'snapped') return [];
    if (lacks.has('device') && counting.has(one.code)) return [];
    if (lacks.has('DF') && one.code === 'df-missing') return [];
    if (silent.has(one.code)) return silence(one, text, lacks);
    if (lacks.has('ports of the refused packet') && aboutRefused.has(one.code)) return [lowered(one)];
    if (lacks.has('DF') && one.code === 'clamp-too-high') return [lowered(one)];
    return [one];
  });
  return [
    ...kept,
    ...unreadPtbs(text),
    ...sized(text),
    ...pieces(text),
    ...foreign(text),
    ...rewritten(text),
    source(text),
  ];
}

const lowered = (one: Finding): Finding => (one.severity === 'problem' ? { ...one, severity: 'warning' } : one);

function silence(one: Finding, text: TextSource, lacks: ReadonlySet<string>): Finding[] {
  // A PTB without its MTU may be the answer that seems to be missing; without times nothing was waited for.
  if (text.unreadPtbs.length > 0 || lacks.has('time')) return [];
  const doubtful = ['DF', 'IP length', 'TCP numbers', 'device'].some((field) => lacks.has(field));
  return [doubtful ? { ...lowered(one), code: 'black-hole-suspected' } : one];
}

function unreadPtbs(text: TextSource): Finding[] {
  return text.unreadPtbs
    .slice(0, 4)
    .map(({ from, to, line, count }) =>
      finding(
        'ptb-without-mtu',
        'info',
        `${plural(count, 'PTB')} from ${from} to ${to}: this form of text does not print the MTU.`,
        [{ value: count, from: `line ${line}` }],
        'the packet details (`tshark -V`, or -T json) or `tcpdump -nnv` have it',
      ),
    );
}

function sized({ sized: seen }: TextSource): Finding[] {
  if (!seen) return [];
  return [
    finding(
      'sizes-only',
      'info',
      `${plural(seen.packets, 'TCP packet')} without sequence numbers, the largest of ${seen.octets} octets (line ${seen.line}): ` +
        'it was sent; nothing in this text proves that it arrived.',
      [{ value: seen.octets, from: `line ${seen.line}` }],
      'record with `tcpdump -nnv`, or save the capture as a file',
    ),
  ];
}

function foreign({ foreign: ptbs }: TextSource): Finding[] {
  return ptbs
    .slice(0, 4)
    .map(({ from, to, about, mtu, line }) =>
      finding(
        'ptb-translated',
        'warning',
        `${from} tells ${to} of an MTU of ${mtu}, but about packets to ${about}, to which it never sent any: an address that NAT ` +
          'did not translate back, so that the sender cannot relate the PTB to its connection.',
        [{ value: mtu, from: `line ${line}, MTU of the PTB` }],
        'the NAT gateway must translate the quoted header as well (RFC 5508 4): update it, or clamp the MSS there',
      ),
    );
}

function pieces({ pieces: count }: TextSource): Finding[] {
  if (count === 0) return [];
  return [
    finding(
      'pieces-in-text',
      'info',
      `${plural(count, 'later piece')} of fragmented datagrams: this form prints neither their length nor their place, so ` +
        'that it is not known who fragments, and at what size.',
      [{ value: count, from: 'lines of later pieces' }],
      'record with `tcpdump -nnv`, or save the capture as a file',
    ),
  ];
}

function rewritten({ rewritten: pairs }: TextSource): Finding[] {
  return pairs.slice(0, 4).map(({ before, after, lines }) =>
    finding(
      'mss-rewritten',
      'info',
      `The same SYN stands in lines ${lines[0]} and ${lines[1]} (equal timestamps): its MSS is ${before} at one place and ` +
        `${after} at the other, so that something between them lowers it.`,
      [
        { value: before, from: `lines ${lines[0]} and ${lines[1]}, MSS option` },
        { value: after, from: `lines ${lines[0]} and ${lines[1]}, MSS option` },
      ],
    ),
  );
}

function source({ forms, unknown, copies, lines, packets }: TextSource): Finding {
  const lacking = unknown.length > 0 ? `${unknown.join(', ')} unknown` : 'every octet that was printed';
  const twice =
    copies > 0
      ? ` ${plural(copies, 'packet')} stood there a second time and ${copies === 1 ? 'was' : 'were'} left aside.`
      : '';
  return finding('from-text', 'info', `From text (${forms.join(', ')}): ${lacking}.${twice}`, [
    { value: packets, from: `packets in ${plural(lines, 'line')}` },
  ]);
}

/** "Large packets arrive" needs one whose length and acknowledgement were both printed. */
export function weakenedVerdict(verdict: Verdict, capture: CaptureFacts, text: TextSource | undefined): Verdict {
  if (!text) return verdict;
  // Encrypted packets are not all there is: others stand in the text without their numbers.
  if (verdict === 'esp-only' && text.unknown.length > 0 && (text.sized || capture.tcpPackets > 0))
    return 'inconclusive';
  if (verdict !== 'ok' && verdict !== 'clamp-ok') return verdict;
  if (text.pieces > 0) return 'inconclusive';
  if (verdict !== 'ok') return verdict;
  if (text.unreadPtbs.length > 0 || text.copies > 0) return 'inconclusive';
  const lacks = text.unknown.some((field) => field === 'IP length' || field === 'TCP numbers');
  return lacks && capture.largestDelivered < LARGE ? 'inconclusive' : verdict;
}

/** DF was not printed: it was counted on no packet. */
export const flowsAsPrinted = (flows: readonly FlowFacts[], text: TextSource | undefined): readonly FlowFacts[] =>
  text?.unknown.includes('DF')
    ? flows.map((flow) => {
        if (flow.family === 6) return flow;
        const [a, b] = flow.directions;
        return {
          ...flow,
          directions: [
            { ...a, withDf: 0, withoutDf: 0 },
            { ...b, withDf: 0, withoutDf: 0 },
          ] as const,
        };
      })
    : flows;

/** Names of the text in place of the addresses that stood for them. */
export function nameIn(text: TextSource): (shown: string) => string {
  const names = new Map(text.names);
  return (shown) =>
    shown.replace(/240\.0\.\d{1,3}\.\d{1,3}|\b100::[0-9a-f]{1,4}/g, (address) => names.get(address) ?? address);
}

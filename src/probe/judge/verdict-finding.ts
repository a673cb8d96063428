import type { Finding } from '../../finding.js';
import { LARGEST_PACKET } from '../../mtu/mss.js';
import type { Ledger } from '../ledger.js';
import type { Found, SearchOptions } from '../plan/found.js';
import { silencesWithin } from '../plan/insist.js';
import type { ProbeResult } from '../result.js';
import type { Contradiction } from './contradictions.js';
import { enoughPackets, silenceText } from './silence.js';
import { type Judged, smallestFragment } from './verdict.js';
import { placeText, refusalText } from './words.js';

export type Where = ProbeResult['bottleneck'];

type Said = Pick<Finding, 'severity' | 'says' | 'evidence' | 'fix'>;
interface Told {
  readonly ledger: Ledger;
  readonly found: Found;
  readonly options: SearchOptions;
  readonly judged: Judged;
  readonly where: Where;
}

/** The verdict as a sentence, with what it rests on. */
export const verdictFinding = (told: Told): Finding => ({
  code: told.judged.verdict,
  ...sayings[told.judged.verdict](told),
});

const arrived = ({ judged }: Told) => ({ value: judged.low, from: 'largest size that arrived' });
const between = ({ where }: Told): string =>
  where ? `between ${placeText(where.after)} and ${placeText(where.before)}` : 'somewhere on the path';
/** Undecided, but sizes above what arrives were met by silence beside answers: that is no all-clear. */
const doubt = ({ ledger, judged }: Told): Finding['severity'] =>
  ledger.low > 0 && silencesWithin(ledger, judged.low, LARGEST_PACKET) >= 2 ? 'problem' : 'warning';
const range = ({ low, high }: Judged): string => (low === high ? `${low}` : `between ${low} and ${high}`);

/** One entry a verdict. */
const sayings: Record<Judged['verdict'], (told: Told) => Said> = {
  fits: (told) => ({
    severity: 'info',
    says:
      told.judged.high > told.judged.low
        ? `${told.judged.low} octets arrive, the largest size asked for; up to ${told.judged.high} is not tested`
        : `${told.judged.low} octets arrive, the largest size this host sends`,
    evidence: [arrived(told)],
  }),
  'pmtud-works': discovered,
  'black-hole': hole,
  'df-cleared': ({ found, judged }) => {
    const cleared = found.cleared as Exclude<Found['cleared'], string | null>;
    const cut = cleared.cutBefore;
    const by = `a router at or before hop ${cleared.hop} (${cleared.address}) clears DF`;
    return {
      severity: 'warning',
      says: cut
        ? `${by}, and packets are cut before hop ${cut.hop} (${cut.address})${judged.low === judged.high ? `: ${judged.low} octets reach the last router in one piece` : ''}; the last link cannot be seen`
        : `${by}; whether packets are cut on the last link cannot be seen`,
      evidence: [
        { value: 'DF=0', from: `quote of hop ${cleared.hop}` },
        ...(cut ? [{ value: cut.octets, from: `length of the fragment quoted by hop ${cut.hop}` }] : []),
      ],
    };
  },
  'local-limit': ({ judged }) => ({
    severity: 'info',
    says: `this host's own interface carries ${judged.low} octets; what the path beyond would carry is not tested`,
    evidence: [{ value: judged.low, from: 'link MTU of the outgoing interface' }],
    fix: 'raise the MTU of the interface to test the path above it',
  }),
  lossy: (told) => ({
    severity: doubt(told),
    says: `too much loss for a certain number: the path MTU lies ${range(told.judged)}${silenceText(told.ledger)}`,
    evidence: [arrived(told), { value: told.ledger.entries.length, from: 'probes sent' }],
    fix: `repeat later, or allow more packets: --max-probes ${enoughPackets(told.ledger)}`,
  }),
  'target-silent': ({ ledger, found }) => ({
    severity: 'problem',
    says: found.control?.synOnly
      ? 'the target answers SYNs, but no SYN with data, and nothing else: the path MTU cannot be measured this way'
      : `the target answers none of ${[...new Set(ledger.entries.map(({ probe }) => probe.protocol))].join(', ')}: the path MTU cannot be measured by round trips`,
    evidence: [
      { value: ledger.entries.filter(({ probe }) => probe.ttl === 64).length, from: 'probes without an answer' },
    ],
    fix: 'name an open port: --engine tcp --port 443, or probe a router or host behind the same path',
  }),
  refused: ({ found, options }) => {
    const refusal = found.control?.refusal;
    const words = refusal ? refusalText(options.family, refusal.code) : 'the target is unreachable';
    return {
      severity: 'problem',
      says: `no answer from the target; ${refusal?.from ?? 'a router'} says that ${words}`,
      evidence: [{ value: refusal?.code ?? 'unreachable', from: `ICMP code from ${refusal?.from ?? 'a router'}` }],
      fix: 'check the route and the filters towards the target',
    };
  },
  'reply-path-suspect': ({ ledger, judged }) => {
    const fragment = smallestFragment(ledger);
    return {
      severity: 'warning',
      says:
        fragment !== null
          ? `answers come back in fragments of up to ${fragment} octets: the way back is narrower than ${judged.high}`
          : `the first big answers were lost and later ones came: the way back may be narrower than ${judged.low}, which the target has learnt by now; chance would look the same`,
      evidence: [
        fragment !== null
          ? { value: fragment, from: 'largest fragment of an answer' }
          : { value: judged.low, from: 'largest size that arrived' },
      ],
    };
  },
  'lying-ptb': (told) => faulty(told, 'problem'),
  'ptb-without-mtu': (told) => faulty(told, 'warning'),
  'icmp-limited': ({ ledger, found, judged }) => ({
    severity: 'warning',
    says: `${judged.low} octets arrive by ${ledger.protocol} on the way there; echoes above ${found.limited?.size} octets are not answered: a filter drops them, or the way back carries no more and nobody says so, which would stall downloads`,
    fix: 'mtucalc probe HOST --peer measures each way on its own; a large download shows whether it stalls',
    evidence: [
      { value: judged.low, from: `largest size that arrived by ${ledger.protocol}` },
      { value: found.limited?.size ?? 0, from: 'largest echo that was answered' },
    ],
  }),
  'answers-rationed': (told) => ({
    severity: doubt(told),
    says: `answers are rationed, or lost as heavily, and such silence proves too little: the path MTU lies ${range(told.judged)}${silenceText(told.ledger)}`,
    evidence: [arrived(told)],
    fix: 'repeat with --gentle and --pps 1, or measure by an open port: --engine tcp --port 443',
  }),
  'flows-differ': (told) => ({
    severity: 'problem',
    says: `flows between the same hosts take paths of different MTU: one carries no more than ${range(told.judged)} octets, others carry more`,
    evidence: [arrived(told)],
    fix: 'mtucalc probe --flows 8 shows how many; the narrow path is to be widened, or its number used for all',
  }),
  unsteady: (told) => ({
    severity: doubt(told),
    says: `the path changed while it was measured: its MTU now lies ${range(told.judged)}`,
    evidence: [arrived(told)],
    fix: 'repeat the measurement',
  }),
  budget: (told) => ({
    severity: told.ledger.silentSizes().length === 0 ? 'info' : doubt(told),
    says: `undecided, the ${told.ledger.entries.length} packets allowed ran out: the path MTU lies ${range(told.judged)}${silenceText(told.ledger)}`,
    evidence: [arrived(told)],
    fix: `allow more: --max-probes ${enoughPackets(told.ledger)}`,
  }),
  inconclusive: (told) => ({
    severity: doubt(told),
    says: `undecided: ${against(told)}`,
    evidence: [arrived(told)],
    fix: 'repeat with another protocol (--protocol udp, --engine tcp), or with --sweep',
  }),
  unfinished: (told) => ({
    severity: 'info',
    says:
      told.ledger.low === 0
        ? 'stopped before anything was heard: nothing is known of the path'
        : `stopped early: the path MTU lies ${range(told.judged)}`,
    evidence: told.ledger.low === 0 ? [] : [arrived(told)],
  }),
};

/** One entry a kind of contradiction. */
const reasons: { [K in Contradiction['kind']]: (one: Extract<Contradiction, { kind: K }>, low: number) => string } = {
  'hole-above': ({ size }) => `packets of ${size} octets vanish without a PTB`,
  passes: ({ size }) => `${size} octets have arrived as well`,
  named: ({ from, size }) => `${from} names ${size}`,
  window: ({ sizes }, low) => `sizes from ${sizes[0]} to ${sizes.at(-1)} vanish although ${low} arrive`,
  cut: ({ hop, size }) => `hop ${hop} got ${size} octets in pieces or without DF`,
  'lost-again': ({ size }) => `${size} octets arrived once and no longer do`,
};

function against({ ledger, found, judged }: Told): string {
  const said = judged.against.map((one) =>
    (reasons[one.kind] as (one: Contradiction, low: number) => string)(one, ledger.low),
  );
  if (found.limited?.protocol === ledger.protocol)
    said.push(`${ledger.protocol} packets above ${found.limited.size} octets vanish, those of other protocols arrive`);
  if (found.peerLimit !== null && ledger.protocol === 'tcp')
    said.push(
      `TCP sends no more than ${found.peerLimit.size} octets to this peer, which arrive; nothing tells of larger ones`,
    );
  if (said.length === 0) said.push(`the limit that was found could not be confirmed at the end${silenceText(ledger)}`);
  return said.join('; ');
}

function faulty({ found, judged, ...told }: Told, severity: Finding['severity']): Said {
  const faults = found.followed?.faults ?? [];
  return {
    severity,
    says: `${faults.map(({ says }) => says).join('; ')}; measured: ${judged.low === judged.high ? judged.low : `${judged.low} to ${judged.high}`}`,
    evidence: [
      arrived({ found, judged, ...told }),
      ...faults.map(({ said, from }) => ({ value: said ?? 'no MTU', from: `PTB from ${from}` })),
    ],
  };
}

function discovered(told: Told): Said {
  const { low, high } = told.judged;
  const by = told.where ? placeText(told.where.after) : 'a router';
  if (high > low) {
    return {
      severity: 'info',
      says: `path MTU discovery works: this host's kernel remembers ${low}, and ${low} octets arrive; it sends no more to this target for 10 minutes, so whether ${low + 1} would arrive is not tested`,
      evidence: [arrived(told), { value: told.ledger.remembered ?? low, from: 'path MTU cache of this host' }],
      fix: 'use --engine raw or errqueue, which the cache does not bind',
    };
  }
  const refused = told.ledger.current.some(({ probe, reply }) => probe.size === low + 1 && reply.kind === 'too-big');
  return {
    severity: 'info',
    says: `path MTU discovery works: ${by} says ${low}, and ${low + 1} octets ${refused ? 'are refused' : 'do not arrive; it tells so only now and then'}`,
    evidence: [arrived(told), { value: low + 1, from: `PTB from ${told.where?.after.address ?? 'a router'}` }],
  };
}

function hole(told: Told): Said {
  const { ledger, found, options, judged, where } = told;
  const { low, high } = judged;
  const fix = `clamp the MSS to this path (mtucalc snippet), or let ICMP${options.family === 4 ? ' type 3 code 4' : 'v6 type 2'} pass`;
  if (found.hangs && found.hangs.at > low + 1) {
    const { at } = found.hangs;
    const next = found.followed?.ptb?.from;
    return {
      severity: 'problem',
      says: `black hole above a router that speaks: packets of ${at} octets vanish ${between(told)} without a PTB, although ${next ?? 'a router'} and others send theirs; TCP never gets down to the ${low} octets that arrive`,
      evidence: [arrived(told), { value: at, from: 'size that met silence each time, the last one the PTBs lead to' }],
      fix,
    };
  }
  const also = found.crossed.filter(({ vanishes }) => vanishes).map(({ protocol }) => protocol);
  const direction =
    also.length > 0
      ? `on the way there (${[...new Set(also)].join(' and ')} packets, whose answers are small, vanish as well)`
      : 'on the way there, or the answer on the way back';
  const size = high > low ? `more than ${low} to ${high} octets` : `more than ${low} octets`;
  const silences = ledger.silentSizes(low).length;
  return {
    severity: 'problem',
    says: `black hole: packets of ${size} vanish ${between(told)} and no PTB comes back, ${direction}`,
    evidence: [
      arrived(told),
      { value: high + 1, from: `met silence ${silences} times at and above it, controls were answered` },
      ...(where ? [{ value: placeText(where.after), from: `last place ${low + 1} octets are known to reach` }] : []),
    ],
    fix,
  };
}

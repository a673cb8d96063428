import type { Finding } from '../../finding.js';
import type { ProbeEngine } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ANNOUNCED_MSS } from '../packets.js';
import type { Found, SearchOptions } from '../plan/search.js';
import type { HopPlace, ProbeResult } from '../result.js';
import { type Judged, smallestFragment } from './verdict.js';

type Where = ProbeResult['bottleneck'];

/** Everything worth telling, the verdict first. */
export function findingsOf(
  ledger: Ledger,
  found: Found,
  options: SearchOptions,
  judged: Judged,
  where: Where,
  engine: ProbeEngine,
): Finding[] {
  return [
    verdictFinding(ledger, found, options, judged, where),
    ...(found.followed?.faults ?? [])
      .filter(({ code }) => code !== judged.verdict)
      .map(
        ({ code, says, said, from }): Finding => ({
          code,
          severity: 'warning',
          says: `${says}; it was searched past`,
          evidence: [{ value: said ?? 'no MTU', from }],
        }),
      ),
    ...lossFinding(ledger, judged),
    ...rewrittenMss(ledger, options),
    ...sideEffects(ledger, options, judged),
    ...blindness(judged, options, engine),
  ];
}

function verdictFinding(ledger: Ledger, found: Found, options: SearchOptions, judged: Judged, where: Where): Finding {
  const { verdict, low, high } = judged;
  const make = (severity: Finding['severity'], says: string, evidence: Finding['evidence'], fix?: string): Finding => ({
    code: verdict,
    severity,
    says,
    evidence,
    ...(fix === undefined ? {} : { fix }),
  });
  const arrived = { value: low, from: 'largest size that arrived' };
  const faults = found.followed?.faults ?? [];
  const between = where ? `between ${placeText(where.after)} and ${placeText(where.before)}` : 'somewhere on the path';
  switch (verdict) {
    case 'fits':
      return make(
        'info',
        high > low
          ? `${low} octets arrive, the largest size asked for; up to ${high} is not tested`
          : `${low} octets arrive, the largest size this host sends`,
        [arrived],
      );
    case 'pmtud-works':
      if (high > low) {
        return make(
          'info',
          `path MTU discovery works: this host's kernel remembers ${low}, and ${low} octets arrive; it sends no more to this target for 10 minutes, so whether ${low + 1} would arrive is not tested`,
          [arrived, { value: ledger.remembered ?? low, from: 'path MTU cache of this host' }],
          'use --engine raw or errqueue, which the cache does not bind',
        );
      }
      return make(
        'info',
        `path MTU discovery works: ${where ? placeText(where.after) : 'a router'} says ${low}, and ${low + 1} octets are refused`,
        [arrived, { value: low + 1, from: `PTB from ${where?.after.address ?? 'a router'}` }],
      );
    case 'black-hole': {
      const direction = found.vanishesByUdp
        ? 'on the way there (UDP, whose answer is small, vanishes as well)'
        : 'on the way there, or the answer on the way back';
      const size = high > low ? `more than ${low} to ${high} octets` : `more than ${low} octets`;
      return make(
        'problem',
        `black hole: packets of ${size} vanish ${between} and no PTB comes back, ${direction}`,
        [
          arrived,
          {
            value: high + 1,
            from: `met silence ${ledger.silentSizes().length} times at and above it, controls were answered`,
          },
          ...(where
            ? [{ value: placeText(where.after), from: `last place ${low + 1} octets are known to reach` }]
            : []),
        ],
        `clamp the MSS to this path (mtucalc snippet), or let ICMP${options.family === 4 ? ' type 3 code 4' : 'v6 type 2'} pass`,
      );
    }
    case 'df-cleared': {
      const cleared = found.cleared as Exclude<Found['cleared'], string | null>;
      const cut = cleared.cutBefore;
      return make(
        'warning',
        cut
          ? `a router at or before hop ${cleared.hop} (${cleared.address}) clears DF, and packets are cut before hop ${cut.hop} (${cut.address})${low === high ? `: ${low} octets reach the last router in one piece` : ''}; the last link cannot be seen`
          : `a router at or before hop ${cleared.hop} (${cleared.address}) clears DF; whether packets are cut on the last link cannot be seen`,
        [
          { value: 'DF=0', from: `quote of hop ${cleared.hop}` },
          ...(cut ? [{ value: cut.octets, from: `length of the fragment quoted by hop ${cut.hop}` }] : []),
        ],
      );
    }
    case 'local-limit':
      return make(
        'info',
        `this host's own interface carries ${low} octets; what the path beyond would carry is not tested`,
        [{ value: low, from: 'link MTU of the outgoing interface' }],
        'raise the MTU of the interface to test the path above it',
      );
    case 'lossy':
      return make(
        'warning',
        `too much loss for a certain number: the path MTU lies between ${low} and ${high}`,
        [arrived, { value: ledger.entries.length, from: 'probes sent' }],
        'repeat later, or allow more packets with --max-probes',
      );
    case 'target-silent': {
      const refusal = found.control?.refusal;
      return make(
        'problem',
        refusal
          ? `no answer from the target; ${refusal.from} says unreachable (code ${refusal.code})`
          : `the target answers none of ${[...new Set(ledger.entries.map(({ probe }) => probe.protocol))].join(', ')}: the path MTU cannot be measured by round trips`,
        [{ value: ledger.entries.filter(({ probe }) => probe.ttl === 64).length, from: 'probes without an answer' }],
        'name a port that answers: --protocol tcp --port 443 (engine raw), or probe a router or host behind the same path',
      );
    }
    case 'reply-path-suspect': {
      const fragment = smallestFragment(ledger);
      return make(
        'warning',
        fragment !== null
          ? `answers come back in fragments of up to ${fragment} octets: the way back is narrower than ${low === high ? low : high}`
          : found.arrivesByUdp !== null
            ? `${found.arrivesByUdp} octets arrive by UDP, whose answer is small, but echoes above ${ledger.low} octets do not come back: the way back is narrower, and the target sends its answers with DF`
            : `the first big answers were lost and later ones came: the way back is narrower than ${low}, and the target has learnt it`,
        [fragment !== null ? { value: fragment, from: 'largest fragment of an answer' } : arrived],
      );
    }
    case 'lying-ptb':
    case 'ptb-without-mtu':
      return make(
        verdict === 'lying-ptb' ? 'problem' : 'warning',
        `${faults.map(({ says }) => says).join('; ')}; measured: ${low === high ? low : `${low} to ${high}`}`,
        [arrived, ...faults.map(({ said, from }) => ({ value: said ?? 'no MTU', from: `PTB from ${from}` }))],
      );
    case 'unfinished':
      return make('info', `stopped early: the path MTU lies between ${low} and ${high}`, [arrived]);
  }
}

function lossFinding(ledger: Ledger, { verdict }: Judged): Finding[] {
  const { sent, lost, rate } = ledger.loss;
  if (verdict === 'reply-path-suspect' || lost < 2 || rate < 0.03) return [];
  const says = `${Math.round(rate * 100)} % of the round trips that fit are lost (${lost} of ${sent})`;
  return [
    { code: 'loss', severity: 'warning', says, evidence: [{ value: lost, from: `${sent} probes of sizes that fit` }] },
  ];
}

/** A quoted SYN with another MSS than ours: a clamp between us and the hop that quotes it. */
function rewrittenMss(ledger: Ledger, { family }: SearchOptions): Finding[] {
  const sent = ANNOUNCED_MSS[family];
  const seen = ledger.entries
    .flatMap(({ probe, reply }) =>
      reply.kind === 'hop' && reply.quote?.mss !== undefined
        ? [{ hop: probe.ttl, address: reply.from, mss: reply.quote.mss }]
        : [],
    )
    .sort((a, b) => a.hop - b.hop);
  const first = seen.find(({ mss }) => mss !== sent);
  if (!first) return [];
  const before = seen.filter(({ hop, mss }) => hop < first.hop && mss === sent).at(-1);
  const place = `at or before ${placeText(first)}${before ? `, behind ${placeText(before)}` : ''}`;
  return [
    {
      code: 'mss-rewritten',
      severity: 'info',
      says: `the MSS in our SYN was ${sent} and arrives as ${first.mss}: it is clamped ${place}`,
      evidence: [{ value: first.mss, from: `SYN quoted by hop ${first.hop}` }],
    },
  ];
}

/** IPv4 probing writes nothing; IPv6 PTBs are taken up by our own kernel whatever a socket asks for. */
function sideEffects(ledger: Ledger, { family }: SearchOptions, { low }: Judged): Finding[] {
  if (family !== 6 || !ledger.entries.some(({ reply }) => reply.kind === 'too-big')) return [];
  return [
    {
      code: 'cache-written',
      severity: 'info',
      says: `this host's kernel now remembers a path MTU for the target for 10 minutes`,
      evidence: [{ value: low, from: 'PTB taken up by the kernel' }],
      fix: 'ip -6 route flush cache',
    },
  ];
}

function blindness({ verdict }: Judged, { family, quotes }: SearchOptions, engine: ProbeEngine): Finding[] {
  if (verdict !== 'fits' || family !== 4 || quotes) return [];
  return [
    {
      code: 'df-unseen',
      // The error queue at least sees answers that come back in fragments.
      severity: engine.id === 'ping' ? 'warning' : 'info',
      says: `engine ${engine.id} cannot see whether a router clears DF and lets packets through in fragments`,
      evidence: [{ value: engine.id, from: 'engine' }],
      fix: 'mtucalc doctor tells how to enable the raw engine, which can',
    },
  ];
}

export const placeText = ({ hop, address }: HopPlace): string =>
  hop === 0
    ? 'this host'
    : hop === null
      ? (address ?? 'an unknown hop')
      : `hop ${hop}${address ? ` (${address})` : ''}`;

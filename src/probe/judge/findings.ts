import type { Finding } from '../../finding.js';
import type { ProbeEngine } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ANNOUNCED_MSS } from '../packets.js';
import type { Found, SearchOptions } from '../plan/found.js';
import { ladder } from '../sizes.js';
import { lossFinding } from './loss.js';
import type { Judged } from './verdict.js';
import { verdictFinding, type Where } from './verdict-finding.js';
import { placeText } from './words.js';

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
    verdictFinding({ ledger, found, options, judged, where }),
    ...exchanged(ledger, found),
    ...peerLimit(ledger, found),
    ...rationed(ledger, found, judged),
    ...moved(found, judged),
    ...limitedEcho(ledger, found, judged),
    ...window(judged),
    ...upTo(found, judged),
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
    ...lossFinding(ledger, found, judged),
    ...rewrittenMss(ledger, options),
    ...sideEffects(ledger, options, judged),
    ...blindness(ledger, options, engine),
  ];
}

/** Another protocol than the one asked for: its number is not the asked one's. */
function exchanged(ledger: Ledger, { exchanged: asked, control }: Found): Finding[] {
  if (asked === null || ledger.low === 0) return [];
  const why = control?.synOnly
    ? 'a plain SYN is answered, one with data is dropped'
    : `the target does not answer ${asked}`;
  return [
    {
      code: 'protocol-exchanged',
      severity: 'warning',
      says: `${asked} was asked for and cannot be measured this way (${why}): the number is that of ${ledger.protocol}`,
      evidence: [{ value: ledger.protocol, from: 'protocol that was answered' }],
      ...(asked === 'tcp' ? { fix: '--engine tcp measures with real connections to an open port' } : {}),
    },
  ];
}

/** What the other end announces bounds TCP whatever the path carries. */
function peerLimit(ledger: Ledger, { peerLimit: limit }: Found): Finding[] {
  if (limit === null) return [];
  const beyond =
    ledger.protocol === 'tcp' ? '' : `; what the path carries above that was measured by ${ledger.protocol}`;
  return [
    {
      code: 'mss-limits',
      severity: 'info',
      says: `the other end announces MSS ${limit.mss} as it arrives here: TCP sends it packets of ${limit.size} octets at most${beyond}`,
      evidence: [{ value: limit.mss, from: 'MSS of the SYN/ACK' }],
    },
  ];
}

function rationed(ledger: Ledger, { rationed: pace }: Found, { verdict }: Judged): Finding[] {
  if (pace === null || verdict === 'answers-rationed') return [];
  const rate = 1000 / (pace.pauseMs + (ledger.slowestRtt ?? 0));
  const shown = rate >= 1 ? `${Math.round(rate)} a second` : `one in ${Math.round(1 / rate)} seconds`;
  return [
    {
      code: 'answers-rationed',
      severity: 'info',
      says: `packets or answers are rationed on this path, to about ${shown} at most as far as was tried, or heavy loss looks like it; it was measured at that pace`,
      evidence: [{ value: pace.pauseMs, from: 'milliseconds between pairs of probes that were answered' }],
    },
  ];
}

function moved({ changed }: Found, { verdict }: Judged): Finding[] {
  if (!changed || verdict === 'unsteady') return [];
  const says = 'the path changed while it was measured; the number is that of the path as it was at the end';
  return [{ code: 'unsteady', severity: 'warning', says, evidence: [] }];
}

function limitedEcho(ledger: Ledger, { limited }: Found, { verdict }: Judged): Finding[] {
  if (limited === null || limited.protocol === ledger.protocol || verdict === 'icmp-limited') return [];
  return [
    {
      code: 'icmp-limited',
      severity: 'info',
      says: `echoes above ${limited.size} octets are not answered although ${ledger.protocol} packets arrive: the number is that of ${ledger.protocol}`,
      evidence: [{ value: limited.size, from: 'largest echo that was answered' }],
    },
  ];
}

function window({ against, low }: Judged): Finding[] {
  const seen = against.find(({ kind }) => kind === 'window');
  if (seen?.kind !== 'window') return [];
  return [
    {
      code: 'window',
      severity: 'problem',
      says: `sizes in between vanish: ${seen.sizes.join(', ')} never arrived, ${low} and more did`,
      evidence: [{ value: seen.sizes.join(', '), from: 'sizes that met silence each time' }],
    },
  ];
}

/** A silent target: the path as far as somebody answers. */
function upTo({ upTo: reached }: Found, { verdict }: Judged): Finding[] {
  if (reached === null || (verdict !== 'target-silent' && verdict !== 'refused')) return [];
  return [
    {
      code: 'up-to-hop',
      severity: 'info',
      says: `${reached.arrives} octets reach ${placeText(reached)}, the last hop that answers`,
      evidence: [{ value: reached.arrives, from: `hop ${reached.hop}` }],
    },
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

function blindness(ledger: Ledger, { family, quotes }: SearchOptions, engine: ProbeEngine): Finding[] {
  if (ledger.low === 0 || family !== 4 || quotes) return [];
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

/** As it stands among what a measurement of one flow cannot see. */
export const OTHER_FLOWS = 'other flows between the same hosts: routers may send them another way (--flows 8)';

/** What this measurement could not see, besides what its engine cannot. */
export const unseen = (engine: ProbeEngine, ledger: Ledger, found: Found, judged: Judged): string[] => [
  ...engine.blindTo,
  ...(found.swept.length === 0 && ladder(found.control?.size ?? 0, judged.low).length > 0 && judged.verdict === 'fits'
    ? [
        `sizes between ${found.control?.size} and ${judged.low}, which were not tried one by one (--sweep tries the usual ones)`,
      ]
    : []),
  ...(ledger.flow === undefined && !found.flowsDiffer ? [OTHER_FLOWS] : []),
  'a tunnel on the way that cuts its own outer packets',
];

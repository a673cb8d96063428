import { namedBy, told } from '../chain.js';
import type { Ledger } from '../ledger.js';
import type { Found, SearchOptions } from '../plan/found.js';
import type { Verdict } from '../result.js';
import { leastMtu } from '../sizes.js';
import { type Contradiction, contradictions } from './contradictions.js';

/** The number or the interval it must lie in, and the name for the state of the path. */
export interface Judged {
  readonly verdict: Verdict;
  readonly low: number;
  readonly high: number;
  /** What in the ledger speaks against the first verdict that came to mind. */
  readonly against: readonly Contradiction[];
}

type Bare = Omit<Judged, 'against'>;
const bare = (verdict: Verdict, low: number, high = low): Bare => ({ verdict, low, high });

/** Silences to one octet more before the word of a PTB is taken for the exact number. */
const NAMED_SILENCES = 3;

/**
 * From what was booked to a verdict. A number is given only where the size arrived and the next one surely cannot:
 * then `low` and `high` are equal. Before it is said, the whole ledger is looked through for what speaks against it.
 */
export function judge(ledger: Ledger, found: Found, options: SearchOptions): Judged {
  const first = ledger.low === 0 ? silent(ledger, found, options) : heard(ledger, found, options);
  const ceiling = Math.min(options.max, found.localLimit ?? options.max);
  const against = ledger.low === 0 ? [] : contradictions(ledger, first, ceiling);
  return { ...against.reduce((claim, one) => corrected(claim, one, ledger, found, ceiling), first), against };
}

/** What becomes of a verdict that evidence speaks against: never more than both leave standing. */
function corrected(claim: Bare, one: Contradiction, ledger: Ledger, found: Found, ceiling: number): Bare {
  const { low, high } = claim;
  switch (one.kind) {
    case 'hole-above':
      return found.hangs?.firm ? bare('black-hole', low, high) : bare('inconclusive', low, high);
    case 'named':
      return bare('pmtud-works', low, high);
    case 'passes':
      // A filter for echoes and flows that differ are told apart before; here two measurements stand against each
      // other.
      return found.limited || found.flowsDiffer ? claim : bare('inconclusive', low, Math.max(high, one.size, ceiling));
    case 'window':
      return bare(
        'inconclusive',
        Math.max(
          ...ledger.current
            .filter(({ probe, reply }) => reply.kind === 'arrived' && probe.size < (one.sizes[0] ?? 0))
            .map(({ probe }) => probe.size),
          0,
        ) || low,
        high,
      );
    case 'cut':
      return bare('inconclusive', Math.min(low, leastMtu(4)), high);
    case 'lost-again':
      return bare(one.moved ? 'unsteady' : 'inconclusive', Math.min(low, leastMtu(4)), Math.max(high, ceiling));
  }
}

/** Nothing arrived. */
function silent(ledger: Ledger, found: Found, { family, max }: SearchOptions): Bare {
  const least = leastMtu(family);
  const limits = told(ledger).map(({ about, claim }) =>
    claim !== null && claim >= least && claim < about ? claim : about - 1,
  );
  const ceiling = found.localLimit ?? max;
  // IPv6 paths of less than their minimum exist; a target that keeps silent proves none.
  const most = Math.max(68, Math.min(ceiling, ...limits));
  if (!found.done) return bare('unfinished', Math.min(least, most), most);
  return bare(found.control?.refusal ? 'refused' : 'target-silent', Math.min(least, most), most);
}

function heard(ledger: Ledger, found: Found, options: SearchOptions): Bare {
  const { family } = options;
  const { low } = ledger;
  const ceiling = found.localLimit ?? options.max;
  const high = Math.min(ledger.proven - 1, ceiling);
  if (!found.done && high > low) return bare('unfinished', low, high);
  if (found.flowsDiffer) return bare('flows-differ', low, high);
  if (found.limited && found.limited.protocol === ledger.protocol) return bare('inconclusive', low, ceiling);
  if (typeof found.cleared === 'object' && found.cleared !== null) {
    const { whole, cutBefore } = found.cleared;
    if (whole !== null) return bare('df-cleared', whole);
    const floor = cutBefore?.octets ?? leastMtu(family);
    return bare('df-cleared', floor, cutBefore ? Math.min(low, floor + 7) : low);
  }
  // Our own kernel lets us send no more: a PTB came once, and whether it was right cannot be checked.
  if (ledger.remembered !== null && low >= ledger.remembered && high > low) {
    const fault = found.followed?.faults.at(-1)?.code;
    return bare(fault === undefined ? 'pmtud-works' : fault === 'ptb-without-mtu' ? fault : 'lying-ptb', low, high);
  }
  if (found.peerLimit !== null && ledger.protocol === 'tcp' && low >= found.peerLimit.size)
    return bare('inconclusive', low, Math.max(low, high));
  if (low >= ceiling) return atCeiling(ledger, found, options, low);
  return below(ledger, found, low, high);
}

/** The largest size we may send arrives. */
function atCeiling(ledger: Ledger, found: Found, options: SearchOptions, low: number): Bare {
  const { family, quotes, controlSize, localMtu } = options;
  const fragment = smallestFragment(ledger);
  if (fragment !== null) return bare('reply-path-suspect', family === 4 && !quotes ? fragment : low, low);
  if (family === 6 && bigLostSmallNot(ledger, controlSize)) return bare('reply-path-suspect', low);
  if (found.limited) return bare('icmp-limited', low, low);
  // Below the interface's own MTU --max cuts the search short: larger sizes may arrive as well.
  if (found.localLimit === null) return bare('fits', low, Math.max(low, localMtu ?? low));
  return bare('local-limit', low);
}

/** Something above `low` does not get through. */
function below(ledger: Ledger, found: Found, low: number, high: number): Bare {
  const refused = ledger.current.filter(({ probe, reply }) => probe.size === low + 1 && reply.kind !== 'silence');
  const faults = found.followed?.faults ?? [];
  const lies = faults.some(({ code }) => code !== 'ptb-without-mtu');
  const asNamed = namedBy(ledger) && ledger.silentSizes().filter((size) => size === low + 1).length >= NAMED_SILENCES;
  if (ledger.proven === low + 1 || asNamed) {
    if (
      refused.some(
        ({ reply }) => reply.kind === 'too-big-here' && reply.remembered !== true && reply.peerMss === undefined,
      )
    )
      return bare('local-limit', low);
    // Without the last word, and without a look at other protocols, silence is not called a hole.
    if (!refused.some(({ reply }) => reply.kind === 'too-big') && !asNamed)
      return bare(found.firm ? 'black-hole' : ledger.cutShort || ledger.left < 4 ? 'budget' : 'inconclusive', low);
    if (lies) return bare('lying-ptb', low);
    return bare(faults.length > 0 ? 'ptb-without-mtu' : 'pmtud-works', low);
  }
  if (found.moved !== null) return bare(found.moved === 'surely' ? 'unsteady' : 'lossy', low, high);
  const holes = ledger.proven < Number.POSITIVE_INFINITY && refused.length === 0 && found.firm;
  if (holes && !found.rationed) return bare('black-hole', low, high);
  if ((ledger.cutShort || ledger.left < 4) && ledger.loss.lost === 0) return bare('budget', low, high);
  return bare(found.rationed ? 'answers-rationed' : 'lossy', low, high);
}

/** Octets of the largest fragment in which an answer came back, where one did. */
export function smallestFragment(ledger: Ledger): number | null {
  const fragments = ledger.entries.flatMap(({ probe, reply }) =>
    reply.kind === 'arrived' && reply.fragment !== undefined && reply.fragment < probe.size ? [reply.fragment] : [],
  );
  return fragments.length === 0 ? null : Math.max(...fragments);
}

/** Big answers that have to come, none missing, before the loss of the first ones counts as something learnt. */
const LEARNT = 3;

/** The target learns a narrow way back from the PTB its first big answer meets; later answers come, all of them. */
function bigLostSmallNot(ledger: Ledger, controlSize: number): boolean {
  const big = ledger.current.filter(
    ({ probe }) => probe.ttl >= 64 && probe.protocol === ledger.protocol && probe.size > controlSize,
  );
  const first = big.findIndex(({ reply }) => reply.kind === 'arrived');
  const later = big.slice(first);
  return first > 0 && later.length >= LEARNT && later.every(({ reply }) => reply.kind === 'arrived');
}

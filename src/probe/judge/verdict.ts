import type { Ledger } from '../ledger.js';
import type { Found, SearchOptions } from '../plan/search.js';
import type { Verdict } from '../result.js';
import { leastMtu } from '../sizes.js';

/** The number or the interval it must lie in, and the name for the state of the path. */
export interface Judged {
  readonly verdict: Verdict;
  readonly low: number;
  readonly high: number;
}

/**
 * From what was booked to a verdict. A number is given only where the size arrived and the next one surely cannot:
 * then `low` and `high` are equal.
 */
export function judge(ledger: Ledger, found: Found, options: SearchOptions): Judged {
  const { family } = options;
  const { low } = ledger;
  const ceiling = found.localLimit ?? options.max;
  const least = leastMtu(family);
  const high = Math.min(ledger.high - 1, ceiling);
  const judged = (verdict: Verdict, from = low, to = from): Judged => ({ verdict, low: from, high: to });

  if (low === 0) {
    const told = ledger.entries.flatMap(({ probe, reply }) => (reply.kind === 'too-big' ? [probe.size - 1] : []));
    const most = Math.max(least, Math.min(ceiling, ...told));
    return judged(found.done ? 'target-silent' : 'unfinished', Math.min(least, most), most);
  }
  if (!found.done && high > low) return judged('unfinished', low, high);
  if (found.arrivesByUdp !== null) {
    const forward = found.arrivesByUdp;
    return judged('reply-path-suspect', forward, forward >= ceiling ? forward : Math.max(forward, ceiling - 1));
  }
  if (typeof found.cleared === 'object' && found.cleared !== null) {
    const { whole, cutBefore } = found.cleared;
    if (whole !== null) return judged('df-cleared', whole);
    const floor = cutBefore?.octets ?? least;
    return judged('df-cleared', floor, cutBefore ? Math.min(low, floor + 7) : low);
  }
  // Our own kernel lets us send no more: a PTB came once, and whether it was right cannot be checked.
  if (ledger.remembered !== null && low >= ledger.remembered && high > low) {
    const fault = found.followed?.faults.at(-1)?.code;
    return judged(fault === undefined ? 'pmtud-works' : fault === 'ptb-without-mtu' ? fault : 'lying-ptb', low, high);
  }
  if (low >= ceiling) {
    const fragment = smallestFragment(ledger);
    if (fragment !== null) return judged('reply-path-suspect', family === 4 && !options.quotes ? fragment : low, low);
    if (family === 6 && bigLostSmallNot(ledger, options.controlSize)) return judged('reply-path-suspect');
    // Below the interface's own MTU --max cuts the search short: larger sizes may arrive as well.
    if (found.localLimit === null) return judged('fits', low, Math.max(low, options.localMtu ?? low));
    return judged('local-limit');
  }
  const refused = ledger.entries.filter(({ probe, reply }) => probe.size === low + 1 && reply.kind !== 'silence');
  const faults = found.followed?.faults ?? [];
  if (ledger.exact) {
    if (refused.some(({ reply }) => reply.kind === 'too-big-here')) return judged('local-limit');
    if (!refused.some(({ reply }) => reply.kind === 'too-big')) return judged('black-hole');
    if (faults.some(({ code }) => code !== 'ptb-without-mtu')) return judged('lying-ptb');
    return judged(faults.length > 0 ? 'ptb-without-mtu' : 'pmtud-works');
  }
  return judged(ledger.high < Number.POSITIVE_INFINITY && refused.length === 0 ? 'black-hole' : 'lossy', low, high);
}

/** Octets of the largest fragment in which an answer came back, where one did. */
export function smallestFragment(ledger: Ledger): number | null {
  const fragments = ledger.entries.flatMap(({ probe, reply }) =>
    reply.kind === 'arrived' && reply.fragment !== undefined && reply.fragment < probe.size ? [reply.fragment] : [],
  );
  return fragments.length === 0 ? null : Math.max(...fragments);
}

/** The target learns a narrow way back from the PTB its first big answer meets; later answers come in fragments. */
function bigLostSmallNot(ledger: Ledger, controlSize: number): boolean {
  const lost = ledger.entries.filter(({ probe, reply }) => reply.kind === 'silence' && probe.ttl >= 64);
  const sizes = lost.map(({ probe }) => probe.size);
  return lost.length > 0 && Math.min(...sizes) > controlSize && ledger.loss.sent >= 12 && ledger.loss.rate < 0.1;
}

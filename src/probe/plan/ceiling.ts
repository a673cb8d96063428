import type { Ledger } from '../ledger.js';
import type { Found, SearchOptions } from './found.js';
import { ask, type Plan, probe, repeat } from './plan.js';
import { followPtb, type Ptb } from './ptb.js';

/** The largest size first; a PTB saves the search, a message from our own host lowers the ceiling. */
export function* ceilingOf(ledger: Ledger, found: Found, { family }: SearchOptions, start: number): Plan<number> {
  let ceiling = start;
  for (let attempt = 0; attempt < 4 && ledger.low < ceiling; attempt++) {
    const known = ledger.current.findLast(({ probe: { size }, reply }) => size === ceiling && reply.kind === 'too-big');
    const probes = repeat(Math.min(4, ledger.tries), [probe(ledger, ceiling)]);
    // Only a glance: it stays in flight while the burst starts, and is counted when it comes late.
    const glance = Math.max(ledger.connections ? 100 : 30, 3 * (ledger.slowestRtt ?? 1000));
    const replies = known
      ? [known.reply]
      : yield* ask(ledger, probes, `largest size ${ceiling}`, { timeoutMs: glance });
    const here = replies.find((reply) => reply.kind === 'too-big-here');
    const ptb = replies.find((reply): reply is Ptb => reply.kind === 'too-big');
    if (ptb) {
      found.followed = yield* followPtb(ledger, family, ceiling, ptb);
      return ceiling;
    }
    if (!here) return ceiling;
    ceiling =
      here.mtu !== null && here.mtu < ceiling ? Math.max(here.mtu, ledger.low) : yield* largestSent(ledger, ceiling);
    if (here.peerMss !== undefined) found.peerLimit = { mss: here.peerMss, size: ceiling };
    else if (here.remembered !== true) found.localLimit = ceiling;
  }
  return ceiling;
}

/** Our own host refuses without a number: halve, every answer is immediate. */
function* largestSent(ledger: Ledger, refused: number): Plan<number> {
  let low = ledger.low;
  let high = refused;
  while (high - low > 1 && ledger.left > 0) {
    const size = Math.floor((low + high) / 2);
    const [reply] = yield* ask(ledger, [probe(ledger, size)], 'largest size this host sends', { timeoutMs: 1 });
    if (reply?.kind === 'too-big-here') high = size;
    else low = size;
  }
  return low;
}

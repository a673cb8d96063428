import type { Probe, ProbeProtocol } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { type Crossed, crossProbes, readCross } from './crossing.js';
import { locate } from './locate.js';
import { ask, type Plan, probe, repeat } from './plan.js';

/** What the last word on a limit of silence came to. */
export interface Closed {
  /** The size that fits was answered, the one that is taken for too big never. */
  readonly firm: boolean;
  readonly crossed: readonly Crossed[];
}

/** Pairs of (one octet more, what fits), the larger before the smaller. */
const PAIRS = 2;

/**
 * One octet more against what fits, once more at the end; the place; and whether other protocols meet the same limit.
 * All in one flight: the pairs go first, as a bucket that serves the second has served the first. Where answers are
 * rationed the place is left for later.
 */
export function* closing(
  ledger: Ledger,
  ceiling: number,
  small: number,
  protocols: readonly ProbeProtocol[],
  pauseMs: number,
): Plan<Closed> {
  const { low } = ledger;
  // Where the number is not exact yet, the smallest size that is taken for too big stands for one octet more.
  const big = Math.min(ceiling, ledger.high === Number.POSITIVE_INFINITY ? ceiling : ledger.high);
  const pairs = repeat(ledger.paced ? 1 : PAIRS, [probe(ledger, big), probe(ledger, low)]);
  const cross: Probe[] = crossProbes(ledger, ceiling, big, protocols);
  // The rest of what proves a hole goes along, where nothing rations it.
  const more = ledger.paced ? 0 : Math.min(ledger.lacking - PAIRS, ledger.left - pairs.length - cross.length);
  const also = [...pairs, ...cross, ...repeat(Math.max(0, more), [probe(ledger, big)])];
  const replies = ledger.paced
    ? yield* ask(ledger, also, `${big} against ${low} once more`, { pauseMs })
    : yield* locate(ledger, big, Math.min(small, low), also);
  // The pace of the search was right; a partner lost now says nothing of it.
  if (ledger.paced) ledger.discountLoss();
  const fits = pairs.filter(({ size }, i) => size === low && replies[i]?.kind === 'arrived').length;
  return {
    firm: ledger.low < big && fits > 0,
    crossed: readCross(cross, replies.slice(pairs.length, pairs.length + cross.length), low),
  };
}

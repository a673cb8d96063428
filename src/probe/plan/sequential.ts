import type { Ledger } from '../ledger.js';
import { firstSizes, isUsual } from '../sizes.js';
import { ask, type Plan, probe } from './plan.js';
import { copiesOf, missing, silencesAt, suspect } from './weighing.js';

/** The same search one packet at a time: halving over the usual sizes, then over what is left between them. */
export function* sequential(ledger: Ledger, ceiling: number, controlSize: number): Plan<void> {
  while (ledger.left > 0) {
    const { low } = ledger;
    if (ledger.exact || low >= Math.min(ceiling, ledger.remembered ?? ceiling)) return;
    const limit = suspect(ledger, ceiling, copiesOf(ledger));
    const size = limit === low + 1 ? limit : pick(ledger, low, limit);
    const tries = limit === low + 1 ? missing(ledger, limit) : copiesOf(ledger);
    for (let n = 0; n < tries && ledger.low < size; n++) {
      const [reply] = yield* ask(ledger, [probe(ledger, size)], `${size}, between ${low} and ${limit}`);
      if (reply?.kind !== 'silence') break;
      yield* ask(ledger, [probe(ledger, controlSize)], `control ${controlSize}`);
    }
  }
}

/**
 * Just above a usual size is where the limit most often is; otherwise the middle of the usual sizes, or of the room.
 */
function pick(ledger: Ledger, low: number, limit: number): number {
  const known = firstSizes(low, limit, 1);
  if (known.length > 1) return known[Math.floor(known.length / 2)] as number;
  if (isUsual(low) && silencesAt(ledger, low + 1) === 0) return low + 1;
  return known[0] ?? Math.floor((low + limit) / 2);
}

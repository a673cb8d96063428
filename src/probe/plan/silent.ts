import { told } from '../chain.js';
import type { Ledger } from '../ledger.js';
import { leastMtu } from '../sizes.js';
import type { UpTo } from './found.js';
import { hopsSeen, locate } from './locate.js';
import type { Plan } from './plan.js';

/** PTBs followed on the way to a target that never answers. */
const JUMPS = 4;

/** Nobody answers at the far end; how far big packets get, and what the routers say of them, is still worth knowing. */
export function* asFarAsRoutersAnswer(
  ledger: Ledger,
  family: 4 | 6,
  ceiling: number,
  small: number,
): Plan<UpTo | null> {
  let size = ceiling;
  for (let jump = 0; jump < JUMPS; jump++) {
    yield* locate(ledger, size, Math.min(small, size));
    const claims = told(ledger).flatMap(({ claim }) => (claim !== null && claim >= leastMtu(family) ? [claim] : []));
    const least = Math.min(size, ...claims);
    if (least >= size) break;
    size = least;
  }
  const last = hopsSeen(ledger).findLast(({ arrives, address }) => arrives !== null && address !== null);
  return last ? { hop: last.hop, address: last.address as string, arrives: last.arrives as number } : null;
}

import { lossBehind } from '../certainty.js';
import type { Ledger } from '../ledger.js';

/** With fewer no sentence is made of them. */
const FEW = 2;

/** What the silence above the largest size that arrived comes to where it proves no hole; '' where there is none. */
export function silenceText(ledger: Ledger): string {
  const { low, lacking } = ledger;
  const silences = ledger.silentSizes().length;
  if (silences < FEW || lacking === 0) return '';
  const loss = Math.floor(100 * lossBehind(silences));
  return `; ${silences} packets of more than ${low} octets met silence, none was answered: a black hole, or a path that loses up to ${loss} % of its large packets; ${lacking} more would tell`;
}

/** What to allow the next time: what was sent, what lacks, and what a last word takes. */
export const enoughPackets = ({ entries, lacking }: Ledger): number =>
  Math.max(120, Math.ceil((entries.length + lacking + LAST_WORD) / 10) * 10);

/** The cross-checks and the search for the place, packets. */
const LAST_WORD = 30;

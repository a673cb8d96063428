import type { Reporter } from '../format.js';
import { hostText } from './host.js';

/** One host after the other; what could not be measured is told on stderr. */
export const probeText: Reporter<'probe'> = ({ results }, look) =>
  results.flatMap((result) => ('error' in result ? [] : [hostText(result, look)])).join('\n');

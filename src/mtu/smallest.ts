import { MtucalcError } from '../error.js';
import { budget, type MtuBudget } from './budget.js';
import type { CalcRequest } from './calculation.js';
import { candidatesOf } from './candidates.js';
import type { Catalogue } from './catalogue.js';

/**
 * The recommended budget of a request: the smallest of all it leaves open; undefined where it leaves no room.
 * `assumedInteg` stands in for an integrity algorithm that was not named.
 */
export function smallest(
  request: CalcRequest,
  catalogue: Catalogue,
  linkMtu: number,
  assumedInteg?: string,
): MtuBudget | undefined {
  try {
    const results = candidatesOf(request, catalogue, assumedInteg).map(({ stack }) =>
      budget({ linkMtu, layers: stack.layers }),
    );
    return results.reduce((a, b) => (b.tunnelMtu < a.tunnelMtu ? b : a));
  } catch (error) {
    if (error instanceof MtucalcError) return undefined;
    throw error;
  }
}

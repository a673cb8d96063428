import { MtucalcError } from '../error.js';
import { calculate } from './calculate.js';
import type { CalcRequest, Calculation } from './calculation.js';
import type { Catalogue } from './catalogue.js';

/**
 * The calculation, or undefined where the request contradicts itself (NAT-T of a WireGuard tunnel): for trying changes.
 */
export function ifPossible(request: CalcRequest, catalogue: Catalogue): Calculation | undefined {
  try {
    return calculate(request, catalogue);
  } catch (error) {
    if (error instanceof MtucalcError) return undefined;
    throw error;
  }
}

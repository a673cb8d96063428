import { MtucalcError } from '../error.js';
import type { CalcRequest } from './calculation.js';
import { implementationOf } from './candidates.js';
import type { Catalogue } from './catalogue.js';
import { linkOf } from './link.js';
import { suitesAsked } from './proposals.js';
import { findTunnel } from './tunnel.js';

/**
 * For a request that input is still to complete: refuses what no input can mend, before anything is read or sent.
 * @throws MtucalcError for a name that no row has and a link MTU that no link has.
 */
export function checkNames(request: CalcRequest, catalogue: Catalogue): void {
  linkOf(request, catalogue);
  implementationOf(request.impl, catalogue);
  if (request.tunnel !== undefined) findTunnel(request.tunnel, catalogue);
  if (request.cipher !== undefined) checkCipher(request.cipher, catalogue);
}

function checkCipher(cipher: NonNullable<CalcRequest['cipher']>, catalogue: Catalogue): void {
  try {
    suitesAsked(cipher, catalogue);
  } catch (error) {
    // Anything else may be made good by what the input says of the other half.
    if (!(error instanceof MtucalcError) || error.code === 'unknown-name') throw error;
  }
}

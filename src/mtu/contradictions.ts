import { MtucalcError } from '../error.js';
import type { CalcRequest } from './calculation.js';
import type { Catalogue, TunnelRow } from './catalogue.js';
import { fixedOuter, isIpsec, isOpenvpn } from './tunnel.js';

/**
 * Refuses a request whose words do not go together.
 * @throws MtucalcError `impossible` or `incomplete`, with the cure.
 */
export function refuseContradictions(
  request: CalcRequest,
  row: TunnelRow,
  hasSuite: boolean,
  catalogue: Catalogue,
): void {
  const ipsec = isIpsec(row);
  if (!hasSuite && request.auth !== undefined) {
    throw new MtucalcError(
      'incomplete',
      `--auth ${request.auth} stands alone`,
      'add --cipher aes256, or --ah for AH without ESP',
    );
  }
  if (!ipsec && !isOpenvpn(row) && hasSuite) {
    const twin = catalogue.tunnels.some(({ id }) => id === `${row.id}-ipsec`);
    throw new MtucalcError(
      'impossible',
      `${row.name} carries no ESP: --cipher has no place in it`,
      `its lengths do not depend on a cipher: leave --cipher out${twin ? `, or take --tunnel ${row.id}-ipsec` : ''}`,
    );
  }
  if (ipsec && !hasSuite)
    throw new MtucalcError('incomplete', `${row.name} needs a cipher`, 'for example --cipher aes256-sha256');
  if (!ipsec && request.natT !== undefined) {
    throw new MtucalcError(
      'impossible',
      'NAT-T encapsulates ESP, and there is no ESP here (RFC 3948 §1)',
      'leave --nat-t out, or name a --cipher',
    );
  }
  if (!ipsec && request.mode !== undefined) {
    throw new MtucalcError(
      'impossible',
      `--mode ${request.mode} is a property of ESP and AH, and there is none here`,
      'leave --mode out, or name a --cipher',
    );
  }
  const fixed = fixedOuter(row);
  if (fixed !== null && request.outer !== undefined && request.outer !== fixed) {
    throw new MtucalcError(
      'impossible',
      `${row.name} has IPv${fixed} outside, not IPv${request.outer}`,
      'leave --outer out, or take another --tunnel',
    );
  }
}

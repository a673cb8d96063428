import { MtucalcError } from '../../error.js';
import { calculate } from '../../mtu/calculate.js';
import type { CalcRequest } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import type { TunnelFit } from '../result.js';

/** Tunnels people run most; the numbers come from the calculator, with this path as the link. */
const usual: readonly (readonly [string, CalcRequest])[] = [
  ['IPsec AES-CBC-256 with SHA-256, NAT-T', { cipher: 'aes256-sha256', natT: true }],
  ['IPsec AES-GCM-256, NAT-T', { cipher: 'aes256gcm16', natT: true }],
  ['WireGuard', { tunnel: 'wireguard' }],
  ['GRE', { tunnel: 'gre' }],
];

/** What fits inside when a tunnel runs over a path of `pathMtu` octets. */
export function tunnelsOver(pathMtu: number, family: 4 | 6, catalogue: Catalogue): TunnelFit[] {
  return usual.flatMap(([tunnel, request]) => {
    try {
      const { tunnelMtu, mss } = calculate({ ...request, linkMtu: pathMtu, outer: family }, catalogue);
      return [{ tunnel, tunnelMtu, mss }];
    } catch (error) {
      // Nothing fits into a path this narrow.
      if (error instanceof MtucalcError) return [];
      throw error;
    }
  });
}

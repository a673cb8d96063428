import { calculate } from '../mtu/calculate.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { type Verification, verify } from '../probe/judge/verification.js';
import type { ProbeResult } from '../probe/result.js';
import { type ProbeRequest, probeHost } from './probe-host.js';

/**
 * Computes the tunnel described, measures the path through it, and compares.
 * @throws MtucalcError for a tunnel that cannot be, and a host that cannot be measured.
 */
export async function verifyHost(
  host: string,
  described: CalcRequest,
  catalogue: Catalogue,
  how: ProbeRequest = {},
  measured: (host: string, how: ProbeRequest) => Promise<ProbeResult> = probeHost,
): Promise<Verification> {
  // What cannot be computed is refused before anything is sent.
  const calculation = calculate(described, catalogue);
  return verify(described, calculation, await measured(host, how), catalogue);
}

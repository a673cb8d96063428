import type { Finding } from '../finding.js';
import type { MtuBudget } from './budget.js';
import type { CalcRequest } from './calculation.js';
import { DEFAULT_MSS, MINIMUM_MTU } from './mss.js';
import type { Suite } from './suite.js';

/** What is true and unwelcome about a result. */
export function warningsOf(budget: MtuBudget, suites: readonly Suite[], { inner, tfc }: CalcRequest): Finding[] {
  const { tunnelMtu, mss } = budget;
  const warnings: Finding[] = [];
  if (inner !== 4 && tunnelMtu < MINIMUM_MTU[6]) {
    warnings.push({
      code: 'ipv6-below-1280',
      severity: 'warning',
      says: `tunnel MTU ${tunnelMtu} is below ${MINIMUM_MTU[6]}, the least a link that carries IPv6 must have (RFC 8200 §5): IPv6 inside would need fragments outside`,
      evidence: [{ value: tunnelMtu, from: 'tunnel MTU' }],
      fix: 'carry IPv6 through a tunnel with less overhead, raise the link MTU, or let the gateway fragment the outer packet',
    });
  }
  if (inner !== 6 && mss.ipv4 < DEFAULT_MSS[4]) warnings.push(belowDefault('IPv4', mss.ipv4, DEFAULT_MSS[4]));
  if (inner !== 4 && mss.ipv6 < DEFAULT_MSS[6]) warnings.push(belowDefault('IPv6', mss.ipv6, DEFAULT_MSS[6]));
  const judged = new Map<string, { name: string; status: string | null; source: string | undefined }>();
  for (const { encr, integ, ah } of suites) {
    for (const row of [encr, integ, ah])
      if (row) judged.set(row.name, { name: row.name, status: row.status, source: row.statusSource });
  }
  for (const { name, status, source } of judged.values()) {
    if (status !== 'MUST NOT' && status !== 'SHOULD NOT') continue;
    warnings.push({
      code: status === 'MUST NOT' ? 'algorithm-must-not' : 'algorithm-should-not',
      severity: 'warning',
      says: `${name} ${status} be used (${source ?? 'RFC 8221'})`,
      evidence: [{ value: status, from: source ?? 'RFC 8221' }],
      fix: 'aes256gcm16, or aes256-sha256',
    });
  }
  const bare = suites.find(
    ({ encr, integ, ah }) => encr?.kind === 'cipher' && !ah && (integ === null || integ.icv === 0),
  );
  if (bare) {
    warnings.push({
      code: 'no-integrity',
      severity: 'warning',
      says: `${bare.encr?.name} without integrity protects nothing against change on the way (RFC 8221 §4: MUST NOT)`,
      evidence: [{ value: bare.text, from: '--cipher' }],
      fix: 'name an integrity algorithm, as in aes256-sha256, or use an AEAD such as aes256gcm16',
    });
  }
  if (tfc !== undefined && tfc > tunnelMtu) {
    warnings.push({
      code: 'tfc-above-mtu',
      severity: 'warning',
      says: `padding to ${tfc} octets exceeds the tunnel MTU ${tunnelMtu}: Linux pads up to the MTU only, others send fragments`,
      evidence: [{ value: tfc, from: '--tfc' }],
      fix: `--tfc ${tunnelMtu} at most`,
    });
  }
  return warnings;
}

const belowDefault = (family: string, mss: number, least: number): Finding => ({
  code: 'mss-below-default',
  severity: 'warning',
  says: `MSS ${mss} for ${family} is below ${least}, what a host assumes when nothing is announced (RFC 9293 §3.7.1): some hosts and several boxes refuse it`,
  evidence: [{ value: mss, from: `MSS for ${family}` }],
});

import type { Finding } from '../finding.js';
import { DEFAULT_MSS, PLAUSIBLE_MTU } from '../mtu/mss.js';

/** Whether an MTU that an input says is too small to have been meant. */
export const tinyMtu = (mtu: number): boolean => mtu < PLAUSIBLE_MTU;
/** The same for an MSS, by which IP version does not matter: IPv6 has more. */
export const tinyMss = (mss: number): boolean => mss < DEFAULT_MSS[4];

export const MTU_FITS = `every IPv4 host takes ${PLAUSIBLE_MTU} (RFC 1122 §3.3.2)`;
export const MSS_FITS = `${DEFAULT_MSS[4]} fits every IPv4 host (RFC 9293 §3.7.1)`;

/** Too small to have been meant: no word of safety for it. */
export const notPlausible = (what: string, why: string, evidence: Finding['evidence']): Finding => ({
  code: 'not-plausible',
  severity: 'warning',
  says: `${what}, which is not plausible: ${why}; mistyped, or the input is cut off there`,
  evidence,
});

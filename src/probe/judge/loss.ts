import type { Finding } from '../../finding.js';
import { bySizeAlone, ORDER_DOUBT } from '../certainty.js';
import type { Ledger } from '../ledger.js';
import type { Found } from '../plan/found.js';
import type { Judged } from './verdict.js';

/** Share of the large ones lost from which on TCP stalls: RFC 5348 §3.1 leaves it less than a packet a round trip. */
const STALLS = 0.5;

/** Loss of sizes that fit, and whether it is the large ones that are lost. */
export function lossFinding(ledger: Ledger, { rationed, bySize }: Found, { verdict }: Judged): Finding[] {
  if (bySize !== null && bySizeAlone(bySize.large, bySize.others) <= ORDER_DOUBT) {
    const { size, small, large, others } = bySize;
    const heavy = large.lost >= STALLS * large.sent;
    return [
      {
        code: 'loss-by-size',
        severity: heavy ? 'problem' : 'warning',
        says: `${size} octets get through now and then: of ${large.sent} such packets ${large.lost} were lost, of ${others.sent} of ${small} octets sent in between ${others.lost}. It is loss that grows with size, not the MTU${heavy ? '; TCP stalls at such a rate as it does in a black hole' : ''}`,
        evidence: [
          { value: large.lost, from: `${large.sent} probes of ${size} octets` },
          { value: others.lost, from: `${others.sent} probes of ${small} octets in between` },
        ],
        fix: 'look for errors on the links (ethtool -S, show interface), duplex, a policer, or a queue counted in octets',
      },
    ];
  }
  const { sent, lost, rate } = ledger.loss;
  if (verdict === 'reply-path-suspect' || rationed !== null || lost < 2 || rate < 0.03) return [];
  const says = `${Math.round(rate * 100)} % of the round trips that fit are lost (${lost} of ${sent})`;
  return [
    { code: 'loss', severity: 'warning', says, evidence: [{ value: lost, from: `${sent} probes of sizes that fit` }] },
  ];
}

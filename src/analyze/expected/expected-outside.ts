import type { Finding } from '../../finding.js';
import type { CalcRequest, Calculation } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import { ifPossible } from '../../mtu/possible.js';
import { finding, inFrame } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { LENGTHS } from '../log/tunnel-log.js';

/**
 * What the outside of the encrypted packets shows by itself: UDP around them, IPv4 or IPv6, larger than the link
 * described.
 */
export function outsideFindings(
  request: CalcRequest,
  expected: Calculation,
  { tunnels }: CaptureFacts,
  catalogue: Catalogue,
): Finding[] {
  const first = tunnels[0];
  if (!first || request.cipher === undefined) return [];
  const same = tunnels.every(({ natt, family }) => natt === first.natt && family === first.family);
  const changes: [string, Partial<CalcRequest>][] = [];
  if (request.natT !== undefined && request.natT !== first.natt) {
    changes.push([first.natt ? 'in UDP 4500 (NAT-T)' : 'without NAT-T', { natT: first.natt }]);
  }
  if (first.family !== (request.outer ?? 4)) changes.push([`over IPv${first.family}`, { outer: first.family }]);
  const findings: Finding[] = [];
  if (same && changes.length > 0) {
    const patch: Partial<CalcRequest> = Object.assign({}, ...changes.map(([, one]) => one));
    const mtu = ifPossible({ ...request, ...patch }, catalogue)?.tunnelMtu;
    if (mtu !== undefined) {
      findings.push(
        finding(
          'outside-differs',
          'warning',
          `ESP from ${first.from} is ${changes.map(([says]) => says).join(' and ')}, which the description does not say: ` +
            `the tunnel MTU is then ${mtu} instead of ${expected.tunnelMtu}.`,
          [inFrame(first.largest, first.largestFrame, 'outer IP length of the largest packet')],
          'correct the description (--nat-t, --no-nat-t, --outer)',
        ),
      );
    }
  }
  const large = tunnels.find(
    ({ fragmented, largest }) => fragmented === 0 && largest > expected.linkMtu && largest < LENGTHS,
  );
  if (large) {
    findings.push(
      finding(
        'link-differs',
        'warning',
        `ESP packets of ${large.largest} octets leave ${large.from} whole: more than the ${expected.linkMtu} of the described ` +
          'link, as far as this capture point.',
        [
          inFrame(large.largest, large.largestFrame, 'outer IP length'),
          { value: expected.linkMtu, from: 'link MTU described' },
        ],
        'a smaller link further on drops or fragments them; if there is no such link, correct --wan or --link-mtu',
      ),
    );
  }
  return findings;
}

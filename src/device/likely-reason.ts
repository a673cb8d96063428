import type { CalcRequest } from '../mtu/calculation.js';
import { ifPossible } from '../mtu/possible.js';
import { suitesAsked } from '../mtu/proposals.js';
import type { PrintedMtu } from './reading.js';
import type { Answered } from './request.js';

/** Link MTUs that people really have, most usual first. */
const LINKS = [1492, 1500, 1480, 1472, 1460, 1454, 1452, 1450, 1442, 1440, 1430, 1428, 1420, 1400, 1380, 1280, 9000];

/** The request for the SA alone, without the tunnel that its packets carry. */
export const bareSa = (request: CalcRequest): CalcRequest =>
  request.tunnel === undefined || request.tunnel === 'wireguard' || request.cipher === undefined
    ? request
    : { ...request, tunnel: 'ipsec' };

/** Why a device prints another figure than the computed one: the first explanation that gives exactly its number. */
export function likelyReason(own: PrintedMtu, ours: number, answer: Answered): string {
  const { request, catalogue, calculation } = answer;
  const value = (change: Partial<CalcRequest>): number | undefined =>
    ifPossible(bareSa({ ...request, ...change }), catalogue)?.tunnelMtu;
  const { linkMtu, overhead } = calculation;
  if (own.field === 'mtu' && own.value === 1280)
    return 'FortiOS prints 1280 for a tunnel that has carried no traffic yet';
  // FortiOS 6 and 7 in transport mode: the IP header is rounded to the block with the rest.
  if (own.field === 'mtu' && request.mode === 'transport' && fortiTransport(answer) === own.value) {
    return 'FortiOS rounds the IP header to the cipher block with the rest in transport mode, and a packet of that size is fragmented';
  }
  if (own.value === linkMtu) return 'it is the link MTU itself, as printed before an SA is up';
  if (request.natT !== undefined && value({ natT: !request.natT }) === own.value) {
    return `it is the figure ${request.natT ? 'without' : 'with'} NAT-T, so the device counts UDP encapsulation otherwise than its output says`;
  }
  for (const mode of ['tunnel', 'transport'] as const)
    if (request.mode !== mode && value({ mode }) === own.value) return `it is the figure of ${mode} mode`;
  const outer = request.outer === 6 ? 4 : 6;
  if (value({ outer }) === own.value) return `it is the figure with IPv${outer} outside`;
  for (const { id, name } of catalogue.implementations) {
    if (value({ impl: id }) === own.value) return `${name} counts so (--impl ${id})`;
  }
  const other = LINKS.find(
    (candidate) => candidate !== linkMtu && value({ linkMtu: candidate, wan: undefined }) === own.value,
  );
  if (other !== undefined)
    return `the device reckons with another path MTU, ${other} for example, than the ${linkMtu} taken here`;
  if (own.value === linkMtu - overhead.most || own.value === linkMtu - overhead.most - 1) {
    return `it is the path MTU ${linkMtu} less the worst-case overhead, which leaves up to ${ours - own.value} octets unused`;
  }
  const least = searchLink(own.value, (candidate) => value({ linkMtu: candidate, wan: undefined }));
  if (least !== undefined)
    return `a path MTU of ${least} would give it; the device may have learnt one from a PTB, or reserve a round figure`;
  return own.value < ours
    ? 'no combination gives it exactly; the device reserves more than is needed'
    : 'no combination gives it exactly; the device counts less than RFC 4303 requires';
}

/** The smallest link MTU with exactly this result: the result never falls as the link grows. */
function searchLink(wanted: number, value: (linkMtu: number) => number | undefined): number | undefined {
  let low = 576;
  let high = 9216;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((value(middle) ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return value(low) === wanted ? low : undefined;
}

/** FortiOS's own sum, as its output shows it: 3DES with SHA1 in transport mode on 1500 prints 1470. */
function fortiTransport({ calculation, request, catalogue }: Answered): number | undefined {
  const suite = request.cipher === undefined ? undefined : suitesAsked(request.cipher, catalogue)[0];
  if (!suite?.encr) return undefined;
  const { block, iv, icv } = suite.encr;
  const align = Math.max(4, block);
  return Math.floor((calculation.linkMtu - 8 - iv - icv - (suite.integ?.icv ?? 0)) / align) * align - 2;
}

import type { Assumption, CalcRequest } from './calculation.js';
import { assumedIntegOf, type Candidate } from './candidates.js';
import type { Catalogue, IntegRow } from './catalogue.js';
import { linkOf } from './link.js';
import { hmacName, mssfixOf } from './openvpn.js';
import { smallest } from './smallest.js';
import { parseInteg } from './suite.js';

/** The integrity algorithms whose effect is told where none was named. */
const OTHER_INTEG = ['sha1-96', 'sha256-128', 'sha384-192', 'sha512-256'];

/** What was taken for granted, each with what another choice would have given. */
export function assumptionsOf(
  request: CalcRequest,
  catalogue: Catalogue,
  candidate: Candidate,
  linkMtu: number,
): Assumption[] {
  const { suite, stack } = candidate;
  const value = (change: Partial<CalcRequest>): number | undefined =>
    smallest({ ...request, ...change }, catalogue, linkMtu)?.tunnelMtu;
  const assumptions: Assumption[] = [];
  if (candidate.suites.some(({ integAssumed }) => integAssumed)) {
    const taken = assumedIntegOf(request, catalogue);
    const told = (row: IntegRow): string => (candidate.ipsec ? row.name : hmacName(row));
    const name = told(suite?.ah ?? parseInteg(taken, catalogue));
    const here = value({});
    const others = OTHER_INTEG.filter((id) => id !== taken).map((id) => ({
      name: told(parseInteg(id, catalogue)),
      mtu: smallest(request, catalogue, linkMtu, id)?.tunnelMtu,
    }));
    const same = others.filter(({ mtu }) => mtu === here).map((other) => other.name);
    const differ = others
      .filter(({ mtu }) => mtu !== here)
      .map((other) => `${other.name} gives ${other.mtu ?? 'no room'}`);
    const effects = [
      ...(same.length > 0 ? [`${same.join(' and ')} ${same.length > 1 ? 'give' : 'gives'} the same`] : []),
      ...differ,
    ];
    assumptions.push({ what: 'integrity', says: `integrity ${name} assumed; ${effects.join(', ')}` });
  }
  if (candidate.ipsec && request.natT === undefined && request.stack === undefined && !suite?.ah) {
    const on = value({ natT: true });
    const off = value({ natT: false });
    const says =
      on === off
        ? `NAT-T not given: with and without it ${on}`
        : `NAT-T not given: with NAT-T ${on}, without ${off}; the smaller is recommended (--nat-t or --no-nat-t decides)`;
    assumptions.push({ what: 'nat-t', says });
  }
  if (suite?.ah && request.natT === undefined)
    assumptions.push({ what: 'nat-t', says: 'no NAT on the way: AH could not cross it' });
  if (
    request.outer === undefined &&
    candidate.outer !== null &&
    candidate.outerOpen &&
    linkOf(request, catalogue).carries === undefined
  ) {
    const outer = candidate.outer === 4 ? 6 : 4;
    const other = smallest(
      { ...request, outer },
      catalogue,
      linkOf({ ...request, outer }, catalogue).linkMtu,
    )?.tunnelMtu;
    assumptions.push({
      what: 'outer',
      says: `IPv${candidate.outer} outside assumed; IPv${outer} outside gives ${other ?? 'no room'} (--outer ${outer})`,
    });
  }
  if (request.tunnel === undefined && request.stack === undefined && !candidate.ipsec) {
    assumptions.push({ what: 'tunnel', says: 'no cipher and no tunnel named: the values are those of the plain link' });
  }
  if (stack.ownHeader !== null) {
    const other = stack.ownHeader === 4 ? 6 : 4;
    assumptions.push({
      what: 'remark',
      says: `transport mode between two hosts: the packets are IPv${stack.ownHeader} like the outside, and their header is counted in; for IPv${other} take --outer ${other}`,
    });
  }
  if (request.esn)
    assumptions.push({
      what: 'remark',
      says: 'ESN changes no length: the upper 32 bits are never sent (RFC 4303 §2.2.1)',
    });
  if (request.tfc !== undefined) {
    assumptions.push({
      what: 'tfc',
      says: `TFC padding to ${request.tfc} octets makes small packets larger; the tunnel MTU stays (RFC 4303 §2.7)`,
    });
  }
  if (stack.openvpn) assumptions.push({ what: 'remark', says: mssfixOf(linkMtu, stack.openvpn) });
  for (const says of stack.remarks) assumptions.push({ what: 'header', says });
  if (candidate.remark) assumptions.push({ what: 'remark', says: candidate.remark });
  for (const says of new Set(suite?.remarks ?? [])) assumptions.push({ what: 'remark', says });
  return assumptions;
}

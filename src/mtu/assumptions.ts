import type { MtuBudget } from './budget.js';
import type { Assumption, CalcRequest } from './calculation.js';
import { assumedIntegOf, type Computed } from './candidates.js';
import type { Catalogue, IntegRow } from './catalogue.js';
import { hmacName, mssfixOf } from './openvpn.js';
import { smallest } from './smallest.js';
import { parseInteg } from './suite.js';

/** The integrity algorithms whose effect is told where none was named. */
const OTHER_INTEG = ['sha1-96', 'sha256-128', 'sha384-192', 'sha512-256'];

interface Answered {
  readonly request: CalcRequest;
  readonly catalogue: Catalogue;
  /** All that the request leaves open. */
  readonly computed: readonly Computed[];
  /** The one that is recommended. */
  readonly chosen: Computed;
  /** The other IP version outside, where that is open; no result where it leaves no room. */
  readonly otherOuter: { readonly outer: 4 | 6; readonly result: MtuBudget | undefined } | undefined;
}

/** What was taken for granted, each with what another choice would have given. */
export function assumptionsOf({ request, catalogue, computed, chosen, otherOuter }: Answered): Assumption[] {
  const { candidate, result } = chosen;
  const { linkMtu, tunnelMtu: here } = result;
  const { suite, stack } = candidate;
  const assumptions: Assumption[] = [];
  if (candidate.suites.some(({ integAssumed }) => integAssumed)) {
    const taken = assumedIntegOf(request, catalogue);
    const told = (row: IntegRow): string => (candidate.ipsec ? row.name : hmacName(row));
    const name = told(suite?.ah ?? parseInteg(taken, catalogue));
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
    const least = (hasNatT: boolean): number =>
      Math.min(...computed.flatMap((one) => (one.candidate.stack.hasNatT === hasNatT ? one.result.tunnelMtu : [])));
    const off = least(false);
    const withNatT = least(true);
    // A tunnel that has no place for it is the same with and without.
    const on = Number.isFinite(withNatT) ? withNatT : off;
    const says =
      on === off
        ? `NAT-T not given: with and without it ${on}`
        : `NAT-T not given: with NAT-T ${on}, without ${off}; the smaller is recommended (--nat-t or --no-nat-t decides)`;
    assumptions.push({ what: 'nat-t', says });
  }
  if (suite?.ah && request.natT === undefined)
    assumptions.push({ what: 'nat-t', says: 'no NAT on the way: AH could not cross it' });
  if (otherOuter && candidate.outer !== null) {
    const { outer, result: other } = otherOuter;
    assumptions.push({
      what: 'outer',
      says: `IPv${candidate.outer} outside assumed; IPv${outer} outside gives ${other?.tunnelMtu ?? 'no room'} (--outer ${outer})`,
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

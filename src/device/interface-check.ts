import type { Finding } from '../finding.js';
import { MTU_FITS, notPlausible, tinyMtu } from './not-plausible.js';
import type { LinkReading } from './reading.js';
import type { RowGroup } from './rows.js';

/** Of several rows of one interface (peers, suites) the one with the least room. */
const least = (groups: readonly RowGroup[]): RowGroup | undefined =>
  [...groups].sort((a, b) => (a.row.tunnelMtu ?? 0) - (b.row.tunnelMtu ?? 0))[0];

/** A tunnel interface or route with an MTU of its own against the row it belongs to; null: it belongs to none. */
export function interfaceMtu(link: LinkReading, groups: readonly RowGroup[], limiting: RowGroup): Finding | null {
  if (link.role !== 'tunnel' && link.role !== 'route') return null;
  const ends = groups.flatMap(({ members }) => members.flatMap(({ source, destination }) => [source, destination]));
  // A route to the peer itself is the path under the tunnel, not what goes through it.
  if (link.role === 'route' && (link.defaultRoute || link.addresses.some((address) => ends.includes(address))))
    return null;
  const sameId = (id: string | null): boolean => id !== null && link.ifId !== null && Number(id) === Number(link.ifId);
  const { owner } = link;
  const own = groups.filter(({ row, answer }) => answer !== null && row.interface === owner);
  // An interface that is a tunnel of its own has nothing to do with the others.
  if (owner !== undefined && (own.length === 0 || !link.up)) return null;
  const group =
    least(own) ??
    groups.find(
      ({ row, answer }) =>
        answer !== null &&
        (sameId(row.ifId) ||
          (row.kind === 'wireguard' && row.name === link.name) ||
          (link.carries !== undefined && link.carries.payload === row.payload)),
    ) ??
    limiting;
  const ours = group.row.tunnelMtu;
  if (ours === null) return null;
  const what = link.role === 'route' ? link.name : link.name === 'MTU =' ? 'the interface' : `interface ${link.name}`;
  const evidence = [
    { value: link.mtu, from: `${what}, line ${link.line}` },
    { value: ours, from: `${group.row.suite} at link MTU ${group.row.linkMtu}` },
  ];
  if (link.mtu === ours)
    return {
      code: 'interface-mtu-agrees',
      severity: 'info',
      says: `${what} has MTU ${link.mtu} (line ${link.line}), exactly what fits`,
      evidence,
    };
  if (link.mtu < ours && tinyMtu(link.mtu))
    return notPlausible(`${what} has MTU ${link.mtu} (line ${link.line})`, MTU_FITS, evidence);
  if (link.mtu < ours)
    return {
      code: 'interface-mtu-smaller',
      severity: 'info',
      says: `${what} has MTU ${link.mtu} (line ${link.line}): safe, ${ours - link.mtu} octets below the ${ours} that fit`,
      evidence,
    };
  return {
    code: 'interface-mtu',
    severity: 'warning',
    says: `${what} has MTU ${link.mtu} (line ${link.line}), ${link.mtu - ours} octets more than the ${ours} that fit: larger packets are fragmented, or dropped with a PTB that not every host hears${wireguardPadding(group, ours)}`,
    evidence,
    fix:
      link.role === 'route'
        ? `set mtu ${ours} on the route`
        : (link.setMtu?.(ours) ??
          (link.name === 'MTU =' ? `MTU = ${ours}` : `ip link set dev ${link.name} mtu ${ours}`)),
  };
}

/**
 * WireGuard pads to 16 octets, but never beyond its device's MTU (whitepaper §5.4.6; Linux
 * drivers/net/wireguard/send.c): measured, 1408 instead of 1420 pass in one packet where that MTU is set too high.
 */
function wireguardPadding({ row }: RowGroup, ours: number): string {
  const padded = ours - (ours % 16);
  return row.kind === 'wireguard' && padded < ours
    ? `; as long as it is so, WireGuard pads to 16 octets and only ${padded} go in one packet`
    : '';
}

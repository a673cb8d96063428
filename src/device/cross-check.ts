import type { Finding } from '../finding.js';
import { calculate } from '../mtu/calculate.js';
import { bareSa, likelyReason } from './likely-reason.js';
import type { Merged } from './merge.js';
import { MSS_FITS, MTU_FITS, notPlausible, tinyMss, tinyMtu } from './not-plausible.js';
import type { ClampReading, LinkReading, PrintedMtu } from './reading.js';
import type { Answered } from './request.js';
import type { RowGroup } from './rows.js';

/** Compares what the output itself says about MTU with our figure: agreement is said, a difference explained. */
export function crossCheck(groups: readonly RowGroup[], limiting: RowGroup, merged: Merged): Finding[] {
  const findings: Finding[] = [];
  const said = new Set<string>();
  for (const { members, answer } of groups) {
    if (answer === null) continue;
    const { ownMtu, ownOverhead, line } = members[0] as {
      ownMtu: PrintedMtu | null;
      ownOverhead: { most: number; header: number; line: number } | null;
      line: number;
    };
    if (ownMtu !== null && !said.has(`${ownMtu.line}`)) {
      said.add(`${ownMtu.line}`);
      findings.push(ownFigure(ownMtu, answer));
    }
    if (ownOverhead !== null && !said.has(`${ownOverhead.line}`)) {
      said.add(`${ownOverhead.line}`);
      findings.push(asaOverhead(ownOverhead, answer, line));
    }
  }
  const without = groups.filter(({ answer }) => answer === null);
  if (without.length > 0) findings.push(withoutFigure(without, groups.length));
  findings.push(...differentDirections(groups));
  for (const link of merged.links) {
    const finding = interfaceMtu(link, groups, limiting);
    if (finding) findings.push(finding);
  }
  for (const clamp of merged.clamps) {
    // A rule for one interface is that tunnel's; one for another interface (the WAN) is no tunnel's.
    const own = groups.find(
      ({ row, answer }) => answer !== null && row.interface !== null && row.interface === clamp.owner,
    );
    if (clamp.owner === null || own) findings.push(clampedMss(clamp, own ?? limiting));
  }
  return findings;
}

/** A fixed MSS against what fits. */
function clampedMss({ mss, line, setting }: ClampReading, { row }: RowGroup): Finding {
  const fits = row.mss?.ipv4 ?? 0;
  const evidence = [
    { value: mss, from: `MSS, line ${line}` },
    { value: fits, from: `MSS for IPv4, ${row.suite}` },
  ];
  if (mss < fits && tinyMss(mss)) return notPlausible(`the clamp of line ${line} sets MSS ${mss}`, MSS_FITS, evidence);
  if (mss <= fits) {
    const spare = fits - mss;
    const says = `the clamp of line ${line} sets MSS ${mss}: ${spare === 0 ? 'exactly what fits' : `safe, ${spare} octets below the ${fits} that fit`}`;
    return { code: 'clamp-fits', severity: 'info', says, evidence };
  }
  return {
    code: 'mss-above-budget',
    severity: 'warning',
    says: `the clamp of line ${line} sets MSS ${mss}, ${mss - fits} octets more than the ${fits} that fit`,
    evidence,
    fix: `${setting}${fits}`,
  };
}

/** The SA's MTU as a device counts it: what stands directly inside ESP, a GRE header included. */
const saMtu = ({ request, catalogue }: Answered): number => calculate(bareSa(request), catalogue).tunnelMtu;

function ownFigure(own: PrintedMtu, answer: Answered): Finding {
  const ours = saMtu(answer);
  const evidence = [
    { value: own.value, from: `${own.field}, line ${own.line}` },
    {
      value: ours,
      from: `${answer.calculation.described.suite ?? 'the tunnel'} at link MTU ${answer.calculation.linkMtu}`,
    },
  ];
  const inside =
    answer.calculation.tunnelMtu === ours
      ? ''
      : `; ${answer.calculation.tunnelMtu} of it is left for packets in the ${answer.association.payload.toUpperCase()} tunnel inside`;
  if (own.value === ours)
    return {
      code: 'device-mtu-agrees',
      severity: 'info',
      says: `${own.field} ${own.value} (line ${own.line}) agrees with the computed ${ours}${inside}`,
      evidence,
    };
  const more = own.value > ours;
  if (own.value < ours && tinyMtu(own.value))
    return notPlausible(`${own.field} ${own.value} (line ${own.line})`, MTU_FITS, evidence);
  return {
    code: 'device-mtu-differs',
    // Smaller than what fits is safe; larger than what fits is not.
    severity: more ? 'warning' : 'info',
    says: `${own.field} ${own.value} (line ${own.line}) is ${Math.abs(own.value - ours)} ${more ? 'above' : 'below'} the computed ${ours}${inside}: ${likelyReason(own, ours, answer)}`,
    evidence,
    fix: more
      ? `take ${ours} until a measurement shows more fits: mtucalc probe`
      : 'the smaller of the two is safe; mtucalc probe measures which one holds',
  };
}

/** Rows that could limit and have no figure: the answer holds for the others only. */
function withoutFigure(without: readonly RowGroup[], all: number): Finding {
  const [first] = without;
  return {
    code: 'row-without-figure',
    severity: 'warning',
    says: `${without.length} of ${all} rows ${without.length === 1 ? 'has' : 'have'} no figure (line ${first?.row.line}: ${first?.row.missing}): the value is safe for the others only`,
    evidence: without.slice(0, 10).map(({ row }) => ({ value: row.suite, from: `line ${row.line}` })),
    fix: 'give --cipher for a transform of the same lengths, or a row of your own with --ciphers',
  };
}

/** ASA's pair: worst case with a whole block of padding counted, and what precedes the inner packet. */
function asaOverhead(own: { most: number; header: number; line: number }, answer: Answered, line: number): Finding {
  const { overhead, packet } = answer.calculation;
  const inner = packet.findIndex(({ name }) => name === 'inner');
  const header = packet.slice(0, inner).reduce((sum, { octets }) => sum + octets, 0);
  const evidence = [
    { value: `${own.most}(${own.header})`, from: `ipsec overhead, line ${own.line}` },
    { value: overhead.most, from: 'the most a packet grows' },
    { value: header, from: 'octets before the inner packet' },
  ];
  // A whole block where RFC 4303 §2.4 needs at most one octet less; of a combined mode one octet, where it needs up to
  // three.
  const more = own.most - overhead.most;
  const aead = overhead.most - overhead.least === 3;
  const agrees = own.header === header && (more === 1 || more === 0 || (aead && more === -2));
  const counted =
    more === 0 ? '' : more > 0 ? ' (ASA counts one octet of padding more)' : ' (ASA leaves out 2 of padding)';
  const spare = answer.calculation.tunnelMtu - (answer.calculation.linkMtu - own.most);
  const subtracted = spare < 0 ? `leave ${-spare} octets too many` : `waste ${spare} octets`;
  return {
    code: agrees ? 'device-overhead-agrees' : 'device-overhead-differs',
    severity: agrees ? 'info' : 'warning',
    says: agrees
      ? `ipsec overhead ${own.most}(${own.header}) (line ${own.line}) agrees: ${overhead.most} at most${counted}, ${header} before the inner packet; subtracting ${own.most} would ${subtracted}`
      : `ipsec overhead ${own.most}(${own.header}) (line ${own.line}) does not fit the SA of line ${line}, whose packets grow by ${overhead.most} at most with ${header} octets before the inner packet`,
    evidence,
  };
}

/** The two directions of one tunnel with different room. */
function differentDirections(groups: readonly RowGroup[]): Finding[] {
  const findings: Finding[] = [];
  const pairs = new Map<string, RowGroup>();
  for (const group of groups) {
    const first = group.members[0];
    if (first?.kind !== 'sa' || group.answer === null || first.source === null || first.destination === null) continue;
    const key = [first.name, ...[first.source, first.destination].sort()].join(' ');
    const other = pairs.get(key);
    const before = other?.members[0];
    if (!other || !before) {
      pairs.set(key, group);
      continue;
    }
    const opposite =
      before.direction !== null ? before.direction !== first.direction : before.source === first.destination;
    if (!opposite || other.row.tunnelMtu === group.row.tunnelMtu) continue;
    findings.push({
      code: 'directions-differ',
      severity: 'warning',
      says: `the two directions between ${first.source} and ${first.destination} differ: ${other.row.suite} leaves ${other.row.tunnelMtu}, ${group.row.suite} ${group.row.tunnelMtu}; the smaller is safe both ways`,
      evidence: [
        { value: other.row.tunnelMtu ?? 0, from: `line ${other.row.line}` },
        { value: group.row.tunnelMtu ?? 0, from: `line ${group.row.line}` },
      ],
    });
  }
  return findings;
}

/** Of several rows of one interface (peers, suites) the one with the least room. */
const least = (groups: readonly RowGroup[]): RowGroup | undefined =>
  [...groups].sort((a, b) => (a.row.tunnelMtu ?? 0) - (b.row.tunnelMtu ?? 0))[0];

/** A tunnel interface or route with an MTU of its own against the row it belongs to. */
function interfaceMtu(link: LinkReading, groups: readonly RowGroup[], limiting: RowGroup): Finding | null {
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

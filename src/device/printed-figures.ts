import type { Finding } from '../finding.js';
import { calculate } from '../mtu/calculate.js';
import { bareSa, likelyReason } from './likely-reason.js';
import { MTU_FITS, notPlausible, tinyMtu } from './not-plausible.js';
import type { Association, PrintedMtu } from './reading.js';
import type { Answered } from './request.js';
import type { RowGroup } from './rows.js';

/** What devices print of their SAs, MTU and overhead, against the computed figures; a line printed once is said once. */
export function printedFigures(groups: readonly RowGroup[]): Finding[] {
  const said = new Set<number>();
  const isNew = (line: number): boolean => !said.has(line) && Boolean(said.add(line));
  return groups.flatMap(({ members: [first], answer }) => {
    if (answer === null || first === undefined) return [];
    const { ownMtu, ownOverhead, line } = first;
    return [
      ...(ownMtu !== null && isNew(ownMtu.line) ? [ownFigure(ownMtu, answer)] : []),
      ...(ownOverhead !== null && isNew(ownOverhead.line) ? [asaOverhead(ownOverhead, answer, line)] : []),
    ];
  });
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

/** ASA's pair: worst case with a whole block of padding counted, and what precedes the inner packet. */
function asaOverhead(own: NonNullable<Association['ownOverhead']>, answer: Answered, line: number): Finding {
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

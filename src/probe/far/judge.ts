import type { Finding } from '../../finding.js';
import { IPV4_HEADER } from '../../packet/ipv4.js';
import { IPV6_HEADER } from '../../packet/ipv6.js';
import { TCP_HEADER_MINIMUM } from '../../packet/tcp.js';
import { placeText } from '../judge/words.js';
import type { Clamp, MssOnWay, WayResult } from './result.js';

/** Fixed IP and TCP header: what is added to an MSS to get a packet. Octets. */
export const tcpHeaders = (family: 4 | 6): number => (family === 4 ? IPV4_HEADER : IPV6_HEADER) + TCP_HEADER_MINIMUM;

const lowered = ({ sent, arrives }: MssOnWay): boolean | null =>
  sent === null || arrives === null ? null : arrives < sent;

/** Only what arrived at one end and was sent by the other counts: one unknown makes it unknown. */
export function clampOf(there: MssOnWay, back: MssOnWay): Clamp {
  const [syn, answer] = [lowered(there), lowered(back)];
  if (syn === null || answer === null) return 'unknown';
  if (syn && answer) return there.arrives === back.arrives ? 'both' : 'different';
  return syn ? 'there' : answer ? 'back' : 'none';
}

const other = { there: 'back', back: 'there' } as const;
const carries = { there: 'SYN', back: 'SYN/ACK' } as const;

/** What is worth saying of the two directions together; each by its own evidence. */
export function findingsOfWays(there: WayResult, back: WayResult, clamp: Clamp, family: 4 | 6): Finding[] {
  const ways = { there, back };
  return [
    ...ofSize(there),
    ...ofSize(back),
    ...differing(there, back),
    ...ofClamp(there, back, clamp),
    ...ofTcp(there, ways.back, family),
    ...ofTcp(back, ways.there, family),
    ...ofPieces(there),
    ...ofPieces(back),
  ];
}

function ofSize({ way, pathMtu, interval, verdict, bottleneck, ptb }: WayResult): Finding[] {
  if (verdict === null || verdict === 'fits' || verdict === 'local-limit') return [];
  const size = pathMtu !== undefined ? `${pathMtu}` : `between ${interval?.low} and ${interval?.high}`;
  const where = bottleneck ? ` behind ${placeText(bottleneck.after)}` : '';
  const from = `what arrived at the ${way === 'there' ? 'far' : 'near'} end`;
  const evidence = [
    { value: size, from },
    ...ptb.map((one) => ({ value: one.mtu ?? 'no number', from: `PTB of ${one.from}` })),
  ];
  if (verdict === 'black-hole') {
    const says = `${way}: packets above ${size} vanish${where}, and no Packet Too Big comes back to their sender`;
    return [{ code: 'way-black-hole', severity: 'problem', says, evidence }];
  }
  if (verdict === 'df-cleared') {
    const says = `${way}: what is above ${size} arrives in fragments although it was sent with DF: a router clears DF${where}`;
    return [{ code: 'way-df-cleared', severity: 'warning', says, evidence }];
  }
  if (verdict === 'pmtud-works') {
    const says = `${way}: ${size}${where}, and its sender is told so by a Packet Too Big`;
    return [{ code: 'way-pmtud-works', severity: 'info', says, evidence }];
  }
  const says = `${way}: ${size} (${verdict})${where}`;
  return [{ code: 'way-uncertain', severity: 'warning', says, evidence }];
}

function differing(there: WayResult, back: WayResult): Finding[] {
  if (there.pathMtu === undefined || back.pathMtu === undefined || there.pathMtu === back.pathMtu) return [];
  const says = `The two ways differ: there ${there.pathMtu}, back ${back.pathMtu}`;
  const evidence = [
    { value: there.pathMtu, from: 'there' },
    { value: back.pathMtu, from: 'back' },
  ];
  return [{ code: 'ways-differ', severity: 'warning', says, evidence }];
}

function ofClamp(there: WayResult, back: WayResult, clamp: Clamp): Finding[] {
  if (clamp === 'none' || clamp === 'unknown') return [];
  const place = ({ mss: { rewritten } }: WayResult): string =>
    rewritten ? ` between ${placeText(rewritten.after)} and ${placeText(rewritten.before)}` : '';
  const path = (one: WayResult): string =>
    lowered(one.mss)
      ? `${carries[one.way]} ${one.mss.sent} -> ${one.mss.arrives}${place(one)}`
      : `${carries[one.way]} ${one.mss.sent} unclamped`;
  const kind = {
    there: 'a clamp one way only',
    back: 'a clamp one way only',
    both: 'a clamp both ways',
    different: 'clamps of different size',
  }[clamp];
  const says = `${kind}: ${path(there)}, ${path(back)}`;
  const evidence = [there, back].map(({ way, mss }) => ({
    value: mss.arrives as number,
    from: `MSS of the ${carries[way]} as it arrived (${mss.shownBy})`,
  }));
  return [
    {
      code: clamp === 'both' ? 'clamp' : 'clamp-uneven',
      severity: clamp === 'both' ? 'info' : 'warning',
      says,
      evidence,
    },
  ];
}

/** Data of one way is bounded by the MSS that arrived the other way. */
function ofTcp(way: WayResult, opposite: WayResult, family: 4 | 6): Finding[] {
  const { tcp, pathMtu, verdict } = way;
  if (tcp.fate === 'no-connection') return [];
  const limit = opposite.mss.arrives;
  const headers = tcpHeaders(family);
  const tooLarge = pathMtu !== undefined && limit !== null && limit + headers > pathMtu;
  if (tcp.fate === 'passes') return [];
  const name = carries[opposite.way];
  const why = tooLarge
    ? `: the ${name} arrives with MSS ${limit}, so segments of ${limit + headers} octets go ${way.way}, where ${pathMtu} fit`
    : '';
  const fix =
    pathMtu !== undefined && verdict === 'black-hole'
      ? `clamp the MSS of the ${name} going ${other[way.way]} to ${pathMtu - headers}, on a router of the path: mtucalc snippet BOX --link-mtu ${pathMtu} --wan-if INTERFACE`
      : undefined;
  const evidence = [
    { value: limit ?? 'unknown', from: `MSS of the ${name} as it arrived` },
    { value: pathMtu ?? 'unknown', from: `path MTU ${way.way}` },
  ];
  const says = `${way.way}: a TCP connection opens and its full segments do not arrive${why}`;
  return [{ code: 'way-tcp-hangs', severity: 'problem', says, evidence, ...(fix === undefined ? {} : { fix }) }];
}

function ofPieces({ way, fragments }: WayResult): Finding[] {
  if (fragments !== 'lost') return [];
  const says = `${way}: datagrams in fragments do not arrive: what does not fit is lost even without DF (IKE with certificates, DNS)`;
  return [
    {
      code: 'way-fragments-lost',
      severity: 'warning',
      says,
      evidence: [{ value: 'lost', from: `fragments sent ${way}` }],
    },
  ];
}

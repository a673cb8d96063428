import type { MssSeen, ProbeResult } from '../result.js';
import { tcpHeaders } from './judge.js';
import { type ArrivedSyn, SESSION_LIMITS } from './message.js';
import type { MssOnWay, TcpOnWay, WayResult } from './result.js';
import { arrivedMss } from './saved-syn.js';

/** One direction measured by UDP. */
export interface UdpFacts {
  readonly measured: ProbeResult;
  readonly fragments: 'arrive' | 'lost' | null;
  /** Largest piece of a datagram that was sent with DF and came in several; null: none did. */
  readonly pieces: number | null;
  readonly ptb: WayResult['ptb'];
}

/** One connection with full segments both ways; octets. */
export interface BulkFacts {
  readonly tcp: { readonly syn: ArrivedSyn | null; readonly sent: number | null } | undefined;
  readonly sent: number | null;
  readonly sendMax: number | null;
  readonly pathMtu: number | null;
  readonly there: { readonly octets: number; readonly segment: number | null };
  readonly back: { readonly octets: number; readonly segment: number | null };
}

/** All that was seen of one direction, in one value. */
export function wayOf(
  way: 'there' | 'back',
  family: 4 | 6,
  udp: UdpFacts | null,
  bulk: BulkFacts | null,
  quoted: MssSeen | null,
): WayResult {
  const mss = way === 'there' ? mssThere(bulk, quoted) : mssBack(bulk, quoted, family);
  const syn = way === 'there' ? (bulk?.tcp?.syn ?? null) : null;
  const cleared = (udp !== null && udp.pieces !== null) || syn?.df === false;
  // An IPv6 header has no such bit.
  const df = family === 6 ? null : cleared ? 'cleared' : syn ? 'kept' : null;
  const base = { way, fragments: udp?.fragments ?? null, df, mss, tcp: tcpOf(way, family, bulk) } as const;
  if (!udp) return { ...base, verdict: null, bottleneck: null, ptb: [], probes: 0, loss: 0 };
  const { pathMtu, interval, verdict, bottleneck, probes, loss } = udp.measured;
  return {
    ...base,
    ...(pathMtu === undefined ? {} : { pathMtu }),
    ...(interval === undefined ? {} : { interval }),
    verdict: cleared && (verdict === 'black-hole' || verdict === 'inconclusive') ? 'df-cleared' : verdict,
    // A fragment that expires at a hop does not show that the whole packet came there.
    bottleneck: cleared ? null : bottleneck,
    ptb: udp.ptb,
    probes,
    loss,
  };
}

/** The far end's kernel kept the SYN as it came; a router's quote says where it was changed. */
function mssThere(bulk: BulkFacts | null, quoted: MssSeen | null): MssOnWay {
  const arrives = bulk?.tcp?.syn?.mss ?? null;
  const rewritten = quoted?.rewritten ?? null;
  if (arrives !== null) return { sent: bulk?.sent ?? null, arrives, shownBy: 'receiver', rewritten };
  // A quote shows how far it came, and not how it arrived.
  return { sent: bulk?.sent ?? quoted?.sent ?? null, arrives: null, shownBy: null, rewritten };
}

/** Our own kernel sends no more than the SYN/ACK allowed; a raw socket reads the SYN/ACK itself. */
function mssBack(bulk: BulkFacts | null, quoted: MssSeen | null, family: 4 | 6): MssOnWay {
  const sent = bulk?.tcp?.sent ?? null;
  const known =
    bulk && bulk.sendMax !== null && bulk.pathMtu !== null
      ? arrivedMss(bulk.sendMax, bulk.pathMtu, tcpHeaders(family), sent)
      : null;
  const arrives = known ?? quoted?.answer ?? null;
  const shownBy = known !== null ? 'receiver' : arrives !== null ? 'raw socket' : null;
  return { sent, arrives, shownBy, rewritten: null };
}

function tcpOf(way: 'there' | 'back', family: 4 | 6, bulk: BulkFacts | null): TcpOnWay {
  if (!bulk) return { fate: 'no-connection', largest: null };
  const { octets, segment } = bulk[way];
  const passes = octets >= SESSION_LIMITS.bulk;
  return {
    fate: passes ? 'passes' : 'hangs',
    largest: segment === null || !passes ? null : segment + tcpHeaders(family),
  };
}

/** What could not be known, each with what would tell it. */
export function unknownOf({
  greeting,
  koffi,
  far,
  there,
  back,
}: {
  readonly greeting: unknown;
  readonly koffi: boolean;
  readonly far: { readonly udp: boolean; readonly syn: boolean; readonly port: number };
  readonly there: WayResult;
  readonly back: WayResult;
}): string[] {
  const says: string[] = [];
  if (!koffi)
    says.push('path MTU of both ways and the SYN/ACK as it arrived: the package koffi is not here (mtucalc doctor)');
  else if (!far.udp) says.push(`path MTU of both ways: the far end has no koffi, or its UDP port ${far.port} is taken`);
  else if (greeting === 'silence')
    says.push(
      `path MTU of both ways: nothing arrived at UDP port ${far.port} of the far end; a filter there or on the way must let it in`,
    );
  else if (greeting === 'no-answer')
    says.push(
      `path MTU of both ways: UDP arrives at port ${far.port} of the far end and its answer does not come back`,
    );
  if (!far.syn) says.push('the SYN as it arrived: the far end has no koffi, or is not Linux');
  if (there.tcp.fate === 'no-connection')
    says.push(
      `everything of TCP: no connection to port ${far.port} of the far end; a filter there or on the way must let it in`,
    );
  else if (koffi && back.mss.arrives === null)
    says.push('the MSS of the SYN/ACK: it is not below what the MTU of this host leaves room for');
  if (there.df === null && there.verdict !== null && there.mss.shownBy === null)
    says.push('DF as it arrived there: only a saved SYN shows it');
  if (back.verdict !== null && back.df === null)
    says.push('DF as it arrives here on packets that come whole: an ordinary socket does not show it');
  return says;
}

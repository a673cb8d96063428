import { fixedHeaders } from '../../mtu/mss.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { toNanosecond } from '../nanosecond.js';
import { formatAddress } from './address.js';
import { timesAt, wordsAt } from './direction-place.js';
import { D, F, FLAG, FT, ROW_TIMES, ROW_WORDS, T } from './flow-columns.js';
import type { AskedFacts, DirectionFacts, FlowFacts } from './flow-facts.js';
import { readMeta } from './flow-key.js';
import type { FlowTable } from './flow-table.js';
import { U } from './udp-columns.js';

/** Rows, by number, wherever they stand. */
export type FlowRows = Pick<FlowTable, 'words' | 'times' | 'last'>;

/** The row of one flow as plain values, for the detectors and the report. Called once per flow worth a look. */
export function factsOf(table: FlowRows, row: number, now: number): FlowFacts {
  const { words, times } = table;
  const meta = readMeta(words[row * ROW_WORDS]!);
  const at = row * ROW_WORDS;
  const doubles = row * ROW_TIMES;
  const client = words[at + F.CLIENT]!;
  const rtt = times[doubles + FT.RTT]!;
  const quiet = times[doubles + FT.QUIET]!;
  const devices = words[at + F.DEVICES]!;
  const udp = meta.protocol !== PROTOCOL_NUMBER.tcp;
  const lower = endpoint(table, row, 0, meta.family);
  const higher = endpoint(table, row, 1, meta.family);
  return {
    protocol: meta.protocol === PROTOCOL_NUMBER.tcp ? 'tcp' : 'udp',
    family: meta.family,
    point: meta.point,
    inner: meta.inner,
    firstFrame: words[at + F.FIRST_FRAME]!,
    frames: words[wordsAt(row, 0) + D.PACKETS]! + words[wordsAt(row, 1) + D.PACKETS]!,
    start: toNanosecond(times[doubles + FT.FIRST]!),
    seconds: toNanosecond(table.last[row]! - times[doubles + FT.FIRST]!),
    quiet: quiet > 0 ? { seconds: toNanosecond(quiet), frame: words[at + F.QUIET_FRAME]! } : null,
    idle: toNanosecond(Math.max(0, now - table.last[row]!)),
    devices: [devices & 0xffff ? (devices & 0xffff) - 1 : null, devices >>> 16 ? (devices >>> 16) - 1 : null],
    rtt: rtt > 0 ? toNanosecond(rtt) : null,
    client: client === 0 ? null : client === 1 ? 0 : 1,
    directions: [
      directionOf(table, row, 0, lower, higher, meta.family, udp, now),
      directionOf(table, row, 1, higher, lower, meta.family, udp, now),
    ],
  };
}

function endpoint(table: FlowRows, row: number, side: number, family: 4 | 6): string {
  const at = row * ROW_WORDS;
  const ports = table.words[at + 1]!;
  const port = side === 0 ? ports >>> 16 : ports & 0xffff;
  const address = formatAddress(table.words, at + 2 + side * 4, family);
  return family === 4 ? `${address}:${port}` : `[${address}]:${port}`;
}

function directionOf(
  table: FlowRows,
  row: number,
  side: number,
  from: string,
  to: string,
  family: 4 | 6,
  udp: boolean,
  now: number,
): DirectionFacts {
  const { words, times } = table;
  const d = wordsAt(row, side);
  const p = wordsAt(row, 1 - side);
  const t = timesAt(row, side);
  const w = (column: number): number => words[d + column]!;
  const flags = w(D.FLAGS);
  const peerMss = words[p + D.MSS]!;
  const largestIp = w(D.LARGEST_IP);
  return {
    from,
    to,
    packets: w(D.PACKETS),
    segments: w(D.SEGMENTS),
    octets: times[t + T.OCTETS]!,
    finished: (flags & FLAG.FIN) !== 0,
    reset: (flags & FLAG.RST) !== 0,
    mss: w(D.MSS) > 0 ? w(D.MSS) : null,
    mssFrame: w(D.MSS_FRAME),
    isn: flags & (FLAG.SYN | FLAG.SYN_ACK) ? w(D.ISN) >>> 0 : null,
    synTtl: w(D.SYN_TTL),
    sackPermitted: (flags & FLAG.SACK_PERMITTED) !== 0,
    zeroWindow: (flags & FLAG.ZERO_WINDOW) !== 0,
    wasShut: (flags & FLAG.WAS_SHUT) !== 0,
    largestPayload: w(D.LARGEST_PAYLOAD),
    largestIp,
    largestFrame: w(D.LARGEST_FRAME),
    atLargest: w(D.AT_LARGEST),
    options: w(D.OPTIONS),
    headroom: peerMss > 0 && largestIp > 0 && w(D.MERGED) === 0 ? peerMss + fixedHeaders(family) - largestIp : null,
    withDf: w(D.WITH_DF),
    withoutDf: w(D.WITHOUT_DF),
    retransmitted: w(D.RETRANSMITTED),
    retransmittedFull: w(D.RETRANSMITTED_FULL),
    lossEpisodes: w(D.EPISODES),
    duplicates: w(D.DUPLICATES),
    deliveredIp: w(D.DELIVERED_IP),
    outstanding: flags & FLAG.ACKED ? Math.max(0, (w(D.NEXT) - w(D.UNA)) | 0) : 0,
    acknowledged: (flags & FLAG.ACKED) !== 0,
    smallBehind:
      (flags & (FLAG.ACKED | FLAG.SMALL)) === (FLAG.ACKED | FLAG.SMALL) && ((w(D.SMALL_END) - w(D.UNA)) | 0) > 0,
    echoed: (flags & FLAG.ECHOED) !== 0,
    keepAlives: flags & FLAG.PROBED ? w(D.KEEPALIVES) : 0,
    run:
      flags & FLAG.RUN
        ? {
            count: w(D.RUN_COUNT),
            ip: w(D.RUN_IP),
            start: toNanosecond(times[t + T.RUN_FIRST]!),
            seconds: toNanosecond(times[t + T.RUN_LAST]! - times[t + T.RUN_FIRST]!),
            firstFrame: w(D.RUN_FIRST_FRAME),
            lastFrame: w(D.RUN_LAST_FRAME),
            life: w(D.RUN_LIFE),
            small: w(D.RUN_SMALL),
          }
        : null,
    stall:
      w(D.STALL_COUNT) > 0
        ? {
            count: w(D.STALL_COUNT),
            ip: w(D.STALL_IP),
            to: w(D.STALL_TO),
            life: w(D.STALL_LIFE),
            start: toNanosecond(times[t + T.STALL]!),
            seconds: toNanosecond(times[t + T.STALL_SECONDS]!),
            firstFrame: w(D.STALL_FRAME),
            lastFrame: w(D.STALL_END_FRAME),
          }
        : null,
    ptb:
      w(D.PTB_MTU) > 0
        ? {
            count: w(D.PTB),
            mtu: w(D.PTB_MTU),
            highest: w(D.PTB_HIGHEST),
            firstFrame: w(D.PTB_FRAME),
            lowestFrame: w(D.PTB_LOW_FRAME),
            overInGrace: w(D.OVER_GRACE),
            overAfter: w(D.OVER_AFTER),
            overFrame: w(D.OVER_FRAME),
            overLastFrame: w(D.OVER_LAST_FRAME),
            shrunkTo: w(D.SHRUNK_TO) || null,
            shrunkFrame: w(D.SHRUNK_FRAME),
            shrunkSeconds: w(D.SHRUNK_TO) > 0 ? toNanosecond(times[t + T.SHRUNK]! - times[t + T.PTB]!) : null,
          }
        : null,
    oddPtb:
      w(D.PTB_ODD) > 0
        ? {
            count: w(D.PTB_ODD),
            mtu: w(D.PTB_ODD_MTU),
            frame: w(D.PTB_ODD_FRAME),
            quoted: w(D.PTB_QUOTED),
            largestAfter: w(D.AFTER_ODD),
          }
        : null,
    ptbBehind:
      w(D.PTB_BEHIND) > 0
        ? { count: w(D.PTB_BEHIND), mtu: w(D.PTB_ODD_MTU), quoted: w(D.PTB_QUOTED), frame: w(D.PTB_ODD_FRAME) }
        : null,
    aboveMss:
      w(D.ABOVE_MSS) > 0
        ? {
            count: w(D.ABOVE_MSS),
            largest: w(D.ABOVE_LARGEST),
            frame: w(D.ABOVE_FRAME),
            retransmitted: w(D.ABOVE_AGAIN),
            split: w(D.ABOVE_SPLIT),
            partial: (flags & FLAG.ABOVE_PARTIAL) !== 0,
          }
        : null,
    merged: w(D.MERGED) > 0 ? { count: w(D.MERGED), largest: w(D.MERGED_LARGEST), frame: w(D.MERGED_FRAME) } : null,
    sack:
      w(D.SACKS) > 0
        ? {
            acknowledgements: w(D.SACKS),
            blocks: w(D.SACK_BLOCKS),
            longest: w(D.SACK_LONGEST),
            hole: w(D.SACK_HOLE),
            pieces: w(D.SACK_SHORT) === 1,
            frame: w(D.SACK_FRAME),
          }
        : null,
    gap:
      flags & FLAG.GAP
        ? {
            octets: (w(D.GAPS + 1) - w(D.GAPS)) | 0,
            frame: w(D.GAP_FRAME),
            start: toNanosecond(times[t + T.GAP]!),
            seconds: toNanosecond(Math.max(0, now - times[t + T.GAP]!)),
            behind: w(D.BEHIND),
            behindIp: w(D.BEHIND_IP),
          }
        : null,
    late:
      w(D.LATE_OCTETS) > 0
        ? {
            octets: w(D.LATE_OCTETS),
            seconds: toNanosecond(times[t + T.LATE]!),
            frame: w(D.LATE_FRAME),
            ip: w(D.LATE_IP),
          }
        : null,
    asked: udp ? askedOf(words, d) : null,
  };
}

function askedOf(words: Int32Array, d: number): AskedFacts {
  const w = (column: number): number => words[d + column]!;
  const lost = { ip: w(U.UNANSWERED_IP), firstFrame: w(U.UNANSWERED_FIRST), lastFrame: w(U.UNANSWERED_LAST) };
  const count = w(U.MOST_WAITS);
  const waits = { count, ip: w(U.MOST_WAITS_IP), firstFrame: w(U.MOST_WAITS_FIRST), lastFrame: w(U.MOST_WAITS_LAST) };
  return {
    answered: { small: w(U.ANSWERED_SMALL), large: w(U.ANSWERED_LARGE) },
    unanswered: { small: w(U.UNANSWERED_SMALL), large: w(U.UNANSWERED_LARGE), again: w(U.UNANSWERED_AGAIN) },
    lost: lost.ip > 0 ? lost : null,
    waits: count > 0 ? waits : null,
  };
}

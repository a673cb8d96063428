// AssemblyScript. What `accountTcp` of src/analyze/flow does for a segment that is next in sequence where nothing is lost,
// and for the SYNs that begin a connection. `mine` and `peer` are the words of the two directions.
import { CALM, D, FLAG, SHORTER, T } from '../src/analyze/flow/flow-columns';
import { SEEN } from '../src/analyze/flow/seen-segments';
import { ETHERNET_MTU, SMALL_PACKET } from '../src/analyze/flow/sizes';
import {
  MSS_OPTION,
  STAMPS_HEADER,
  STAMPS_WORD,
  TCP_FIELD,
  TCP_FLAG,
  TCP_HEADER_MINIMUM,
  TCP_OPTION,
  TCP_OPTION_FIELD,
} from '../src/packet/tcp';
import { change, column, half, increase, word } from './memory';

/** Flags that decide nothing here. */
const SILENT: i32 = TCP_FLAG.psh | TCP_FLAG.urg | TCP_FLAG.ece | TCP_FLAG.cwr;

/** What the SYN that was read last announces: -1 where it has no such option. */
export let synMss: i32 = -1;
let synSack: bool = false;

/**
 * Octets of the TCP header of an acknowledgement or a FIN with no options but timestamps and an open window, or of a SYN whose
 * header is whole; -1 for every other.
 */
export function headerOf(tcp: usize, captured: i32): i32 {
  if (captured < TCP_HEADER_MINIMUM) return -1;
  const flags: i32 = <i32>load<u8>(tcp + TCP_FIELD.flags) & ~SILENT;
  const header = headerLength(tcp);
  if (flags === TCP_FLAG.syn) return header >= TCP_HEADER_MINIMUM && header <= captured ? header : -1;
  if (half(tcp + TCP_FIELD.window) === 0) return -1;
  if (flags === (TCP_FLAG.syn | TCP_FLAG.ack)) return header >= TCP_HEADER_MINIMUM && header <= captured ? header : -1;
  if ((flags & ~TCP_FLAG.fin) !== TCP_FLAG.ack) return -1;
  if (header === STAMPS_HEADER && captured >= STAMPS_HEADER)
    return word(tcp + TCP_HEADER_MINIMUM) === STAMPS_WORD ? header : -1;
  return header === TCP_HEADER_MINIMUM ? header : -1;
}

export function headerLength(tcp: usize): i32 {
  return (<i32>(load<u8>(tcp + TCP_FIELD.dataOffset) >> 4)) << 2;
}

export function isSyn(tcp: usize): bool {
  return (load<u8>(tcp + TCP_FIELD.flags) & TCP_FLAG.syn) !== 0;
}

export function hasAck(tcp: usize): bool {
  return (load<u8>(tcp + TCP_FIELD.flags) & TCP_FLAG.ack) !== 0;
}

/** Reads the options of a SYN, as decode-tcp.ts does; false where they contradict themselves, or hold what no SYN has. */
export function readSyn(tcp: usize): bool {
  synMss = -1;
  synSack = false;
  const end = tcp + headerLength(tcp);
  let at = tcp + TCP_HEADER_MINIMUM;
  while (at < end) {
    const kind: i32 = load<u8>(at);
    if (kind === TCP_OPTION.end) break;
    if (kind === TCP_OPTION.noOperation) {
      at++;
      continue;
    }
    if (at + TCP_OPTION_FIELD.length >= end) return false;
    const length: usize = load<u8>(at + TCP_OPTION_FIELD.length);
    if (length < <usize>TCP_OPTION_FIELD.value || at + length > end || kind === TCP_OPTION.sack) return false;
    if (kind === TCP_OPTION.mss && length === <usize>MSS_OPTION) synMss = half(at + TCP_OPTION_FIELD.value);
    else if (kind === TCP_OPTION.sackPermitted) synSack = true;
    at += length;
  }
  return true;
}

/** Whether the peer's direction is such that an acknowledgement changes nothing but what `acknowledge` below changes. */
export function mayAcknowledge(mine: usize, peer: usize): bool {
  return (
    column(mine, D.SACK_BLOCKS) === 0 &&
    (column(peer, D.FLAGS) & CALM.peer) === FLAG.SEQ &&
    column(peer, D.ABOVE_MSS) === 0
  );
}

/** Whether a segment is the next in sequence; behind a FIN an acknowledgement is one further. */
export function isNext(mine: usize, tcp: usize, payload: i32): bool {
  const flags = column(mine, D.FLAGS);
  if ((flags & CALM.sender) !== FLAG.SEQ) return false;
  const ahead = word(tcp + TCP_FIELD.sequence) - column(mine, D.NEXT);
  return ahead === 0 || (ahead === 1 && payload === 0 && (flags & FLAG.FIN) !== 0);
}

/** Whether the size of data is one that its sender may send, as far as is known: no PTB, no more than the MSS, not merged by offload. */
export function isAllowed(mine: usize, peer: usize, length: i32, payload: i32, options: i32): bool {
  const mss = column(peer, D.MSS);
  if (column(mine, D.PTB) !== 0 || (mss > 0 && payload > mss)) return false;
  return length <= ETHERNET_MTU || length <= column(mine, D.MSS) + length - payload - options;
}

/** `seenAt`: the segments seen last; `row`: words from the first row to `mine`. */
export function noteData(
  mine: usize,
  tcp: usize,
  seenAt: usize,
  row: u32,
  id: i32,
  length: i32,
  payload: i32,
  df: bool,
  frame: i32,
): void {
  const sequence = word(tcp + TCP_FIELD.sequence);
  const end = sequence + payload;
  noteSeen(tcp, seenAt, row, id);
  change(mine, D.NEXT, end);
  const largest = column(mine, D.LARGEST_IP);
  if (length + SHORTER < largest) {
    if (sequence !== column(mine, D.SHORT_TO)) change(mine, D.SHORT_FROM, sequence);
    change(mine, D.SHORT_TO, end);
  }
  if (length <= SMALL_PACKET) {
    change(mine, D.FLAGS, (column(mine, D.FLAGS) | FLAG.SMALL) & ~FLAG.ECHOED);
    change(mine, D.SMALL_END, end);
  }
  noteSize(mine, tcp, length, payload, df, frame);
}

/** For the copies of a frame. */
export function noteSeen(tcp: usize, seenAt: usize, row: u32, id: i32): void {
  const sequence = word(tcp + TCP_FIELD.sequence);
  const checksum = half(tcp + TCP_FIELD.checksum);
  const hash: u32 = <u32>sequence ^ (row * 0x9e3779b1) ^ (<u32>(id === 0 ? checksum + 65536 : id) * 0x85ebca6b);
  const place = seenAt + ((<usize>((hash ^ (hash >>> 15)) & (SEEN - 1))) << 3);
  store<u32>(place, hash);
  store<i32>(place, checksum, 4);
}

/** Data, also the first of a connection: how many, how large, and what is waited for. */
export function noteSize(mine: usize, tcp: usize, length: i32, payload: i32, df: bool, frame: i32): void {
  const sequence = word(tcp + TCP_FIELD.sequence);
  const largest = column(mine, D.LARGEST_IP);
  increase(mine, D.SEGMENTS);
  if (length === largest) increase(mine, D.AT_LARGEST);
  else if (length > largest) noteLargest(mine, tcp, length, payload, frame);
  increase(mine, df ? D.WITH_DF : D.WITHOUT_DF);
  notePending(mine, sequence, sequence + payload, length);
}

function noteLargest(mine: usize, tcp: usize, length: i32, payload: i32, frame: i32): void {
  change(mine, D.LARGEST_IP, length);
  change(mine, D.LARGEST_PAYLOAD, payload);
  change(mine, D.LARGEST_FRAME, frame);
  change(mine, D.AT_LARGEST, 1);
  change(mine, D.OPTIONS, headerLength(tcp) - TCP_HEADER_MINIMUM);
}

/** As in size-watch.ts, of data that was not sent before. */
function notePending(mine: usize, sequence: i32, end: i32, length: i32): void {
  let flags = column(mine, D.FLAGS);
  if ((flags & FLAG.PEND) !== 0) {
    const held = column(mine, D.PEND_IP);
    if (length <= held) {
      if (length < held && column(mine, D.PEND_END) - sequence > 0 && end - column(mine, D.PEND_SEQ) > 0)
        change(mine, D.FLAGS, flags & ~FLAG.PEND);
      return;
    }
  }
  if (length <= column(mine, D.DELIVERED_IP)) return;
  if ((flags & (FLAG.PEND | FLAG.PREVIOUS)) === FLAG.PEND) {
    flags |= FLAG.PREVIOUS;
    change(mine, D.PREVIOUS_END, column(mine, D.PEND_END));
    change(mine, D.PREVIOUS_IP, column(mine, D.PEND_IP));
  }
  change(mine, D.FLAGS, flags | FLAG.PEND);
  change(mine, D.PEND_SEQ, sequence);
  change(mine, D.PEND_END, end);
  change(mine, D.PEND_IP, length);
}

/** The first segment that is seen of a connection, in the middle of it: what it acknowledges is all that is known of the peer. */
export function noteFirst(mine: usize, peer: usize, sequence: i32, payload: i32, acknowledged: i32): void {
  change(mine, D.FLAGS, FLAG.SEQ);
  change(mine, D.NEXT, sequence + payload);
  change(mine, D.UNA, sequence);
  change(peer, D.FLAGS, FLAG.SEQ | FLAG.ACKED);
  change(peer, D.NEXT, acknowledged);
  change(peer, D.UNA, acknowledged);
}

export function noteFin(mine: usize, tcp: usize, length: i32, payload: i32): void {
  if ((load<u8>(tcp + TCP_FIELD.flags) & TCP_FLAG.fin) === 0) return;
  let flags = column(mine, D.FLAGS) | FLAG.FIN;
  if (length <= SMALL_PACKET) {
    flags = (flags | FLAG.SMALL) & ~FLAG.ECHOED;
    change(mine, D.SMALL_END, word(tcp + TCP_FIELD.sequence) + payload + 1);
  }
  change(mine, D.FLAGS, flags);
}

export function acknowledge(peer: usize, acknowledged: i32, bare: bool): void {
  let flags = column(peer, D.FLAGS);
  if ((flags & FLAG.ACKED) !== 0 && acknowledged - column(peer, D.UNA) <= 0) {
    if (bare) change(peer, D.FLAGS, flags | FLAG.ECHOED);
    return;
  }
  change(peer, D.UNA, acknowledged);
  const next = column(peer, D.NEXT);
  if (acknowledged - next > 0) {
    change(peer, D.UNSEEN_FROM, next);
    change(peer, D.UNSEEN_TO, acknowledged);
    change(peer, D.NEXT, acknowledged);
  }
  flags = (flags | FLAG.ACKED) & ~FLAG.ECHOED;
  if ((flags & (FLAG.PEND | FLAG.PREVIOUS)) !== 0) flags = noteArrived(peer, acknowledged, flags);
  change(peer, D.FLAGS, flags);
}

/** The flags that are left when what was acknowledged is known to have arrived. */
function noteArrived(peer: usize, acknowledged: i32, held: i32): i32 {
  let flags = held;
  if ((held & FLAG.PEND) !== 0 && acknowledged - column(peer, D.PEND_END) >= 0) {
    noteDelivered(peer, column(peer, D.PEND_IP));
    flags &= ~FLAG.PEND;
  }
  if ((held & FLAG.PREVIOUS) !== 0 && acknowledged - column(peer, D.PREVIOUS_END) >= 0) {
    noteDelivered(peer, column(peer, D.PREVIOUS_IP));
    flags &= ~FLAG.PREVIOUS;
  }
  return flags;
}

function noteDelivered(peer: usize, length: i32): void {
  if (length > column(peer, D.DELIVERED_IP)) change(peer, D.DELIVERED_IP, length);
}

/** A SYN whose options were read; `sent`: where the times of its direction begin. */
export function noteSyn(mine: usize, sent: usize, tcp: usize, ttl: i32, time: f64, frame: i32): void {
  let flags = column(mine, D.FLAGS) | (hasAck(tcp) ? FLAG.SYN_ACK : FLAG.SYN);
  const lowest = column(mine, D.MSS);
  if (synMss > 0) {
    if (lowest === 0 || synMss < lowest) {
      change(mine, D.MSS, synMss);
      change(mine, D.MSS_FRAME, frame);
    }
  } else flags |= FLAG.NO_MSS;
  if (synSack) flags |= FLAG.SACK_PERMITTED;
  change(mine, D.SYN_TTL, ttl);
  if ((flags & FLAG.SEQ) === 0) {
    const sequence = word(tcp + TCP_FIELD.sequence);
    flags |= FLAG.SEQ;
    change(mine, D.ISN, sequence);
    change(mine, D.NEXT, sequence + 1);
    change(mine, D.UNA, sequence + 1);
    store<f64>(sent + (T.SYN << 3), time);
  }
  change(mine, D.FLAGS, flags);
}

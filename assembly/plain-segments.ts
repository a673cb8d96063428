// AssemblyScript, compiled to WebAssembly by scripts/compile-plain-segments.mjs, which writes the numbers of the columns
// into it. What it does and when, and how it is held to the TypeScript that does the same: src/analyze/flow/plain-segments.ts.
import {
  D,
  DIRECTION_TIMES,
  DIRECTION_WORDS,
  F,
  FLAG,
  FLOW_TIMES,
  FLOW_WORDS,
  FT,
  LONG_PAUSE,
  ROW_WORDS,
  T,
} from '../src/analyze/flow-columns';

export { gathered, gatherPackets, gatherRecords } from './records';

/** Offsets in an Ethernet frame with IPv4 (no options) and TCP: RFC 894, RFC 791 §3.1, RFC 9293 §3.1. */
const ETHER_TYPE: usize = 12;
const VERSION: usize = 14;
const TOTAL_LENGTH: usize = 16;
const ID: usize = 18;
const FRAGMENT: usize = 20;
const PROTOCOL: usize = 23;
const SOURCE: usize = 26;
const DESTINATION: usize = 30;
const PORTS: usize = 34;
const SEQUENCE: usize = 38;
const ACKNOWLEDGEMENT: usize = 42;
const DATA_OFFSET: usize = 46;
const FLAGS: usize = 47;
const WINDOW: usize = 48;
const CHECKSUM: usize = 50;
const OPTIONS: usize = 54;
const ETHERNET_HEADER: i32 = 14;
const IPV4_HEADER: i32 = 20;
const TCP_HEADER: i32 = 20;
/** With two NOPs and timestamps, RFC 7323 appendix A, and nothing else. */
const STAMPED_HEADER: i32 = 32;
const STAMPS: i32 = 0x0101080a;
const TCP: u8 = 6;
const ACK: u8 = 16;
const PSH: u8 = 8;
/** More was put together by offload, or needs a second look. */
const ETHERNET_MTU: i32 = 1500;

/** As in src/analyze/flow/size-watch.ts. */
const SMALL_PACKET: i32 = 600;

/** Columns of `FrameBatch`, octets from its `start`; and of the scratch behind them, four octets a frame each. */
const END: usize = 128;
const ORIGINAL: usize = 256;
const NANOSECONDS: usize = 384;
const SECONDS: usize = 512;
const PAYLOAD: usize = 0;
const DIRECTION: usize = 128;
const HASH: usize = 256;
const LOWER: usize = 384;
const HIGHER: usize = 512;
const BOTH_PORTS: usize = 640;
const ROW: usize = 768;

/** Doubles of the timeline: width of a bucket, buckets used, then a column of buckets each. */
const BUCKETS: i32 = 240;
const TIMELINE_USED: usize = 8;
const TIMELINE_FRAMES: usize = 16;
const TIMELINE_OCTETS: usize = TIMELINE_FRAMES + 240 * 8;
const TIMELINE_LARGEST: usize = TIMELINE_OCTETS + 240 * 8;

/** Doubles of the counters. */
const FRAMES: usize = 0;
const SNAPPED: usize = 8;
const WITH_DF: usize = 16;
const WITH_DATA: usize = 24;
const LARGEST: usize = 32;
const LAST: usize = 40;
const PREVIOUS: usize = 48;

/** As in src/analyze/flow/flow-clock.ts. */
const STEP: f64 = 1;

/** The sender: its sequence is known, it repeats nothing, nothing of it is missing and its window was open. */
const SENDER: i32 = FLAG.SEQ | FLAG.RUN | FLAG.ZERO_WINDOW | FLAG.GAP;
/** The peer: acknowledged before, no loss, no gap, no second candidate, no keep-alive that waits. */
const PEER: i32 = FLAG.SEQ | FLAG.ACKED | FLAG.RUN | FLAG.PREVIOUS | FLAG.GAP | FLAG.PROBED;

/** As in src/analyze/flow/seen-segments.ts. */
const SEEN: i32 = 4096;

let slots: usize = 0;
let mask: u32 = 0;
let rows: usize = 0;
let sizes: usize = 0;
let timeline: usize = 0;
let columns: usize = 0;
let scratch: usize = 0;
let counters: usize = 0;
let seen: usize = 0;
/** First word of the key of the batch's flows; 0 where none of its frames can be plain. */
let meta: i32 = 0;
/** Where the octets of the batch begin. */
let base: usize = 0;
let firstSeconds: f64 = 0;
let firstNanoseconds: f64 = 0;
/** Added to the times of the batch's interface. */
let offset: f64 = 0;
/** Exported, so that the touching of memory is not taken for useless. */
export let touched: i32 = 0;

/** Where in the memory everything lies, octets; `lastSlot` is the number of slots less one. */
export function setUp(
  slotsAt: usize,
  lastSlot: u32,
  rowsAt: usize,
  sizesAt: usize,
  timelineAt: usize,
  columnsAt: usize,
  scratchAt: usize,
  countersAt: usize,
  seenAt: usize,
): void {
  slots = slotsAt;
  mask = lastSlot;
  rows = rowsAt;
  sizes = sizesAt;
  timeline = timelineAt;
  columns = columnsAt;
  scratch = scratchAt;
  counters = countersAt;
  seen = seenAt;
}

/**
 * Finds the flows of the frames of a batch. In small steps for all frames at once: each step waits for memory that none of
 * the others needs, so the waits overlap.
 */
export function lookAhead(count: i32, bytes: usize, flowMeta: i32, seconds: f64, nanoseconds: f64, added: f64): void {
  offset = added;
  base = bytes;
  meta = flowMeta;
  firstSeconds = seconds;
  firstNanoseconds = nanoseconds;
  const end = (<usize>count) << 2;
  if (meta === 0) {
    for (let i: usize = 0; i < end; i += 4) store<i32>(scratch + ROW + i, -1);
    return;
  }
  let looked = 0;
  for (let i: usize = 0; i < end; i += 4) looked ^= <i32>load<u8>(frameAt(i) + PORTS);
  for (let i: usize = 0; i < end; i += 4) readKey(i);
  for (let i: usize = 0; i < end; i += 4) looked ^= load<i32>(slotOf(<u32>load<i32>(scratch + HASH + i)));
  for (let i: usize = 0; i < end; i += 4) looked ^= findRow(i);
  touched = looked;
}

/** Counts frames from `from` on; answers the first that must be decoded and visited, or `count`. */
export function take(from: i32, count: i32): i32 {
  let index = from;
  while (index < count && takeOne(index)) index++;
  return index;
}

/** Frame `i / 4` of the batch. */
function frameAt(i: usize): usize {
  return base + <usize>load<i32>(columns + i);
}

function capturedOf(i: usize): i32 {
  return load<i32>(columns + END + i) - load<i32>(columns + i);
}

function originalOf(i: usize): i32 {
  return load<i32>(columns + ORIGINAL + i);
}

function slotOf(hash: u32): usize {
  return slots + ((<usize>(hash & mask)) << 3);
}

/** The lower end first, as in `fillKey`; the hash as in `FlowTable`. */
function readKey(i: usize): void {
  const payload = payloadOf(i);
  store<i32>(scratch + PAYLOAD + i, payload);
  store<i32>(scratch + HASH + i, 0);
  if (payload < 0) return;
  const at = frameAt(i);
  const source = word(at + SOURCE);
  const destination = word(at + DESTINATION);
  const ports = word(at + PORTS);
  const swapped = (ports << 16) | (ports >>> 16);
  const back = source === destination ? <u32>ports > <u32>swapped : <u32>source > <u32>destination;
  const lower = back ? destination : source;
  const higher = back ? source : destination;
  const bothPorts = back ? swapped : ports;
  store<i32>(scratch + DIRECTION + i, back ? 1 : 0);
  store<i32>(scratch + LOWER + i, lower);
  store<i32>(scratch + HIGHER + i, higher);
  store<i32>(scratch + BOTH_PORTS + i, bothPorts);
  let hash: u32 = (<u32>(meta ^ 0x2c1b3c6d) * 0x9e3779b1) ^ <u32>bothPorts;
  hash = ((hash ^ (hash >>> 15)) * 0x85ebca6b) ^ <u32>lower;
  hash = ((hash ^ (hash >>> 13)) * 0xc2b2ae35) ^ <u32>higher;
  hash = (hash ^ (hash >>> 15)) * 0x9e3779b1;
  store<i32>(scratch + HASH + i, hash ^ (hash >>> 16));
}

/** Octets of TCP data in a frame whose headers are plain; -1 for every other frame. */
function payloadOf(i: usize): i32 {
  const at = frameAt(i);
  const there = capturedOf(i);
  if (there < <i32>OPTIONS) return -1;
  if (half(at + ETHER_TYPE) !== 0x0800 || load<u8>(at + VERSION) !== 0x45 || load<u8>(at + PROTOCOL) !== TCP) return -1;
  if ((load<u8>(at + FLAGS) & ~PSH) !== ACK || half(at + WINDOW) === 0 || (half(at + FRAGMENT) & 0x3fff) !== 0)
    return -1;
  const header = (<i32>(load<u8>(at + DATA_OFFSET) >> 4)) << 2;
  if (header === STAMPED_HEADER && there >= ETHERNET_HEADER + IPV4_HEADER + STAMPED_HEADER) {
    if (word(at + OPTIONS) !== STAMPS) return -1;
  } else if (header !== TCP_HEADER) return -1;
  const length = half(at + TOTAL_LENGTH);
  if (length > ETHERNET_MTU || length > originalOf(i) - ETHERNET_HEADER) return -1;
  return length - IPV4_HEADER - header;
}

/** The row whose hash is this frame's; whether it is the flow's own, `takeOne` sees in the key. */
function findRow(i: usize): i32 {
  let row = -1;
  if (load<i32>(scratch + PAYLOAD + i) >= 0) {
    const hash = load<i32>(scratch + HASH + i);
    let slot = slotOf(hash);
    for (let held = load<i32>(slot); held !== 0; held = load<i32>(slot)) {
      if (load<i32>(slot + 4) === hash) {
        row = held - 1;
        break;
      }
      slot = slotOf(<u32>((slot - slots) >> 3) + 1);
    }
  }
  store<i32>(scratch + ROW + i, row);
  if (row < 0) return 0;
  const flow = rowAt(row);
  const mine = directionAt(flow, load<i32>(scratch + DIRECTION + i));
  const peer = directionAt(flow, 1 - load<i32>(scratch + DIRECTION + i));
  return column(flow, 0) ^ column(mine, D.FLAGS) ^ column(mine, D.SMALL_END) ^ column(peer, D.FLAGS);
}

/** All conditions first, then all changes. */
function takeOne(index: i32): bool {
  const i = (<usize>index) << 2;
  const row = load<i32>(scratch + ROW + i);
  if (row < 0) return false;
  const flow = rowAt(row);
  if (column(flow, 0) !== meta || column(flow, 1) !== load<i32>(scratch + BOTH_PORTS + i)) return false;
  if (column(flow, 2) !== load<i32>(scratch + LOWER + i) || column(flow, 6) !== load<i32>(scratch + HIGHER + i))
    return false;
  const direction = load<i32>(scratch + DIRECTION + i);
  const mine = directionAt(flow, direction);
  const peer = directionAt(flow, 1 - direction);
  const at = frameAt(i);
  const payload = load<i32>(scratch + PAYLOAD + i);
  const length = half(at + TOTAL_LENGTH);
  const acknowledged = word(at + ACKNOWLEDGEMENT);
  const time: f64 = millisecondsOf(index) / 1000 + offset;
  if (time < load<f64>(counters + PREVIOUS) - STEP) return false;
  // Silence is looked at on the long road.
  if (!(time - load<f64>(flow + (FT.LAST << 3)) < <f64>LONG_PAUSE)) return false;
  if (!(time < 1e10) || !(time / load<f64>(timeline) < <f64>BUCKETS)) return false;
  const bucket = time > 0 ? <i32>floor(time / load<f64>(timeline)) : 0;
  if ((column(mine, D.FLAGS) & SENDER) !== FLAG.SEQ || column(mine, D.SACK_BLOCKS) !== 0) return false;
  if (column(flow, F.CLIENT) === direction + 1 && load<f64>(flow + (FT.RTT << 3)) === 0) return false;
  if (!isCalm(peer, acknowledged)) return false;
  if (word(at + SEQUENCE) !== column(mine, D.NEXT)) return false;
  if (payload > 0 && !isUsual(mine, peer, length, payload)) return false;

  const df = (load<u8>(at + FRAGMENT) & 0x40) !== 0;
  if (payload > 0) {
    noteData(mine, at, length, payload, df);
    const octets = flow + ((<usize>(FLOW_TIMES + direction * DIRECTION_TIMES + T.OCTETS)) << 3);
    store<f64>(octets, load<f64>(octets) + <f64>payload);
    count(WITH_DATA);
  }
  increase(mine, D.PACKETS);
  noteAcknowledgement(peer, acknowledged, payload === 0);
  store<f64>(flow + (FT.LAST << 3), time);
  count(FRAMES);
  if (df) count(WITH_DF);
  if (capturedOf(i) < originalOf(i)) count(SNAPPED);
  raise(counters + LARGEST, <f64>length);
  raise(counters + LAST, time);
  store<f64>(counters + PREVIOUS, time);
  increase(sizes, <usize>length);
  noteTime(bucket, length);
  return true;
}

function millisecondsOf(index: i32): f64 {
  const seconds = load<f64>(columns + SECONDS + ((<usize>index) << 3));
  const nanoseconds = <f64>load<i32>(columns + NANOSECONDS + ((<usize>index) << 2));
  return (seconds - firstSeconds) * 1000 + (nanoseconds - firstNanoseconds) / 1e6;
}

/** Whether an acknowledgement changes nothing of the peer's direction but how far it is acknowledged. */
function isCalm(peer: usize, acknowledged: i32): bool {
  const flags = column(peer, D.FLAGS);
  return (
    (flags & PEER) === (FLAG.SEQ | FLAG.ACKED) &&
    column(peer, D.ABOVE_MSS) === 0 &&
    acknowledged - column(peer, D.NEXT) <= 0 &&
    ((flags & FLAG.PEND) === 0 || acknowledged - column(peer, D.PEND_END) < 0)
  );
}

/** Whether data is of a size that says nothing new. */
function isUsual(mine: usize, peer: usize, length: i32, payload: i32): bool {
  const mss = column(peer, D.MSS);
  if (length > column(mine, D.LARGEST_IP)) return false;
  if (column(mine, D.PTB) !== 0 || (mss > 0 && payload > mss)) return false;
  // No larger than what is known to have arrived, or than the candidate that is waited for.
  const awaited = (column(mine, D.FLAGS) & FLAG.PEND) !== 0;
  return length <= column(mine, D.DELIVERED_IP) || (awaited && length <= column(mine, D.PEND_IP));
}

function noteAcknowledgement(peer: usize, acknowledged: i32, bare: bool): void {
  const flags = column(peer, D.FLAGS);
  if (acknowledged - column(peer, D.UNA) > 0) {
    change(peer, D.UNA, acknowledged);
    change(peer, D.FLAGS, flags & ~FLAG.ECHOED);
  } else if (bare) change(peer, D.FLAGS, flags | FLAG.ECHOED);
}

function noteData(mine: usize, at: usize, length: i32, payload: i32, df: bool): void {
  const sequence = word(at + SEQUENCE);
  const id = half(at + ID);
  const hash: u32 =
    <u32>sequence ^
    (<u32>((mine - rows) >> 2) * 0x9e3779b1) ^
    (<u32>(id === 0 ? half(at + CHECKSUM) + 65536 : id) * 0x85ebca6b);
  store<u32>(seen + ((<usize>((hash ^ (hash >>> 15)) & (SEEN - 1))) << 2), hash);
  change(mine, D.NEXT, sequence + payload);
  if (length <= SMALL_PACKET) {
    change(mine, D.FLAGS, (column(mine, D.FLAGS) | FLAG.SMALL) & ~FLAG.ECHOED);
    change(mine, D.SMALL_END, sequence + payload);
  }
  increase(mine, D.SEGMENTS);
  if (length === column(mine, D.LARGEST_IP)) increase(mine, D.AT_LARGEST);
  increase(mine, df ? D.WITH_DF : D.WITHOUT_DF);
}

function noteTime(bucket: i32, length: i32): void {
  const at = timeline + ((<usize>bucket) << 3);
  raise(timeline + TIMELINE_USED, <f64>(bucket + 1));
  store<f64>(at + TIMELINE_FRAMES, load<f64>(at + TIMELINE_FRAMES) + 1);
  store<f64>(at + TIMELINE_OCTETS, load<f64>(at + TIMELINE_OCTETS) + <f64>length);
  raise(at + TIMELINE_LARGEST, <f64>length);
}

function rowAt(row: i32): usize {
  return rows + <usize>row * (ROW_WORDS << 2);
}

function directionAt(flow: usize, direction: i32): usize {
  return flow + (FLOW_WORDS << 2) + <usize>direction * (DIRECTION_WORDS << 2);
}

function column(at: usize, index: usize): i32 {
  return load<i32>(at + (index << 2));
}

function change(at: usize, index: usize, value: i32): void {
  store<i32>(at + (index << 2), value);
}

function increase(at: usize, index: usize): void {
  change(at, index, column(at, index) + 1);
}

function count(counter: usize): void {
  store<f64>(counters + counter, load<f64>(counters + counter) + 1);
}

function raise(at: usize, value: f64): void {
  if (value > load<f64>(at)) store<f64>(at, value);
}

/** Big-endian 16 and 32 bits. */
function half(at: usize): i32 {
  return <i32>bswap<u16>(load<u16>(at));
}

function word(at: usize): i32 {
  return bswap<i32>(load<i32>(at));
}

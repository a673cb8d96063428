// AssemblyScript, compiled to WebAssembly by scripts/compile-plain-segments.mjs. What it does and when, and how it is held to
// the TypeScript that does the same: src/analyze/flow/plain-segments.ts. Every offset, number and column is TypeScript's own.
import { STEP } from '../src/analyze/flow/flow-clock';
import {
  CALM,
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
  SHORTER,
  T,
} from '../src/analyze/flow/flow-columns';
import { SEEN } from '../src/analyze/flow/seen-segments';
import { ETHERNET_MTU, SMALL_PACKET } from '../src/analyze/flow/sizes';
import { BUCKETS, TIMELINE_COLUMN } from '../src/analyze/log/timeline';
import { BATCH, BATCH_COLUMN } from '../src/frame/frame-batch';
import { ETHER_TYPE, ETHERNET_FIELD, ETHERNET_HEADER } from '../src/packet/ethernet';
import { DF, FRAGMENT_OFFSET, IPV4_FIELD, IPV4_HEADER, MF, PROTOCOL_NUMBER } from '../src/packet/ipv4';
import { STAMPS_HEADER, STAMPS_WORD, TCP_FIELD, TCP_FLAG, TCP_HEADER_MINIMUM } from '../src/packet/tcp';

export { gathered, gatherPackets, gatherRecords } from './records';

/** Where the headers of a plain frame begin, and the options of its TCP header. */
const IP: usize = ETHERNET_HEADER;
const TCP: usize = ETHERNET_HEADER + IPV4_HEADER;
const OPTIONS: usize = TCP + TCP_HEADER_MINIMUM;
/** The first octet of an IPv4 header without options. */
const PLAIN_IPV4: u8 = 0x45;

/** Columns of the scratch behind the batch's, four octets a frame each. */
const WORDS: usize = 4 * BATCH;
const PAYLOAD: usize = 0;
const DIRECTION: usize = WORDS;
const HASH: usize = 2 * WORDS;
const LOWER: usize = 3 * WORDS;
const HIGHER: usize = 4 * WORDS;
const BOTH_PORTS: usize = 5 * WORDS;
const ROW: usize = 6 * WORDS;

/** Doubles of the counters. */
const FRAMES: usize = 0;
const SNAPPED: usize = 8;
const WITH_DF: usize = 16;
const WITH_DATA: usize = 24;
const LARGEST: usize = 32;
const LAST: usize = 40;
const PREVIOUS: usize = 48;

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
  for (let i: usize = 0; i < end; i += 4) looked ^= <i32>load<u8>(frameAt(i) + TCP);
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
  return load<i32>(columns + BATCH_COLUMN.end + i) - load<i32>(columns + i);
}

function originalOf(i: usize): i32 {
  return load<i32>(columns + BATCH_COLUMN.original + i);
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
  const source = word(at + IP + IPV4_FIELD.source);
  const destination = word(at + IP + IPV4_FIELD.destination);
  const ports = word(at + TCP);
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
  if (
    half(at + ETHERNET_FIELD.etherType) !== ETHER_TYPE.ipv4 ||
    load<u8>(at + IP) !== PLAIN_IPV4 ||
    load<u8>(at + IP + IPV4_FIELD.protocol) !== PROTOCOL_NUMBER.tcp
  )
    return -1;
  if (
    (load<u8>(at + TCP + TCP_FIELD.flags) & ~TCP_FLAG.psh) !== TCP_FLAG.ack ||
    half(at + TCP + TCP_FIELD.window) === 0 ||
    (half(at + IP + IPV4_FIELD.flagsOffset) & (MF | FRAGMENT_OFFSET)) !== 0
  )
    return -1;
  const header = (<i32>(load<u8>(at + TCP + TCP_FIELD.dataOffset) >> 4)) << 2;
  if (header === STAMPS_HEADER && there >= ETHERNET_HEADER + IPV4_HEADER + STAMPS_HEADER) {
    if (word(at + OPTIONS) !== STAMPS_WORD) return -1;
  } else if (header !== TCP_HEADER_MINIMUM) return -1;
  const length = half(at + IP + IPV4_FIELD.totalLength);
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
  const length = half(at + IP + IPV4_FIELD.totalLength);
  const acknowledged = word(at + TCP + TCP_FIELD.acknowledgement);
  const time: f64 = millisecondsOf(index) / 1000 + offset;
  if (time < load<f64>(counters + PREVIOUS) - <f64>STEP) return false;
  // Silence is looked at on the long road.
  if (!(time - load<f64>(flow + (FT.LAST << 3)) < <f64>LONG_PAUSE)) return false;
  if (!(time < 1e10) || !(time / load<f64>(timeline) < <f64>BUCKETS)) return false;
  const bucket = time > 0 ? <i32>floor(time / load<f64>(timeline)) : 0;
  if ((column(mine, D.FLAGS) & CALM.sender) !== FLAG.SEQ || column(mine, D.SACK_BLOCKS) !== 0) return false;
  if (column(flow, F.CLIENT) === direction + 1 && load<f64>(flow + (FT.RTT << 3)) === 0) return false;
  if (!isCalm(peer, acknowledged)) return false;
  if (word(at + TCP + TCP_FIELD.sequence) !== column(mine, D.NEXT)) return false;
  if (payload > 0 && !isUsual(mine, peer, length, payload)) return false;

  const df = (half(at + IP + IPV4_FIELD.flagsOffset) & DF) !== 0;
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
  const seconds = load<f64>(columns + BATCH_COLUMN.seconds + ((<usize>index) << 3));
  const nanoseconds = <f64>load<i32>(columns + BATCH_COLUMN.nanoseconds + ((<usize>index) << 2));
  return (seconds - firstSeconds) * 1000 + (nanoseconds - firstNanoseconds) / 1e6;
}

/** Whether an acknowledgement changes nothing of the peer's direction but how far it is acknowledged. */
function isCalm(peer: usize, acknowledged: i32): bool {
  const flags = column(peer, D.FLAGS);
  return (
    (flags & CALM.peer) === (FLAG.SEQ | FLAG.ACKED) &&
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
  const sequence = word(at + TCP + TCP_FIELD.sequence);
  const id = half(at + IP + IPV4_FIELD.identification);
  const hash: u32 =
    <u32>sequence ^
    (<u32>((mine - rows) >> 2) * 0x9e3779b1) ^
    (<u32>(id === 0 ? half(at + TCP + TCP_FIELD.checksum) + 65536 : id) * 0x85ebca6b);
  const place = seen + ((<usize>((hash ^ (hash >>> 15)) & (SEEN - 1))) << 3);
  store<u32>(place, hash);
  store<i32>(place, half(at + TCP + TCP_FIELD.checksum), 4);
  change(mine, D.NEXT, sequence + payload);
  if (length + SHORTER < column(mine, D.LARGEST_IP)) {
    if (sequence !== column(mine, D.SHORT_TO)) change(mine, D.SHORT_FROM, sequence);
    change(mine, D.SHORT_TO, sequence + payload);
  }
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
  raise(timeline + TIMELINE_COLUMN.used, <f64>(bucket + 1));
  store<f64>(at + TIMELINE_COLUMN.frames, load<f64>(at + TIMELINE_COLUMN.frames) + 1);
  store<f64>(at + TIMELINE_COLUMN.octets, load<f64>(at + TIMELINE_COLUMN.octets) + <f64>length);
  raise(at + TIMELINE_COLUMN.largest, <f64>length);
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

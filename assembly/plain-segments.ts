// AssemblyScript, compiled to WebAssembly by scripts/compile-plain-segments.mjs. What it does and when, and how it is held to
// the TypeScript that does the same: src/analyze/flow/plain-segments.ts. Every offset, number and column is TypeScript's own.
import { STEP } from '../src/analyze/flow/flow-clock';
import { D, DIRECTION_TIMES, F, FLAG, FLOW_TIMES, FT, LONG_PAUSE, T } from '../src/analyze/flow/flow-columns';
import { MOST_DEVICES, POINT_BELOW, POINT_SHIFT } from '../src/analyze/flow/flow-key';
import { COUNTED_LAYER, COUNTER, MSS_COUNT, NOT, SHAPE, SHAPE_WORDS } from '../src/analyze/flow/shape-table';
import { ETHERNET_MTU } from '../src/analyze/flow/sizes';
import { BUCKETS, TIMELINE_COLUMN } from '../src/analyze/log/timeline';
import { BATCH, BATCH_COLUMN } from '../src/frame/frame-batch';
import { DF, FRAGMENT_OFFSET, IPV4_FIELD, IPV4_HEADER, MF, PROTOCOL_NUMBER } from '../src/packet/ipv4';
import { IPV6_FIELD, IPV6_HEADER } from '../src/packet/ipv6';
import { TCP_FIELD, TCP_HEADER_MINIMUM } from '../src/packet/tcp';
import { UDP_HEADER } from '../src/packet/udp';
import { dataOf, isOrdinary, isWireGuardData, noteDatagram } from './datagrams';
import { mixed, mixed6 } from './key-hash';
import {
  columns,
  count,
  counters,
  lasts,
  mssCounts,
  rows,
  scratch,
  seen,
  shapes,
  sizes,
  slots,
  timeline,
} from './layout';
import { change, column, half, increase, raise, word } from './memory';
import { directionAt, lastOf, newRow, rowAt, slotOf, timesAt } from './rows';
import {
  acknowledge,
  hasAck,
  headerLength,
  headerOf,
  isAllowed,
  isNext,
  isSyn,
  mayAcknowledge,
  noteData,
  noteFin,
  noteFirst,
  noteSeen,
  noteSize,
  noteSyn,
  readSyn,
  synMss,
} from './segments';
import { rankOf as rankOfFlow, settle as settleFlow } from './settle';

export { setUp } from './layout';
export { gatherPackets, gatherRecords } from './records';
export { touchedRows } from './rows';

/** The largest IP packet that has a count of its own. */
const LARGEST_COUNTED: i32 = 65535;

/** The first octet of an IPv4 header without options; the half octet that begins an IPv6 header. */
const PLAIN_IPV4: u8 = 0x45;
const VERSION6: u8 = 6;

/** What a key of UDP has other than that of TCP, see `metaOf`. */
const UDP_META: i32 = (PROTOCOL_NUMBER.tcp ^ PROTOCOL_NUMBER.udp) << 1;

/** Two times among the counters, octets. */
const LAST: usize = COUNTER.last << 3;
const PREVIOUS: usize = COUNTER.previous << 3;

/** Columns of the scratch behind the batch's, four octets a frame each. */
const WORDS: usize = 4 * BATCH;
const PAYLOAD: usize = 0;
const DIRECTION: usize = WORDS;
const HASH: usize = 2 * WORDS;
const BOTH_PORTS: usize = 3 * WORDS;
const ROW: usize = 4 * WORDS;
const META: usize = 5 * WORDS;
/** Where its innermost IP header begins, from the start of the memory; and its shape. */
const IP: usize = 6 * WORDS;
const SHAPE_AT: usize = 7 * WORDS;
/** Four words each. */
const LOWER: usize = 8 * WORDS;
const HIGHER: usize = 12 * WORDS;

/** Places that are looked at for a flow before it is a new one. */
let places: i32 = 0;
/** Shapes in use, and the one met last. */
let known: i32 = 0;
let latest: usize = 0;
/** The interface of the batch + 1; 0 where its octets are out of sight. */
let face: i32 = 0;
/** Frames before the batch. */
let framesBefore: i32 = 0;
/** Where the octets of the batch begin. */
let base: usize = 0;
let firstSeconds: f64 = 0;
let firstNanoseconds: f64 = 0;
/** Added to the times of the batch's interface. */
let offset: f64 = 0;
/** Exported, so that the touching of memory is not taken for useless. */
export let touched: i32 = 0;

/**
 * Finds the flows of the frames of a batch. In small steps for all frames at once: each step waits for memory that none of
 * the others needs, so the waits overlap.
 */
export function lookAhead(
  count: i32,
  bytes: usize,
  batchFace: i32,
  used: i32,
  seconds: f64,
  nanoseconds: f64,
  added: f64,
  before: i32,
  placesInUse: i32,
): void {
  known = used;
  places = placesInUse;
  framesBefore = before;
  offset = added;
  base = bytes;
  face = batchFace;
  firstSeconds = seconds;
  firstNanoseconds = nanoseconds;
  const end = (<usize>count) << 2;
  if (face === 0) {
    for (let i: usize = 0; i < end; i += 4) store<i32>(scratch + ROW + i, -1);
    return;
  }
  let looked = 0;
  for (let i: usize = 0; i < end; i += 4) looked ^= <i32>load<u8>(frameAt(i) + 34);
  for (let i: usize = 0; i < end; i += 4) readKey(i);
  for (let i: usize = 0; i < end; i += 4) looked ^= load<i32>(slotOf(<u32>load<i32>(scratch + HASH + i)));
  for (let i: usize = 0; i < end; i += 4) looked ^= findRow(i);
  touched = looked;
}

/** For the flows that are left when the capture is over: see settle.ts. */
export function rankOf(row: i32, now: f64): i32 {
  return rankOfFlow(rowAt(row), lastOf(row), now);
}

export function settle(row: i32): void {
  settleFlow(rowAt(row), lastOf(row));
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

/** The lower end first, as in `fillKey`; the hash as in key-hash.ts. */
function readKey(i: usize): void {
  const shape = shapeOf(i);
  store<i32>(scratch + SHAPE_AT + i, <i32>shape);
  const payload = shape === 0 ? -1 : payloadOf(i, shape);
  store<i32>(scratch + PAYLOAD + i, payload);
  store<i32>(scratch + HASH + i, 0);
  if (payload < 0) return;
  const ip = <usize>load<i32>(scratch + IP + i);
  if (column(shape, SHAPE.FAMILY) === 6) readKey6(i, shape, ip);
  else readKey4(i, shape, ip);
}

function readKey4(i: usize, shape: usize, ip: usize): void {
  const source = word(ip + IPV4_FIELD.source);
  const destination = word(ip + IPV4_FIELD.destination);
  const ports = word(ip + IPV4_HEADER);
  const swapped = (ports << 16) | (ports >>> 16);
  const back = source === destination ? <u32>ports > <u32>swapped : <u32>source > <u32>destination;
  const lower = back ? destination : source;
  const higher = back ? source : destination;
  store<i32>(scratch + LOWER + (i << 2), lower);
  store<i32>(scratch + HIGHER + (i << 2), higher);
  const bothPorts = back ? swapped : ports;
  const hash = mixed(noteKey(i, shape, back, bothPorts), bothPorts, lower, higher);
  store<i32>(scratch + HASH + i, hash ^ (hash >>> 16));
}

function readKey6(i: usize, shape: usize, ip: usize): void {
  const source = ip + IPV6_FIELD.source;
  const destination = ip + IPV6_FIELD.destination;
  const ports = word(ip + IPV6_HEADER);
  const swapped = (ports << 16) | (ports >>> 16);
  const source0 = bswap<u64>(load<u64>(source));
  const source1 = bswap<u64>(load<u64>(source, 8));
  const destination0 = bswap<u64>(load<u64>(destination));
  const destination1 = bswap<u64>(load<u64>(destination, 8));
  const isSame = source0 === destination0 && source1 === destination1;
  const back = isSame
    ? <u32>ports > <u32>swapped
    : source0 > destination0 || (source0 === destination0 && source1 > destination1);
  const lower = scratch + LOWER + (i << 2);
  const higher = scratch + HIGHER + (i << 2);
  // Two words each, the first of them the upper half.
  store<u64>(lower, rotl<u64>(back ? destination0 : source0, 32));
  store<u64>(lower, rotl<u64>(back ? destination1 : source1, 32), 8);
  store<u64>(higher, rotl<u64>(back ? source0 : destination0, 32));
  store<u64>(higher, rotl<u64>(back ? source1 : destination1, 32), 8);
  const bothPorts = back ? swapped : ports;
  const first = mixed(noteKey(i, shape, back, bothPorts), bothPorts, load<i32>(lower), load<i32>(higher));
  const hash = mixed6(first, lower, higher);
  store<i32>(scratch + HASH + i, hash ^ (hash >>> 16));
}

/** Notes what else the key holds; answers its first word. */
function noteKey(i: usize, shape: usize, back: bool, bothPorts: i32): i32 {
  const direction = back ? 1 : 0;
  const meta = column(shape, SHAPE.META + direction) ^ (isUdp(i, shape) ? UDP_META : 0);
  store<i32>(scratch + DIRECTION + i, direction);
  store<i32>(scratch + META + i, meta);
  store<i32>(scratch + BOTH_PORTS + i, bothPorts);
  return meta;
}

/** The hash of this frame's key at another place. */
function hashAt(i: usize, meta: i32, v6: bool): i32 {
  const lower = scratch + LOWER + (i << 2);
  const higher = scratch + HIGHER + (i << 2);
  let hash = mixed(meta, load<i32>(scratch + BOTH_PORTS + i), load<i32>(lower), load<i32>(higher));
  if (v6) hash = mixed6(hash, lower, higher);
  return hash ^ (hash >>> 16);
}

/** The shape whose checks this frame passes; 0 where there is none. The one of the frame before is tried first. */
function shapeOf(i: usize): usize {
  if (latest !== 0 && fits(latest, i)) return latest;
  const end = shapes + <usize>known * (SHAPE_WORDS << 2);
  for (let shape = shapes; shape < end; shape += SHAPE_WORDS << 2) {
    if (shape === latest || !fits(shape, i)) continue;
    latest = shape;
    return shape;
  }
  return 0;
}

function fits(shape: usize, i: usize): bool {
  if (column(shape, SHAPE.INTERFACE) !== face) return false;
  const at = frameAt(i);
  const ipAt = column(shape, SHAPE.IP_AT);
  const v6 = column(shape, SHAPE.FAMILY) === 6;
  if (capturedOf(i) < ipAt + (v6 ? IPV6_HEADER : IPV4_HEADER) + UDP_HEADER) return false;
  // Of raw IP the version alone tells two shapes apart.
  const first = load<u8>(at + ipAt);
  if ((v6 ? first >> 4 !== VERSION6 : first !== PLAIN_IPV4) || !passes(shape, at)) return false;
  increase(shape, SHAPE.HITS);
  store<i32>(scratch + IP + i, <i32>(at + ipAt));
  return true;
}

function passes(shape: usize, at: usize): bool {
  const behind = SHAPE.CHECKS + 2 * column(shape, SHAPE.COUNT);
  for (let check: i32 = SHAPE.CHECKS; check < behind; check += 2) {
    const where = column(shape, check);
    const wanted = column(shape, check + 1);
    const same = (half(at + (where & (NOT - 1))) & (wanted >>> 16)) === (wanted & 0xffff);
    if (same === ((where & NOT) !== 0)) return false;
  }
  return true;
}

/** Octets of the outermost IP packet of a frame. */
function outerLength(i: usize, shape: usize): i32 {
  const outerAt = column(shape, SHAPE.OUTER_AT);
  const ip = outerAt < 0 ? <usize>load<i32>(scratch + IP + i) : frameAt(i) + outerAt;
  const family = outerAt < 0 ? column(shape, SHAPE.FAMILY) : column(shape, SHAPE.OUTER_FAMILY);
  return family === 6 ? half(ip + IPV6_FIELD.payloadLength) + IPV6_HEADER : half(ip + IPV4_FIELD.totalLength);
}

/** Octets of the innermost IP packet of a frame. */
function innerLength(ip: usize, v6: bool): i32 {
  return v6 ? half(ip + IPV6_FIELD.payloadLength) + IPV6_HEADER : half(ip + IPV4_FIELD.totalLength);
}

function protocolOf(i: usize, shape: usize): i32 {
  const ip = <usize>load<i32>(scratch + IP + i);
  return load<u8>(ip + (column(shape, SHAPE.FAMILY) === 6 ? IPV6_FIELD.nextHeader : IPV4_FIELD.protocol));
}

function isUdp(i: usize, shape: usize): bool {
  return protocolOf(i, shape) === PROTOCOL_NUMBER.udp;
}

/** Octets of TCP or UDP data in a frame whose headers are plain; -1 for every other frame. */
function payloadOf(i: usize, shape: usize): i32 {
  const ip = <usize>load<i32>(scratch + IP + i);
  const v6 = column(shape, SHAPE.FAMILY) === 6;
  const ipHeader = v6 ? IPV6_HEADER : IPV4_HEADER;
  const protocol = protocolOf(i, shape);
  if (!v6 && (half(ip + IPV4_FIELD.flagsOffset) & (MF | FRAGMENT_OFFSET)) !== 0) return -1;
  const ipAt = column(shape, SHAPE.IP_AT);
  const captured = capturedOf(i) - ipAt - ipHeader;
  const room = lengthOf(i, shape, ip, v6) - ipHeader;
  if (room <= 0) return -1;
  if (protocol === PROTOCOL_NUMBER.udp) return dataOf(ip + ipHeader, room, captured);
  if (protocol !== PROTOCOL_NUMBER.tcp) return -1;
  const header = headerOf(ip + ipHeader, captured);
  return header < 0 ? -1 : room - header;
}

/** Octets of the innermost IP packet, where all that says so agrees; 0 where not. */
function lengthOf(i: usize, shape: usize, ip: usize, v6: bool): i32 {
  const ipAt = column(shape, SHAPE.IP_AT);
  const length = innerLength(ip, v6);
  if (length > LARGEST_COUNTED || length > originalOf(i) - ipAt) return 0;
  const outerAt = column(shape, SHAPE.OUTER_AT);
  if (outerAt >= 0) {
    const outer = outerLength(i, shape);
    if (outer > LARGEST_COUNTED || outer > originalOf(i) - outerAt || length > outer - (ipAt - outerAt)) return 0;
  }
  return length;
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

/** Whether the flow is this frame's own, at the place `meta` names; of IPv4 one word of each address is in use. */
function isFlowOf(flow: usize, i: usize, meta: i32, v6: bool): bool {
  if (column(flow, 0) !== meta || column(flow, 1) !== load<i32>(scratch + BOTH_PORTS + i)) return false;
  const lower = scratch + LOWER + (i << 2);
  const higher = scratch + HIGHER + (i << 2);
  if (!v6) return column(flow, 2) === load<i32>(lower) && column(flow, 6) === load<i32>(higher);
  return (
    load<u64>(flow, 8) === load<u64>(lower) &&
    load<u64>(flow, 16) === load<u64>(lower, 8) &&
    load<u64>(flow, 24) === load<u64>(higher) &&
    load<u64>(flow, 32) === load<u64>(higher, 8)
  );
}

/** The row of this frame's flow at a place; -1 where there is none. */
function lookUp(i: usize, meta: i32, hash: i32, v6: bool): i32 {
  let slot = slotOf(hash);
  for (let held = load<i32>(slot); held !== 0; held = load<i32>(slot)) {
    if (load<i32>(slot + 4) === hash && isFlowOf(rowAt(held - 1), i, meta, v6)) return held - 1;
    slot = slotOf(<u32>((slot - slots) >> 3) + 1);
  }
  return -1;
}

/** All conditions first, then all changes. */
function takeOne(index: i32): bool {
  const i = (<usize>index) << 2;
  const payload = load<i32>(scratch + PAYLOAD + i);
  if (payload < 0) return false;
  const shape = <usize>load<i32>(scratch + SHAPE_AT + i);
  const v6 = column(shape, SHAPE.FAMILY) === 6;
  const direction = load<i32>(scratch + DIRECTION + i);
  const time: f64 = millisecondsOf(index) / 1000 + offset;
  if (time < load<f64>(counters + PREVIOUS) - <f64>STEP) return false;
  if (!(time < 1e10) || !(time / load<f64>(timeline) < <f64>BUCKETS)) return false;
  const meta = load<i32>(scratch + META + i);
  let row = load<i32>(scratch + ROW + i);
  // It may have begun, or given way, since the batch was looked at.
  if (row < 0 || !isFlowOf(rowAt(row), i, meta, v6)) row = lookUp(i, meta, load<i32>(scratch + HASH + i), v6);
  const udp = isUdp(i, shape);
  if (row < 0) {
    row = udp ? -1 : begin(i, shape, direction, meta, time, index, v6);
    if (row < 0) return false;
  } else {
    const flow = rowAt(row);
    const device = column(shape, SHAPE.DEVICE + direction);
    if (device !== 0 && !isDeviceOf(flow, direction, device)) return false;
    // Silence is looked at on the long road.
    if (!(time - lastOf(row) < <f64>LONG_PAUSE)) return false;
    if (!(udp ? takeDatagram(index, flow, direction, time, v6) : takeSegment(index, flow, direction, time, v6)))
      return false;
    if (device !== 0) noteDevice(flow, direction, device);
  }

  const flow = rowAt(row);
  const octets = flow + ((<usize>(FLOW_TIMES + direction * DIRECTION_TIMES + T.OCTETS)) << 3);
  store<f64>(octets, load<f64>(octets) + <f64>payload);
  increase(directionAt(flow, direction), D.PACKETS);
  store<f64>(lasts + ((<usize>row) << 3), time);
  raise(counters + LAST, time);
  store<f64>(counters + PREVIOUS, time);
  noteTime(time > 0 ? <i32>floor(time / load<f64>(timeline)) : 0, noteFrame(i, shape));
  return true;
}

/** Whether a direction comes by this device: known to, or nothing of it was seen so far. */
function isDeviceOf(flow: usize, direction: i32, device: i32): bool {
  const seen = (column(flow, F.DEVICES) >>> (direction << 4)) & 0xffff;
  return seen === device || (seen === 0 && column(directionAt(flow, direction), D.PACKETS) === 0);
}

function noteDevice(flow: usize, direction: i32, device: i32): void {
  change(flow, F.DEVICES, column(flow, F.DEVICES) | (device << (direction << 4)));
}

/** A SYN begins a flow, or a segment amid one that is not known; answers its row, -1 where the long road must look at it. */
function begin(i: usize, shape: usize, direction: i32, meta: i32, time: f64, index: i32, v6: bool): i32 {
  const ip = <usize>load<i32>(scratch + IP + i);
  const tcp = ip + (v6 ? IPV6_HEADER : IPV4_HEADER);
  const payload = load<i32>(scratch + PAYLOAD + i);
  const length = innerLength(ip, v6);
  const syn = isSyn(tcp);
  const device = column(shape, SHAPE.DEVICE + direction);
  if (column(shape, SHAPE.META + direction) === 0 || (device !== 0 && isElsewhere(i, meta, v6))) return -1;
  if (syn ? hasAck(tcp) || payload !== 0 || !readSyn(tcp) : length > ETHERNET_MTU) return -1;
  const announced = syn ? mssCountAt(mssCounts) : 0;
  if (syn && announced === 0) return -1;
  // Whoever gives way is settled at this time.
  raise(counters + LAST, time);
  const row = newRow();
  const hash = load<i32>(scratch + HASH + i);
  let slot = slotOf(hash);
  while (load<i32>(slot) !== 0) slot = slotOf(<u32>((slot - slots) >> 3) + 1);
  store<i32>(slot, row + 1);
  store<i32>(slot, hash, 4);
  const flow = rowAt(row);
  change(flow, 0, meta);
  change(flow, 1, load<i32>(scratch + BOTH_PORTS + i));
  for (let at: usize = 0; at < 16; at += 4) {
    const used = v6 || at === 0;
    store<i32>(flow + 8 + at, used ? load<i32>(scratch + LOWER + (i << 2) + at) : 0);
    store<i32>(flow + 24 + at, used ? load<i32>(scratch + HIGHER + (i << 2) + at) : 0);
  }
  if (device !== 0) noteDevice(flow, direction, device);
  const frame = framesBefore + index + 1;
  change(flow, F.FIRST_FRAME, frame);
  change(flow, F.FIRST_SIDE, direction);
  store<f64>(flow + (FT.FIRST << 3), time);
  const mine = directionAt(flow, direction);
  if (syn) {
    change(flow, F.CLIENT, direction + 1);
    noteSyn(mine, timesAt(flow, direction), tcp, ttlOf(ip, v6), time, frame);
    increase(announced, 1);
    return row;
  }
  const peer = directionAt(flow, 1 - direction);
  noteFirst(mine, peer, word(tcp + TCP_FIELD.sequence), payload, word(tcp + TCP_FIELD.acknowledgement));
  if (payload > 0) {
    noteSeen(tcp, seen, <u32>((mine - rows) >> 2), idOf(ip, v6));
    noteSize(mine, tcp, length, payload, hasDf(ip, v6), frame);
    count(COUNTER.withData);
  }
  noteFin(mine, tcp, length, payload);
  return row;
}

/** Whether a flow with these ends is known at another place; more places than are looked at count as such. */
function isElsewhere(i: usize, meta: i32, v6: bool): bool {
  if (places > MOST_DEVICES) return true;
  for (let place = 0; place < places; place++) {
    const other = (meta & POINT_BELOW) | (place << POINT_SHIFT);
    if (other !== meta && lookUp(i, other, hashAt(i, other, v6), v6) >= 0) return true;
  }
  return false;
}

/** Where the SYN's MSS is counted, in the pairs from `from` on; 0 where no pair is left. */
function mssCountAt(from: usize): usize {
  const wanted = synMss + 2;
  for (let at = from; at < from + (MSS_COUNT.answered << 2); at += 8) {
    const held = load<i32>(at);
    if (held === 0) store<i32>(at, wanted);
    if (held === 0 || held === wanted) return at;
  }
  return 0;
}

function ttlOf(ip: usize, v6: bool): i32 {
  return load<u8>(ip + (v6 ? IPV6_FIELD.hopLimit : IPV4_FIELD.ttl));
}

function takeSegment(index: i32, flow: usize, direction: i32, time: f64, v6: bool): bool {
  const i = (<usize>index) << 2;
  const mine = directionAt(flow, direction);
  const peer = directionAt(flow, 1 - direction);
  const ip = <usize>load<i32>(scratch + IP + i);
  const tcp = ip + (v6 ? IPV6_HEADER : IPV4_HEADER);
  const payload = load<i32>(scratch + PAYLOAD + i);
  const length = innerLength(ip, v6);
  const frame = framesBefore + index + 1;
  const acknowledged = word(tcp + TCP_FIELD.acknowledgement);
  const isClient = column(flow, F.CLIENT) === direction + 1;
  if (!mayAcknowledge(mine, peer)) return false;
  if (isSyn(tcp)) {
    if (!hasAck(tcp) || payload !== 0 || isClient || (column(mine, D.FLAGS) & FLAG.ZERO_WINDOW) !== 0) return false;
    if (!readSyn(tcp)) return false;
    const announced = mssCountAt(mssCounts + (MSS_COUNT.answered << 2));
    if (announced === 0) return false;
    noteSyn(mine, timesAt(flow, direction), tcp, ttlOf(ip, v6), time, frame);
    increase(announced, 1);
    acknowledge(peer, acknowledged, true);
    return true;
  }
  if (!isNext(mine, tcp, payload)) return false;
  if (payload > 0 && !isAllowed(mine, peer, length, payload, headerLength(tcp) - TCP_HEADER_MINIMUM)) return false;

  if (isClient) noteRoundTrip(flow, direction, peer, time);
  if (payload > 0) {
    noteData(mine, tcp, seen, <u32>((mine - rows) >> 2), idOf(ip, v6), length, payload, hasDf(ip, v6), frame);
    count(COUNTER.withData);
  }
  noteFin(mine, tcp, length, payload);
  acknowledge(peer, acknowledged, payload === 0);
  return true;
}

function idOf(ip: usize, v6: bool): i32 {
  return v6 ? 0 : half(ip + IPV4_FIELD.identification);
}

/** From the SYN to the client's next packet. */
function noteRoundTrip(flow: usize, direction: i32, peer: usize, time: f64): void {
  const at = flow + (FT.RTT << 3);
  if (load<f64>(at) > 0 || (column(peer, D.FLAGS) & FLAG.SYN_ACK) === 0) return;
  store<f64>(at, max<f64>(1e-6, time - load<f64>(timesAt(flow, direction) + (T.SYN << 3))));
}

function takeDatagram(index: i32, flow: usize, direction: i32, time: f64, v6: bool): bool {
  const mine = directionAt(flow, direction);
  const peer = directionAt(flow, 1 - direction);
  const sent = timesAt(flow, direction);
  const i = (<usize>index) << 2;
  const ip = <usize>load<i32>(scratch + IP + i);
  const length = innerLength(ip, v6);
  const begun = column(flow, F.FIRST_SIDE) === direction;
  if (!isOrdinary(mine, sent, peer, timesAt(flow, 1 - direction), length, time, begun)) return false;
  noteDatagram(mine, sent, peer, length, framesBefore + index + 1, time, hasDf(ip, v6), begun);
  count(COUNTER.udp);
  const udp = ip + (v6 ? IPV6_HEADER : IPV4_HEADER);
  const captured = capturedOf(i) - <i32>(udp - frameAt(i));
  if (isWireGuardData(udp, load<i32>(scratch + PAYLOAD + i), captured)) count(COUNTER.wireguard);
  return true;
}

/** A router does not fragment IPv6: it counts as if DF was set. */
function hasDf(ip: usize, v6: bool): bool {
  return v6 || (half(ip + IPV4_FIELD.flagsOffset) & DF) !== 0;
}

/** What is counted of the whole file, of the outermost packet, as everywhere; answers its octets. */
function noteFrame(i: usize, shape: usize): i32 {
  const outerAt = column(shape, SHAPE.OUTER_AT);
  const family = outerAt < 0 ? column(shape, SHAPE.FAMILY) : column(shape, SHAPE.OUTER_FAMILY);
  const outer = outerAt < 0 ? <usize>load<i32>(scratch + IP + i) : frameAt(i) + outerAt;
  const length = outerLength(i, shape);
  count(COUNTER.frames);
  if (family === 6) {
    count(COUNTER.ipv6);
    raise(counters + (COUNTER.largest6 << 3), <f64>length);
  } else {
    if ((half(outer + IPV4_FIELD.flagsOffset) & DF) !== 0) count(COUNTER.withDf);
    raise(counters + (COUNTER.largest4 << 3), <f64>length);
  }
  if (capturedOf(i) < originalOf(i)) count(COUNTER.snapped);
  const layers = column(shape, SHAPE.LAYERS);
  if (layers !== 0) {
    if (layers & COUNTED_LAYER.PPPOE) count(COUNTER.pppoe);
    if (layers & COUNTED_LAYER.GRE) count(COUNTER.gre);
    if (layers & COUNTED_LAYER.VXLAN) count(COUNTER.vxlan);
  }
  increase(sizes, <usize>length);
  return length;
}

function millisecondsOf(index: i32): f64 {
  const seconds = load<f64>(columns + BATCH_COLUMN.seconds + ((<usize>index) << 3));
  const nanoseconds = <f64>load<i32>(columns + BATCH_COLUMN.nanoseconds + ((<usize>index) << 2));
  return (seconds - firstSeconds) * 1000 + (nanoseconds - firstNanoseconds) / 1e6;
}

function noteTime(bucket: i32, length: i32): void {
  const at = timeline + ((<usize>bucket) << 3);
  raise(timeline + TIMELINE_COLUMN.used, <f64>(bucket + 1));
  store<f64>(at + TIMELINE_COLUMN.frames, load<f64>(at + TIMELINE_COLUMN.frames) + 1);
  store<f64>(at + TIMELINE_COLUMN.octets, load<f64>(at + TIMELINE_COLUMN.octets) + <f64>length);
  raise(at + TIMELINE_COLUMN.largest, <f64>length);
}

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
import { REST } from '../src/analyze/flow/key-hash';
import { SEEN } from '../src/analyze/flow/seen-segments';
import { COUNTED_LAYER, COUNTER, NOT, SHAPE, SHAPE_WORDS } from '../src/analyze/flow/shape-table';
import { ETHERNET_MTU, SMALL_PACKET } from '../src/analyze/flow/sizes';
import { BUCKETS, TIMELINE_COLUMN } from '../src/analyze/log/timeline';
import { BATCH, BATCH_COLUMN } from '../src/frame/frame-batch';
import { DF, FRAGMENT_OFFSET, IPV4_FIELD, IPV4_HEADER, MF, PROTOCOL_NUMBER } from '../src/packet/ipv4';
import { IPV6_FIELD, IPV6_HEADER } from '../src/packet/ipv6';
import { STAMPS_HEADER, STAMPS_WORD, TCP_FIELD, TCP_FLAG, TCP_HEADER_MINIMUM } from '../src/packet/tcp';
import { UDP_HEADER } from '../src/packet/udp';
import { dataOf, isOrdinary, isWireGuardData, noteDatagram } from './datagrams';
import { change, column, half, increase, raise, word } from './memory';

export { gatherPackets, gatherRecords } from './records';

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

let slots: usize = 0;
let mask: u32 = 0;
let rows: usize = 0;
let lasts: usize = 0;
let sizes: usize = 0;
let timeline: usize = 0;
let columns: usize = 0;
let scratch: usize = 0;
let counters: usize = 0;
let seen: usize = 0;
let shapes: usize = 0;
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

/** Where in the memory everything lies, octets; `lastSlot` is the number of slots less one. */
export function setUp(
  slotsAt: usize,
  lastSlot: u32,
  rowsAt: usize,
  lastsAt: usize,
  sizesAt: usize,
  timelineAt: usize,
  columnsAt: usize,
  scratchAt: usize,
  countersAt: usize,
  seenAt: usize,
  shapesAt: usize,
): void {
  slots = slotsAt;
  mask = lastSlot;
  rows = rowsAt;
  lasts = lastsAt;
  sizes = sizesAt;
  timeline = timelineAt;
  columns = columnsAt;
  scratch = scratchAt;
  counters = countersAt;
  seen = seenAt;
  shapes = shapesAt;
}

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
): void {
  known = used;
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
  const hash = firstHash(i, shape, back, back ? swapped : ports, lower, higher);
  store<i32>(scratch + HASH + i, hash ^ (hash >>> 16));
}

function readKey6(i: usize, shape: usize, ip: usize): void {
  const source = ip + IPV6_FIELD.source;
  const destination = ip + IPV6_FIELD.destination;
  const ports = word(ip + IPV6_HEADER);
  const swapped = (ports << 16) | (ports >>> 16);
  let order = 0;
  for (let at: usize = 0; at < 16 && order === 0; at += 4) {
    const left: u32 = word(source + at);
    const right: u32 = word(destination + at);
    if (left !== right) order = left > right ? 1 : -1;
  }
  const back = order > 0 || (order === 0 && <u32>ports > <u32>swapped);
  const lower = scratch + LOWER + (i << 2);
  const higher = scratch + HIGHER + (i << 2);
  for (let at: usize = 0; at < 16; at += 4) {
    store<i32>(lower + at, word((back ? destination : source) + at));
    store<i32>(higher + at, word((back ? source : destination) + at));
  }
  let hash = firstHash(i, shape, back, back ? swapped : ports, load<i32>(lower), load<i32>(higher));
  const rest: u32 =
    load<u32>(lower, 4) * <u32>REST.a +
    load<u32>(lower, 8) * <u32>REST.b +
    load<u32>(lower, 12) * <u32>REST.c +
    load<u32>(higher, 4) * <u32>REST.d +
    load<u32>(higher, 8) * <u32>REST.e +
    load<u32>(higher, 12) * <u32>REST.f;
  hash = (hash ^ rest) * 0x85ebca6b;
  hash ^= hash >>> 15;
  store<i32>(scratch + HASH + i, hash ^ (hash >>> 16));
}

/** Notes what else the key holds; the part of the hash that both families have. */
function firstHash(i: usize, shape: usize, back: bool, bothPorts: i32, lower: i32, higher: i32): u32 {
  const direction = back ? 1 : 0;
  const meta = column(shape, SHAPE.META + direction) ^ (isUdp(i, shape) ? UDP_META : 0);
  store<i32>(scratch + DIRECTION + i, direction);
  store<i32>(scratch + META + i, meta);
  store<i32>(scratch + BOTH_PORTS + i, bothPorts);
  let hash: u32 = (<u32>(meta ^ 0x2c1b3c6d) * 0x9e3779b1) ^ <u32>bothPorts;
  hash = ((hash ^ (hash >>> 15)) * 0x85ebca6b) ^ <u32>lower;
  hash = ((hash ^ (hash >>> 13)) * 0xc2b2ae35) ^ <u32>higher;
  return (hash ^ (hash >>> 15)) * 0x9e3779b1;
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

/** Octets of the TCP header of a segment that has but ACK and PSH set and no options but timestamps; -1 for every other. */
function headerOf(tcp: usize, captured: i32): i32 {
  if (captured < TCP_HEADER_MINIMUM) return -1;
  if ((load<u8>(tcp + TCP_FIELD.flags) & ~TCP_FLAG.psh) !== TCP_FLAG.ack || half(tcp + TCP_FIELD.window) === 0)
    return -1;
  const header = (<i32>(load<u8>(tcp + TCP_FIELD.dataOffset) >> 4)) << 2;
  if (header === STAMPS_HEADER && captured >= STAMPS_HEADER)
    return word(tcp + TCP_HEADER_MINIMUM) === STAMPS_WORD ? header : -1;
  return header === TCP_HEADER_MINIMUM ? header : -1;
}

/** Octets of the innermost IP packet, where all that says so agrees and it is no super-packet; 0 where not. */
function lengthOf(i: usize, shape: usize, ip: usize, v6: bool): i32 {
  const ipAt = column(shape, SHAPE.IP_AT);
  const length = innerLength(ip, v6);
  // 0 means a packet before segmentation, whatever the family.
  if (length > ETHERNET_MTU || length > originalOf(i) - ipAt) return 0;
  const outerAt = column(shape, SHAPE.OUTER_AT);
  if (outerAt >= 0) {
    const outer = outerLength(i, shape);
    if (outer > originalOf(i) - outerAt || length > outer - (ipAt - outerAt)) return 0;
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

/** Whether the flow is this frame's own; of IPv4 one word of each address is in use. */
function isFlowOf(flow: usize, i: usize, v6: bool): bool {
  if (column(flow, 0) !== load<i32>(scratch + META + i) || column(flow, 1) !== load<i32>(scratch + BOTH_PORTS + i))
    return false;
  const lower = scratch + LOWER + (i << 2);
  const higher = scratch + HIGHER + (i << 2);
  if (column(flow, 2) !== load<i32>(lower) || column(flow, 6) !== load<i32>(higher)) return false;
  if (!v6) return true;
  for (let at: usize = 4; at < 16; at += 4) {
    if (load<i32>(flow + 8 + at) !== load<i32>(lower + at) || load<i32>(flow + 24 + at) !== load<i32>(higher + at))
      return false;
  }
  return true;
}

/** All conditions first, then all changes. */
function takeOne(index: i32): bool {
  const i = (<usize>index) << 2;
  const row = load<i32>(scratch + ROW + i);
  if (row < 0) return false;
  const flow = rowAt(row);
  const shape = <usize>load<i32>(scratch + SHAPE_AT + i);
  const v6 = column(shape, SHAPE.FAMILY) === 6;
  if (!isFlowOf(flow, i, v6)) return false;
  const direction = load<i32>(scratch + DIRECTION + i);
  const device = column(shape, SHAPE.DEVICE + direction);
  if (device !== 0 && ((column(flow, F.DEVICES) >>> (direction << 4)) & 0xffff) !== device) return false;
  const time: f64 = millisecondsOf(index) / 1000 + offset;
  if (time < load<f64>(counters + PREVIOUS) - <f64>STEP) return false;
  // Silence is looked at on the long road.
  const last = lasts + ((<usize>row) << 3);
  if (!(time - load<f64>(last) < <f64>LONG_PAUSE)) return false;
  if (!(time < 1e10) || !(time / load<f64>(timeline) < <f64>BUCKETS)) return false;
  const udp = isUdp(i, shape);
  if (!(udp ? takeDatagram(index, flow, direction, time, v6) : takeSegment(i, flow, direction, v6))) return false;

  const octets = flow + ((<usize>(FLOW_TIMES + direction * DIRECTION_TIMES + T.OCTETS)) << 3);
  store<f64>(octets, load<f64>(octets) + <f64>load<i32>(scratch + PAYLOAD + i));
  increase(directionAt(flow, direction), D.PACKETS);
  store<f64>(last, time);
  raise(counters + LAST, time);
  store<f64>(counters + PREVIOUS, time);
  noteTime(time > 0 ? <i32>floor(time / load<f64>(timeline)) : 0, noteFrame(i, shape));
  return true;
}

function takeSegment(i: usize, flow: usize, direction: i32, v6: bool): bool {
  const mine = directionAt(flow, direction);
  const peer = directionAt(flow, 1 - direction);
  const ip = <usize>load<i32>(scratch + IP + i);
  const tcp = ip + (v6 ? IPV6_HEADER : IPV4_HEADER);
  const payload = load<i32>(scratch + PAYLOAD + i);
  const length = innerLength(ip, v6);
  const acknowledged = word(tcp + TCP_FIELD.acknowledgement);
  if ((column(mine, D.FLAGS) & CALM.sender) !== FLAG.SEQ || column(mine, D.SACK_BLOCKS) !== 0) return false;
  if (column(flow, F.CLIENT) === direction + 1 && load<f64>(flow + (FT.RTT << 3)) === 0) return false;
  if (!isCalm(peer, acknowledged)) return false;
  if (word(tcp + TCP_FIELD.sequence) !== column(mine, D.NEXT)) return false;
  if (payload > 0 && !isUsual(mine, peer, length, payload)) return false;

  if (payload > 0) {
    noteData(mine, tcp, v6 ? 0 : half(ip + IPV4_FIELD.identification), length, payload, hasDf(ip, v6));
    count(COUNTER.withData);
  }
  noteAcknowledgement(peer, acknowledged, payload === 0);
  return true;
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

function noteData(mine: usize, tcp: usize, id: i32, length: i32, payload: i32, df: bool): void {
  const sequence = word(tcp + TCP_FIELD.sequence);
  const hash: u32 =
    <u32>sequence ^
    (<u32>((mine - rows) >> 2) * 0x9e3779b1) ^
    (<u32>(id === 0 ? half(tcp + TCP_FIELD.checksum) + 65536 : id) * 0x85ebca6b);
  const place = seen + ((<usize>((hash ^ (hash >>> 15)) & (SEEN - 1))) << 3);
  store<u32>(place, hash);
  store<i32>(place, half(tcp + TCP_FIELD.checksum), 4);
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

function timesAt(flow: usize, direction: i32): usize {
  return flow + ((<usize>(FLOW_TIMES + direction * DIRECTION_TIMES)) << 3);
}

function directionAt(flow: usize, direction: i32): usize {
  return flow + (FLOW_WORDS << 2) + <usize>direction * (DIRECTION_WORDS << 2);
}

function count(counter: usize): void {
  const at = counters + (counter << 3);
  store<f64>(at, load<f64>(at) + 1);
}

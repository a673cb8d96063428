// AssemblyScript. The gathering of whole and ordinary records into a batch, for little-endian files: what `gather` of
// src/capture/pcap.ts and pcapng-packets.ts does, which are also what these are tested against.

/** Columns of `FrameBatch`, octets from its `start`. */
const END: usize = 128;
const ORIGINAL: usize = 256;
const NANOSECONDS: usize = 384;
const SECONDS: usize = 512;
const RECORD: usize = 768;
const BATCH: usize = 32;

/** Limits of src/capture/container.ts. */
const LARGEST_FRAME: u32 = 262144;
const LARGEST_MESSAGE: u32 = 134217728;

/** pcapng: an enhanced packet block, octets before its data and behind its padding. */
const ENHANCED_PACKET: u32 = 6;
const HEADER: u32 = 28;
const TRAILER: u32 = 4;
/** Timestamps below 2^53 ticks: one division is exact. */
const EXACT: u32 = 0x200000;

/** Frames of the last call. */
export let gathered: i32 = 0;

/** pcap records with headers of `header` octets; `perUnit` nanoseconds to a fraction. Answers the offset behind them. */
export function gatherRecords(columns: usize, bytes: usize, from: u32, length: u32, header: u32, perUnit: u32): u32 {
  let at = from;
  let count: usize = 0;
  while (count < BATCH && at + header <= length) {
    const record = bytes + at;
    const captured = load<u32>(record + 8);
    const wire = load<u32>(record + 12);
    const fraction = <f64>load<u32>(record + 4) * <f64>perUnit;
    if (captured === 0 || captured > LARGEST_FRAME || at + header + captured > length) break;
    if (wire < captured || wire > LARGEST_MESSAGE || fraction >= 1e9) break;
    const seconds = <f64>load<u32>(record);
    keep(columns, count, at, at + header, captured, wire, seconds, <i32>fraction);
    at += header + captured;
    count++;
  }
  gathered = <i32>count;
  return at;
}

/** Enhanced packet blocks of interface `index`, whose clock has `units` to a second and is off by `offset` seconds. */
export function gatherPackets(
  columns: usize,
  bytes: usize,
  from: u32,
  length: u32,
  index: u32,
  units: f64,
  offset: f64,
): u32 {
  let at = from;
  let count: usize = 0;
  while (count < BATCH && at + HEADER <= length) {
    const block = bytes + at;
    const octets = load<u32>(block + 4);
    const captured = load<u32>(block + 20);
    const wire = load<u32>(block + 24);
    const high = load<u32>(block + 12);
    if (load<u32>(block) !== ENHANCED_PACKET || load<u32>(block + 8) !== index || high >= EXACT) break;
    if ((octets & 3) !== 0 || octets < HEADER + TRAILER || octets > length - at) break;
    if (captured === 0 || captured > octets - HEADER - TRAILER || captured > LARGEST_FRAME) break;
    if (wire < captured || wire > LARGEST_MESSAGE || load<u32>(block + octets - TRAILER) !== octets) break;
    const ticks = <f64>high * 4294967296 + <f64>load<u32>(block + 16);
    const whole = floor(ticks / units);
    const rest = ticks - whole * units;
    const nanoseconds = min(<f64>999999999, floor(rest * (1e9 / units)));
    keep(columns, count, at, at + HEADER, captured, wire, whole + offset, <i32>nanoseconds);
    at += octets;
    count++;
  }
  gathered = <i32>count;
  return at;
}

function keep(
  columns: usize,
  count: usize,
  record: u32,
  start: u32,
  captured: u32,
  wire: u32,
  seconds: f64,
  nanoseconds: i32,
): void {
  const column = columns + (count << 2);
  store<i32>(column, start);
  store<i32>(column + END, start + captured);
  store<i32>(column + ORIGINAL, wire);
  store<i32>(column + NANOSECONDS, nanoseconds);
  store<f64>(columns + SECONDS + (count << 3), seconds);
  store<i32>(column + RECORD, record);
}

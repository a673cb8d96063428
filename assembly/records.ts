// AssemblyScript. The gathering of whole and ordinary records into a batch, for little-endian files: what `gather` of
// src/capture/pcap.ts and pcapng-packets.ts does, which are also what these are tested against.
import { BLOCK_FIELD, ENHANCED_PACKET, EXACT_TIME, PACKET_FIELD, PACKET_HEADER, TRAILER } from '../src/capture/block';
import { LARGEST_FRAME, LARGEST_MESSAGE } from '../src/capture/limits';
import { RECORD_FIELD } from '../src/capture/pcap-record';
import { BATCH, BATCH_COLUMN } from '../src/frame/frame-batch';
import { change } from './memory';

/** pcap records with headers of `header` octets; `perUnit` nanoseconds to a fraction. Answers the offset behind them. */
export function gatherRecords(columns: usize, bytes: usize, from: u32, length: u32, header: u32, perUnit: u32): u32 {
  let at = from;
  let count: usize = 0;
  let isCut = 0;
  while (count < <usize>BATCH && at + header <= length) {
    const record = bytes + at;
    const captured = load<u32>(record + RECORD_FIELD.captured);
    const wire = load<u32>(record + RECORD_FIELD.original);
    const fraction = <f64>load<u32>(record + RECORD_FIELD.fraction) * <f64>perUnit;
    if (captured === 0 || captured > <u32>LARGEST_FRAME || at + header + captured > length) break;
    if (wire < captured || wire > <u32>LARGEST_MESSAGE || fraction >= 1e9) break;
    const seconds = <f64>load<u32>(record + RECORD_FIELD.seconds);
    isCut |= <i32>(captured < wire);
    keep(columns, count, at, at + header, captured, wire, seconds, <i32>fraction);
    at += header + captured;
    count++;
  }
  change(columns + BATCH_COLUMN.gathered, 0, <i32>count);
  change(columns + BATCH_COLUMN.gathered, 1, isCut);
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
  let isCut = 0;
  while (count < <usize>BATCH && at + PACKET_HEADER <= length) {
    const block = bytes + at;
    const octets = load<u32>(block + BLOCK_FIELD.length);
    const captured = load<u32>(block + PACKET_FIELD.captured);
    const wire = load<u32>(block + PACKET_FIELD.original);
    const high = load<u32>(block + PACKET_FIELD.timeHigh);
    if (
      load<u32>(block + BLOCK_FIELD.type) !== <u32>ENHANCED_PACKET ||
      load<u32>(block + PACKET_FIELD.interfaceId) !== index ||
      high >= <u32>EXACT_TIME
    )
      break;
    if ((octets & 3) !== 0 || octets < <u32>(PACKET_HEADER + TRAILER) || octets > length - at) break;
    if (captured === 0 || captured > octets - PACKET_HEADER - TRAILER || captured > <u32>LARGEST_FRAME) break;
    if (wire < captured || wire > <u32>LARGEST_MESSAGE || load<u32>(block + octets - TRAILER) !== octets) break;
    const ticks = <f64>high * 4294967296 + <f64>load<u32>(block + PACKET_FIELD.timeLow);
    const whole = floor(ticks / units);
    const rest = ticks - whole * units;
    const nanoseconds = min(<f64>999999999, floor(rest * (1e9 / units)));
    isCut |= <i32>(captured < wire);
    keep(columns, count, at, at + PACKET_HEADER, captured, wire, whole + offset, <i32>nanoseconds);
    at += octets;
    count++;
  }
  change(columns + BATCH_COLUMN.gathered, 0, <i32>count);
  change(columns + BATCH_COLUMN.gathered, 1, isCut);
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
  store<i32>(column + BATCH_COLUMN.end, start + captured);
  store<i32>(column + BATCH_COLUMN.original, wire);
  store<i32>(column + BATCH_COLUMN.nanoseconds, nanoseconds);
  store<f64>(columns + BATCH_COLUMN.seconds + (count << 3), seconds);
  store<i32>(column + BATCH_COLUMN.record, record);
}

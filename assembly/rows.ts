// AssemblyScript. Rows of the flow table: how they are found, begun, and taken back where the table is full, as in
// src/analyze/flow/flow-table.ts.
import {
  DIRECTION_TIMES,
  DIRECTION_WORDS,
  F,
  FLOW_TIMES,
  FLOW_WORDS,
  HOT_WORDS,
  ROW_WORDS,
} from '../src/analyze/flow/flow-columns';
import { AHEAD, KEY_WORDS, LINE, NEIGHBOURS, TABLE } from '../src/analyze/flow/flow-table';
import { FLOOR } from '../src/analyze/flow/flow-totals';
import { COUNTER } from '../src/analyze/flow/shape-table';
import { mixed, mixed6 } from './key-hash';
import { counters, idleSince, lasts, mask, rows, slots, state, totals } from './layout';
import { change, column, increase } from './memory';
import { rankOf, settle } from './settle';

/** FlowKeeper.settle: for a flow that may have something to say, or is one of the largest. */
declare function settleThere(row: i32): void;

/** Exported, so that the touching of memory is not taken for useless. */
export let touchedRows: i32 = 0;

export function rowAt(row: i32): usize {
  return rows + <usize>row * (ROW_WORDS << 2);
}

export function timesAt(flow: usize, direction: i32): usize {
  return flow + ((<usize>(FLOW_TIMES + direction * DIRECTION_TIMES)) << 3);
}

export function directionAt(flow: usize, direction: i32): usize {
  return flow + (FLOW_WORDS << 2) + <usize>direction * (DIRECTION_WORDS << 2);
}

export function slotOf(hash: u32): usize {
  return slots + ((<usize>(hash & mask)) << 3);
}

export function lastOf(row: i32): f64 {
  return load<f64>(lasts + ((<usize>row) << 3));
}

/** A row for a new flow, all zero but for its key, in use from now on: the caller gives it a key and a slot. */
export function newRow(): i32 {
  const size = column(state, TABLE.SIZE);
  if (size === capacity()) return evict();
  change(state, TABLE.SIZE, size + 1);
  return size;
}

/** There are twice as many slots. */
function capacity(): i32 {
  return <i32>((mask + 1) >>> 1);
}

function evict(): i32 {
  let row = 0;
  let chosen = 0;
  do {
    if (column(state, TABLE.CHOSEN) === 0) choose();
    chosen = column(state, TABLE.CHOSEN) - 1;
    change(state, TABLE.CHOSEN, chosen);
    row = column(state, TABLE.VICTIMS + chosen);
  } while (lastOf(row) !== load<f64>(idleSince + ((<usize>chosen) << 3)));
  const now = load<f64>(counters + (COUNTER.last << 3));
  const packets = rankOf(rowAt(row), lastOf(row), now);
  if (packets < 0 || <f64>packets > load<f64>(totals + (FLOOR << 3))) settleThere(row);
  else settle(rowAt(row), lastOf(row));
  unlink(row);
  clear(rowAt(row));
  increase(state, TABLE.EVICTED);
  return row;
}

function choose(): void {
  const most = min<i32>(AHEAD, max<i32>(1, capacity() / (4 * NEIGHBOURS)));
  for (let chosen = 0; chosen < most; chosen++) {
    const hand = column(state, TABLE.HAND);
    let oldest = Infinity;
    for (let step = 0; step < NEIGHBOURS; step++) {
      const row = (hand + step) & (capacity() - 1);
      if (lastOf(row) >= oldest) continue;
      oldest = lastOf(row);
      change(state, TABLE.VICTIMS + chosen, row);
    }
    store<f64>(idleSince + ((<usize>chosen) << 3), oldest);
    change(state, TABLE.HAND, (hand + NEIGHBOURS) & (capacity() - 1));
  }
  let touched = 0;
  for (let chosen = 0; chosen < most; chosen++) {
    const flow = rowAt(column(state, TABLE.VICTIMS + chosen));
    for (let line: i32 = 0; line < HOT_WORDS; line += LINE)
      touched ^= column(directionAt(flow, 0), line) ^ column(directionAt(flow, 1), line);
    touched ^= column(flow, 0);
  }
  touchedRows = touched;
  change(state, TABLE.CHOSEN, most);
}

function unlink(row: i32): void {
  let hole = keyHash(rowAt(row)) & mask;
  while (load<i32>(slotOf(hole)) !== row + 1) hole = (hole + 1) & mask;
  for (let next = (hole + 1) & mask; load<i32>(slotOf(next)) !== 0; next = (next + 1) & mask) {
    const home = load<u32>(slotOf(next), 4) & mask;
    if (((next - home) & mask) < ((next - hole) & mask)) continue;
    store<u64>(slotOf(hole), load<u64>(slotOf(next)));
    hole = next;
  }
  store<i32>(slotOf(hole), 0);
}

function keyHash(flow: usize): u32 {
  let hash = mixed(column(flow, 0), column(flow, 1), column(flow, 2), column(flow, 6));
  if ((column(flow, 0) & 1) !== 0) hash = mixed6(hash, flow + 8, flow + 24);
  return hash ^ (hash >>> 16);
}

function clear(flow: usize): void {
  if (column(flow, F.LONG_ROAD) !== 0) zero(flow + (KEY_WORDS << 2), flow + (ROW_WORDS << 2));
  else {
    zero(flow + (KEY_WORDS << 2), directionAt(flow, 0) + (HOT_WORDS << 2));
    zero(directionAt(flow, 1), directionAt(flow, 1) + (HOT_WORDS << 2));
  }
}

function zero(from: usize, to: usize): void {
  for (let at = from; at < to; at += 8) store<u64>(at, 0);
}

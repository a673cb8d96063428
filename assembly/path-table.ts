// AssemblyScript. Bounds by pair of hosts and direction, as in src/analyze/flow/path-table.ts.
import { BOUND, BOUND_WORDS } from '../src/analyze/flow/path-bounds';
import { MOST_PATHS, PATH_SLOTS } from '../src/analyze/flow/path-table';
import { pathCount, pathSlots, pathTimes, pathWords } from './layout';
import { change, column } from './memory';

/** A flow that began with frame `frame` and ended at `last` brought `arrived` octets from one address to the other. */
export function notePath(from: usize, to: usize, family: i32, arrived: i32, frame: i32, last: f64): void {
  const bound = find(from, to, family);
  if (bound < 0) return;
  const held = boundAt(bound);
  const times = pathTimes + ((<usize>bound) << 4);
  const largest = column(held, BOUND.ARRIVED);
  const second = column(held, BOUND.ELSEWHERE);
  if (arrived > largest || (arrived === largest && last > load<f64>(times))) {
    if (column(held, BOUND.FLOW) !== frame) {
      change(held, BOUND.ELSEWHERE, largest);
      store<f64>(times, load<f64>(times), 8);
    }
    change(held, BOUND.ARRIVED, arrived);
    change(held, BOUND.FLOW, frame);
    store<f64>(times, last);
  } else if (arrived >= second) {
    store<f64>(times, arrived > second ? last : max<f64>(last, load<f64>(times, 8)), 8);
    change(held, BOUND.ELSEWHERE, arrived);
  }
}

function boundAt(bound: i32): usize {
  return pathWords + <usize>bound * (BOUND_WORDS << 2);
}

function find(from: usize, to: usize, family: i32): i32 {
  let hash: u32 = family;
  for (let word: usize = 0; word < 16; word += 4) {
    hash = ((hash ^ load<u32>(from + word)) * 0x9e3779b1) ^ (hash >>> 15);
    hash = ((hash ^ load<u32>(to + word)) * 0x85ebca6b) ^ (hash >>> 13);
  }
  let slot = (hash ^ (hash >>> 16)) & (PATH_SLOTS - 1);
  for (let held = column(pathSlots, slot); held !== 0; held = column(pathSlots, slot)) {
    if (isOf(boundAt(held - 1), from, to, family)) return held - 1;
    slot = (slot + 1) & (PATH_SLOTS - 1);
  }
  const bound = load<i32>(pathCount);
  if (bound >= MOST_PATHS) return -1;
  store<i32>(pathCount, bound + 1);
  change(pathSlots, slot, bound + 1);
  const fresh = boundAt(bound);
  change(fresh, BOUND.FAMILY, family);
  for (let word: i32 = 0; word < 4; word++) {
    change(fresh, BOUND.FROM + word, column(from, word));
    change(fresh, BOUND.TO + word, column(to, word));
  }
  return bound;
}

function isOf(bound: usize, from: usize, to: usize, family: i32): bool {
  if (column(bound, BOUND.FAMILY) !== family) return false;
  for (let word: i32 = 0; word < 4; word++) {
    if (column(bound, BOUND.FROM + word) !== column(from, word)) return false;
    if (column(bound, BOUND.TO + word) !== column(to, word)) return false;
  }
  return true;
}

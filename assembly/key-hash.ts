// AssemblyScript. The hash of a flow's key, as in src/analyze/flow/key-hash.ts.
import { REST } from '../src/analyze/flow/key-hash';

/** The part of the hash that both families have. */
export function mixed(meta: i32, bothPorts: i32, lower: i32, higher: i32): u32 {
  let hash: u32 = (<u32>(meta ^ 0x2c1b3c6d) * 0x9e3779b1) ^ <u32>bothPorts;
  hash = ((hash ^ (hash >>> 15)) * 0x85ebca6b) ^ <u32>lower;
  hash = ((hash ^ (hash >>> 13)) * 0xc2b2ae35) ^ <u32>higher;
  return (hash ^ (hash >>> 15)) * 0x9e3779b1;
}

/** The part that the rest of two IPv6 addresses adds. */
export function mixed6(first: u32, lower: usize, higher: usize): u32 {
  const rest: u32 =
    load<u32>(lower, 4) * <u32>REST.a +
    load<u32>(lower, 8) * <u32>REST.b +
    load<u32>(lower, 12) * <u32>REST.c +
    load<u32>(higher, 4) * <u32>REST.d +
    load<u32>(higher, 8) * <u32>REST.e +
    load<u32>(higher, 12) * <u32>REST.f;
  const hash = (first ^ rest) * 0x85ebca6b;
  return hash ^ (hash >>> 15);
}

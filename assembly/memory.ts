// AssemblyScript. Words of the tables, and of packets.

export function column(at: usize, index: usize): i32 {
  return load<i32>(at + (index << 2));
}

export function change(at: usize, index: usize, value: i32): void {
  store<i32>(at + (index << 2), value);
}

export function increase(at: usize, index: usize): void {
  change(at, index, column(at, index) + 1);
}

export function raise(at: usize, value: f64): void {
  if (value > load<f64>(at)) store<f64>(at, value);
}

/** Big-endian 16 and 32 bits. */
export function half(at: usize): i32 {
  return <i32>bswap<u16>(load<u16>(at));
}

export function word(at: usize): i32 {
  return bswap<i32>(load<i32>(at));
}

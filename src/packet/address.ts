import { u16 } from './octets.js';

/** The address at `at` in its usual text: dotted quad, or RFC 5952 for IPv6. */
export function addressText(bytes: Uint8Array, at: number, family: 4 | 6): string {
  return family === 4 ? ipv4Text(bytes, at) : ipv6Text(bytes, at);
}

function ipv4Text(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** RFC 5952 4: lower case, no leading zeros, the longest run of two or more zero groups shortened, the first of equals. */
function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, group) => u16(bytes, at + 2 * group));
  let best = -1;
  let longest = 1;
  for (let group = 0; group < 8; group++) {
    let run = 0;
    while (group + run < 8 && groups[group + run] === 0) run += 1;
    if (run > longest) {
      best = group;
      longest = run;
    }
  }
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return best < 0 ? text(0, 8) : `${text(0, best)}::${text(best + longest, 8)}`;
}

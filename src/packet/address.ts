import { u16 } from './octets.js';

/** The address at `at` in its usual text: dotted quad, or RFC 5952 for IPv6. */
export function addressText(bytes: Uint8Array, at: number, family: 4 | 6): string {
  return family === 4 ? ipv4Text(bytes, at) : ipv6Text(bytes, at);
}

/** Dotted decimal of the four octets at `at`. */
export const ipv4Text = (octets: Uint8Array, at = 0): string =>
  `${octets[at]}.${octets[at + 1]}.${octets[at + 2]}.${octets[at + 3]}`;

/** Canonical text of the sixteen octets at `at`. */
export const ipv6Text = (octets: Uint8Array, at = 0): string =>
  groupsText(Array.from({ length: 8 }, (_, group) => u16(octets, at + 2 * group)));

/**
 * RFC 5952 4: lower case, no leading zeros, the longest run of two or more zero groups shortened, the first of equals.
 */
export function groupsText(groups: readonly number[]): string {
  let best = -1;
  let longest = 1;
  for (let group = 0; group < groups.length; group++) {
    let run = 0;
    while (groups[group + run] === 0) run += 1;
    if (run > longest) {
      best = group;
      longest = run;
    }
  }
  let text = '';
  for (let group = 0; group < groups.length; group++) {
    if (group === best) {
      text += '::';
      group += longest - 1;
    } else text += `${group === 0 || group === best + longest ? '' : ':'}${groups[group]!.toString(16)}`;
  }
  return text;
}

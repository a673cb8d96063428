/**
 * Findings that say of a capture why its connections stand still or send again. Not `peer-gone`: it is about one
 * connection, and explains no other.
 */
const both = [
  'black-hole',
  'black-hole-suspected',
  'ptb-ignored',
  'ptb-bogus-mtu',
  'ptb-small-mtu',
  'ptb-zero-mtu',
  'mss-ignored',
  'clamp-too-high',
  'not-passed-on',
];

/** Why it stands still at its end: what healed (`black-hole-plpmtud`, `pmtud-works`, `ptb-rare`) explains none that did not. */
const standstill: readonly string[] = both;
/** Why it sends again: a sender that found a smaller size, by itself or by a PTB, repeats what was too large. */
const repetition: readonly string[] = [...both, 'black-hole-plpmtud', 'pmtud-works', 'ptb-rare'];

export const explainsStandstill = (found: ReadonlySet<string>): boolean => standstill.some((code) => found.has(code));
export const explainsRepetition = (found: ReadonlySet<string>): boolean => repetition.some((code) => found.has(code));

import type { DirectionFacts, PtbFacts } from '../flow/flow-facts.js';

/** One stray packet may have been on its way; two and more after the grace of a round trip were sent knowingly. */
const LEAST_OVERSIZE = 2;

/** Whether a sender kept its size although PTBs asked for less. */
export const isIgnored = (ptb: PtbFacts, largestIp: number): boolean =>
  largestIp > ptb.mtu &&
  ptb.overAfter >= LEAST_OVERSIZE &&
  (ptb.shrunkTo === null || ptb.overLastFrame > ptb.shrunkFrame);

/** A sender that obeyed, and at the end times out over what fits: whether it does fit is open. */
export const isOpen = ({ ptb, run }: DirectionFacts): boolean =>
  ptb !== null && run !== null && run.ip <= ptb.mtu && run.count > 1;

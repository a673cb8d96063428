import { DIRECTION_TIMES, DIRECTION_WORDS, FLOW_TIMES, FLOW_WORDS, ROW_TIMES, ROW_WORDS } from './flow-columns.js';

/** Index of the first word of a direction (0 or 1) in `words`; columns `D` and `U` count from it. */
export const wordsAt = (row: number, direction: number): number =>
  row * ROW_WORDS + FLOW_WORDS + direction * DIRECTION_WORDS;

/** Index of the first double of a direction (0 or 1) in `times`; columns `T` count from it. */
export const timesAt = (row: number, direction: number): number =>
  row * ROW_TIMES + FLOW_TIMES + direction * DIRECTION_TIMES;

import type { Place } from '../place.js';
import { analyze } from './analyze.js';
import { answers } from './answers.js';
import { captures } from './captures.js';
import { configurations } from './configurations.js';
import { numbers } from './numbers.js';

/** Every break that the tests must notice, room by room. */
export const places: readonly Place[] = [...numbers, ...captures, ...analyze, ...configurations, ...answers];

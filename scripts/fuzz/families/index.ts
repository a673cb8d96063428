import type { Family } from '../family.js';
import { captures } from './captures.js';
import { configurations } from './configurations.js';
import { devices } from './devices.js';
import { network } from './network.js';
import { textCaptures } from './texts.js';

/** The registry: one line for each kind of thing that comes from outside. */
export const families: readonly Family[] = [captures, textCaptures, devices, configurations, network];

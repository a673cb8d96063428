import type { Plan } from '../results.js';
import type { Scenario } from '../scenario.js';

/** What a step may know of the place it runs in. */
export interface Ground {
  readonly scenario: Scenario;
  readonly plan: Plan;
  /** The device of gw1 with its WAN address. */
  readonly wanDevice: string;
  /** The tunnel device at both gateways, if the tunnel has one. */
  readonly tunnelDevice: string | null;
  readonly linkMtu: number;
  readonly lanMtu: number;
  readonly patienceMs: number;
}

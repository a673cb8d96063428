import type { Scenario } from '../../scenario.js';
import type { Device, End } from './tunnel.js';

export interface L2tpSession {
  readonly device: Device;
  connect(): Promise<void>;
  end(): void;
}

export async function l2tp(_scenario: Scenario, _ends: readonly [End, End], _work: string): Promise<L2tpSession> {
  throw new Error('not yet');
}

import { catalogue } from '../../../ciphers/index.js';
import type { ProbeEngine, ProbeReply } from '../../../src/probe/engine.js';
import { type MeasureOptions, measure } from '../../../src/probe/measure.js';
import type { ProbeResult } from '../../../src/probe/result.js';
import { SCHEMA_VERSION } from '../../../src/schema-version.js';
import type { Printed } from '../family.js';
import { written } from '../written.js';

/** An engine that gives these answers, one after the other and over again. */
export const answering = (replies: readonly ProbeReply[], id: ProbeEngine['id']): ProbeEngine => {
  let next = 0;
  return {
    id,
    blindTo: [],
    protocols: id === 'ping' ? ['icmp'] : ['udp'],
    quotes: false,
    told: id === 'errqueue',
    send: async (probes) => probes.map(() => replies[next++ % replies.length] ?? { kind: 'silence' }),
    late: () => [],
    close: async () => {},
  };
};

/** A whole measurement, in which no time passes. */
export function measured(
  engine: ProbeEngine,
  address: string,
  more: Partial<MeasureOptions> = {},
): Promise<ProbeResult> {
  let now = 0;
  const family = address.includes(':') ? 6 : 4;
  const protocol = engine.protocols[0] ?? 'icmp';
  const usual = { host: 'host', address, family, protocol, localMtu: 1500, maxProbes: 120 } as const;
  return measure(engine, { ...usual, ...more }, catalogue, { clock: () => now++, pause: async () => {} });
}

export const writtenProbe = (result: ProbeResult): Promise<Printed[]> =>
  written('probe', { schemaVersion: SCHEMA_VERSION, results: [result] }, ['json', 'text', 'prometheus']);

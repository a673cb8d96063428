import { errorValue, MtucalcError } from '../error.js';
import type { Ledger } from '../probe/ledger.js';
import type { Batch } from '../probe/plan/plan.js';
import type { ProbeAnswer, ProbeResult, RefusedHost } from '../probe/result.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { type ProbeRequest, probeHost } from './probe-host.js';

/** Hosts measured at the same time. */
const AT_ONCE = 8;

/** For several hosts: as for one, and whose batch went out, who is done. */
export interface ProbeHostsRequest extends Omit<ProbeRequest, 'onBatch'> {
  readonly onBatch?: (host: string, batch: Batch, ledger: Ledger) => void;
  readonly onDone?: (host: string) => void;
}

/** Measures several hosts, each named once, a few under way at a time; one that cannot be measured has an `error`. */
export async function probeHosts(
  names: readonly string[],
  { onBatch, onDone, ...request }: ProbeHostsRequest = {},
): Promise<ProbeAnswer> {
  const hosts = [...new Set(names)];
  const results = await inTurns(hosts, async (host): Promise<ProbeResult | RefusedHost> => {
    try {
      return await probeHost(host, { ...request, onBatch: (batch, ledger) => onBatch?.(host, batch, ledger) });
    } catch (error) {
      if (!(error instanceof MtucalcError)) throw error;
      return { host, error: errorValue(error) };
    } finally {
      onDone?.(host);
    }
  });
  return { schemaVersion: SCHEMA_VERSION, results };
}

/** Results in the order of the hosts. */
async function inTurns<T>(hosts: readonly string[], measure: (host: string) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(hosts.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < hosts.length; i = next++) results[i] = await measure(hosts[i] as string);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, hosts.length) }, worker));
  return results;
}

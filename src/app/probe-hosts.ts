import { setMaxListeners } from 'node:events';
import { errorValue, MtucalcError } from '../error.js';
import type { Ledger } from '../probe/ledger.js';
import type { Batch } from '../probe/plan/plan.js';
import type { ProbeAnswer, ProbeResult, RefusedHost } from '../probe/result.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { type ProbeRequest, probeHost } from './probe-host.js';

/** Hosts measured at the same time. */
export const MOST_AT_ONCE = 16;

/** For several hosts: as for one, and whose batch went out, who is done. */
export interface ProbeHostsRequest extends Omit<ProbeRequest, 'onBatch'> {
  readonly onBatch?: (host: string, batch: Batch, ledger: Ledger) => void;
  readonly onDone?: (host: string) => void;
  /** Both families of each name that has them. */
  readonly both?: boolean;
}

/**
 * Measures several hosts, each named once, 16 under way at a time. One that cannot be measured has an `error` in its
 * place; nothing is thrown for it.
 */
export async function probeHosts(
  names: readonly string[],
  { onBatch, onDone, both = false, ...request }: ProbeHostsRequest = {},
): Promise<ProbeAnswer> {
  // Each measurement under way listens to the one signal.
  if (request.signal) setMaxListeners(MOST_AT_ONCE + 8, request.signal);
  const hosts = [...new Set(names)];
  const wanted = both
    ? hosts.flatMap((host) => ([4, 6] as const).map((family) => ({ host, family })))
    : hosts.map((host) => ({ host, family: request.family }));
  const all = await inTurns(wanted, async ({ host, family }): Promise<ProbeResult | RefusedHost> => {
    try {
      return await probeHost(host, { ...request, family, onBatch: (batch, ledger) => onBatch?.(host, batch, ledger) });
    } catch (error) {
      if (!(error instanceof MtucalcError)) throw error;
      return { host, error: errorValue(error) };
    } finally {
      onDone?.(host);
    }
  });
  // A family that a name does not have is no failure as long as it has the other.
  const results = all.filter(
    (one) => !both || !('error' in one) || !all.some((other) => other.host === one.host && !('error' in other)),
  );
  return { schemaVersion: SCHEMA_VERSION, results };
}

/** Results in the order of the hosts. */
async function inTurns<H, T>(hosts: readonly H[], measure: (host: H) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(hosts.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < hosts.length; i = next++) results[i] = await measure(hosts[i] as H);
  };
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, hosts.length) }, worker));
  return results;
}

import { errorValue, MtucalcError } from '../../error.js';
import type { ProbeResult, RefusedHost } from '../../probe/result.js';
import type { WatchedPath } from '../../probe/watch/path.js';
import { probeHostsApart } from '../probe-apart.js';
import { type ProbeRequest, probeHost } from '../probe-host.js';
import { Batches } from './batches.js';

/** Packets of one measurement, at most, unless told: what the internet gets too. */
const USUAL_PACKETS = 100;

/** Measures one path with at most so many packets; a host that cannot be measured is a value too. */
export type MeasurePath = (
  path: WatchedPath,
  maxProbes: number,
  signal: AbortSignal,
) => Promise<ProbeResult | RefusedHost>;

const packets = (request: ProbeRequest, allowed: number): number =>
  Math.min(request.maxProbes ?? USUAL_PACKETS, allowed);

async function caught(host: string, measured: Promise<ProbeResult | RefusedHost>): Promise<ProbeResult | RefusedHost> {
  try {
    return await measured;
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return { host, error: errorValue(error) };
  }
}

/** Measures in this process, as `probeHost` does with the same request. */
export const measureHere =
  (request: ProbeRequest): MeasurePath =>
  ({ target, family }, allowed, signal) =>
    caught(
      target,
      probeHost(target, { ...request, family: family ?? undefined, maxProbes: packets(request, allowed), signal }),
    );

/** In processes of their own that give up root; `words` are the options of `mtucalc probe` but family and packets. */
export const measureApart = (request: ProbeRequest, words: readonly string[]): MeasurePath => {
  const batches = new Batches(probeHostsApart);
  return ({ target, family }, allowed, signal) => {
    const last = [...(family === null ? [] : [`-${family}`]), `--max-probes=${packets(request, allowed)}`];
    return caught(target, batches.ask(target, [...words, ...last], signal));
  };
};

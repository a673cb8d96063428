import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { catalogue } from '../../ciphers/index.js';
import { MtucalcError } from '../error.js';
import { openEngine } from '../io/engine-choice.js';
import { resolve } from '../io/resolve.js';
import { routeTo } from '../io/route.js';
import type { EngineId, ProbeProtocol } from '../probe/engine.js';
import type { Ledger } from '../probe/ledger.js';
import { mannersFor } from '../probe/manners.js';
import { measure } from '../probe/measure.js';
import { headersOf } from '../probe/packets.js';
import type { Batch } from '../probe/plan/plan.js';
import type { ProbeResult } from '../probe/result.js';

/** What the user asked for; sizes in octets of whole IP packets. */
export interface ProbeRequest {
  readonly family?: 4 | 6 | undefined;
  readonly engine?: EngineId | undefined;
  readonly protocol?: ProbeProtocol | undefined;
  readonly port?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly source?: string | undefined;
  readonly device?: string | undefined;
  readonly pps?: number | undefined;
  readonly maxProbes?: number | undefined;
  readonly gentle?: boolean;
  readonly everyHop?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onBatch?: ((batch: Batch, ledger: Ledger) => void) | undefined;
}

/** traceroute's first UDP port, which hosts keep closed; the port that most hosts have open for TCP. */
const defaultPort: Record<ProbeProtocol, number> = { icmp: 33434, udp: 33434, tcp: 443 };

/**
 * Measures the path MTU to one host.
 * @throws MtucalcError for hosts that cannot be resolved or reached, missing privileges, and limits that contradict.
 */
export async function probeHost(host: string, request: ProbeRequest = {}): Promise<ProbeResult> {
  const { source, device, min, max } = request;
  const target = await resolve(host, request.family);
  const { family, address } = target;
  const route = await routeTo(family, address, { source, device });
  const manners = mannersFor(family, address);
  const protocol = request.protocol ?? 'icmp';
  const smallest = Math.max(headersOf(family, protocol) + 4, family === 6 ? 1280 : 68);
  for (const [name, value] of [
    ['--min', min],
    ['--max', max],
  ] as const) {
    if (value !== undefined && value < smallest)
      throw new MtucalcError(
        'bad-value',
        `${name} ${value} is below ${smallest}, the smallest size that tells something over IPv${family}`,
      );
  }
  if (min !== undefined && max !== undefined && min > max)
    throw new MtucalcError('bad-value', `--min ${min} is above --max ${max}`);
  const engine = await openEngine(request.engine, {
    family,
    address,
    source: route.source,
    sourceGiven: source !== undefined,
    device,
    pps: request.pps ?? manners.pps,
    port: request.port ?? defaultPort[protocol],
    localMtu: route.linkMtu,
  });
  try {
    const first = engine.protocols.includes(protocol)
      ? protocol
      : request.protocol === undefined
        ? engine.protocols[0]
        : undefined;
    if (first === undefined) {
      const fix =
        protocol === 'tcp'
          ? 'TCP probes need raw sockets: --engine raw, as root'
          : '--engine raw, or errqueue on Linux';
      throw new MtucalcError('impossible', `engine ${engine.id} cannot send ${protocol} probes`, fix);
    }
    return await measure(
      engine,
      {
        host,
        address,
        family,
        protocol: first,
        min,
        max,
        localMtu: route.linkMtu,
        maxProbes: request.maxProbes ?? manners.maxProbes,
        gentle: request.gentle ?? false,
        everyHop: request.everyHop ?? false,
      },
      catalogue,
      {
        clock: () => performance.now(),
        pause: (ms) => pause(ms),
        signal: request.signal,
        onBatch: request.onBatch,
      },
    );
  } finally {
    await engine.close();
  }
}

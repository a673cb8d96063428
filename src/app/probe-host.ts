import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { catalogue } from '../../ciphers/index.js';
import { MtucalcError } from '../error.js';
import type { Finding } from '../finding.js';
import { openWithCompanions } from '../io/engine-choice.js';
import { resolve } from '../io/resolve.js';
import { interfaceOf, type Route, routeTo } from '../io/route.js';
import type { EngineId, ProbeProtocol } from '../probe/engine.js';
import type { Ledger } from '../probe/ledger.js';
import { mannersFor } from '../probe/manners.js';
import { measure } from '../probe/measure.js';
import { headersOf } from '../probe/packets.js';
import type { Batch } from '../probe/plan/plan.js';
import type { ProbeResult } from '../probe/result.js';
import { narrowest } from './probe-flows.js';

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
  /** Try the usual sizes below the largest as well. */
  readonly sweep?: boolean;
  /** Flows (source ports or identifiers) measured one after the other; the narrowest counts. */
  readonly flows?: number | undefined;
  /** Look at the MSS of SYNs on their way, and of the answer. */
  readonly mss?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onBatch?: ((batch: Batch, ledger: Ledger) => void) | undefined;
}

/** traceroute's first UDP port, which hosts keep closed; the port that most hosts have open for TCP. */
const defaultPorts = { udp: 33434, tcp: 443 } as const;

/**
 * Measures the path MTU to one host.
 * @throws MtucalcError for hosts that cannot be resolved or reached, missing privileges, and limits that contradict.
 */
export async function probeHost(host: string, request: ProbeRequest = {}): Promise<ProbeResult> {
  const { source, min, max } = request;
  const target = await resolve(host, request.family);
  const { family, address } = target;
  const device = request.device ?? (target.zone === undefined ? undefined : await interfaceOf(target.zone));
  const route = await routeTo(family, address, { source, device });
  const port = request.port ?? target.port;
  const manners = mannersFor(family, address);
  // Routers tell flows apart by ports, which echoes do not have.
  const usual = (request.flows ?? 1) > 1 && request.engine !== 'ping' ? 'udp' : 'icmp';
  const protocol = request.protocol ?? (request.engine === 'tcp' ? 'tcp' : usual);
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
  const engine = await openWithCompanions(request.engine, {
    family,
    address,
    source: route.source,
    sourceGiven: source !== undefined,
    device,
    pps: request.pps ?? manners.pps,
    ports: {
      udp: protocol === 'udp' ? (port ?? defaultPorts.udp) : defaultPorts.udp,
      tcp: protocol === 'udp' ? defaultPorts.tcp : (port ?? defaultPorts.tcp),
    },
    localMtu: route.linkMtu,
    zoned: target.zone !== undefined,
  });
  try {
    const own = engine.protocols.filter((one) => !engine.besides?.includes(one));
    const first = own.includes(protocol) ? protocol : request.protocol === undefined ? own[0] : undefined;
    if (first === undefined) {
      const fix =
        protocol === 'tcp'
          ? '--engine raw as root, or --engine tcp to an open port'
          : '--engine raw, or errqueue on Linux';
      throw new MtucalcError('impossible', `engine ${engine.id} cannot send ${protocol} probes`, fix);
    }
    const of = (flow: number) =>
      measure(
        engine,
        {
          host,
          address,
          family,
          protocol: first,
          explicit: request.protocol ?? (request.engine === 'tcp' ? 'tcp' : null),
          flow: flow === 0 ? undefined : flow,
          alone: (request.flows ?? 1) > 1,
          sweep: request.sweep ?? false,
          mss: request.mss ?? false,
          min,
          max,
          localMtu: route.linkMtu,
          notes: notesOf(route, address),
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
    const results = [await of(0)];
    for (let flow = 1; flow < (request.flows ?? 1) && !request.signal?.aborted; flow++) results.push(await of(flow));
    return results.length === 1 ? (results[0] as ProbeResult) : narrowest(results);
  } finally {
    await engine.close();
  }
}

/** What this host itself does with packets to the target, which no probe of ours shows. */
function notesOf({ own, toOurselves, device }: Route, address: string): Finding[] {
  const notes: Finding[] = [];
  if (toOurselves) {
    notes.push({
      code: 'own-address',
      severity: 'warning',
      says: `${address} is this host itself: the packets never leave it`,
      evidence: [{ value: address, from: 'address of this host' }],
    });
  }
  if (own !== null) {
    const why =
      own.expires !== null
        ? `remembers it from a Packet Too Big for ${own.expires} seconds more`
        : own.locked
          ? 'has a route with a locked MTU'
          : 'has a route with an MTU of its own';
    notes.push({
      code: 'route-mtu',
      severity: 'warning',
      says: `this host's own kernel sends no more than ${own.mtu} octets to the target: it ${why}. Its TCP keeps to that whatever the path carries`,
      evidence: [{ value: own.mtu, from: `ip route get ${address}${device === null ? '' : ` (${device})`}` }],
      fix: own.expires !== null ? 'ip route flush cache forgets it' : 'ip route change the route without mtu',
    });
  }
  return notes;
}

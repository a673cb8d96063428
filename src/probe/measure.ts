import type { Finding } from '../finding.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { LARGEST_PACKET, mssOf } from '../mtu/mss.js';
import type { ProbeEngine, ProbeProtocol } from './engine.js';
import { bottleneckOf } from './judge/bottleneck.js';
import { tunnelsOver } from './judge/consequence.js';
import { findingsOf, unseen } from './judge/findings.js';
import { judge } from './judge/verdict.js';
import { Ledger } from './ledger.js';
import { nothingYet } from './plan/found.js';
import { hopsSeen } from './plan/locate.js';
import { type RunHooks, run } from './plan/run.js';
import { search } from './plan/search.js';
import type { ProbeResult } from './result.js';
import { controlSize } from './sizes.js';

/** One target, resolved, and how hard to look. Sizes are octets of whole IP packets. */
export interface MeasureOptions {
  readonly host: string;
  readonly address: string;
  readonly family: 4 | 6;
  readonly protocol: ProbeProtocol;
  /** The user asked for this protocol; null where it is our choice. */
  readonly explicit?: ProbeProtocol | null;
  /** Another flow than the first; see Probe. */
  readonly flow?: number | undefined;
  /** This protocol alone, without cross-checks. */
  readonly alone?: boolean;
  /** Try the usual sizes below the largest as well. */
  readonly sweep?: boolean;
  /** Look at the MSS of SYNs on their way, and of the answer. */
  readonly mss?: boolean;
  /** Size of the control probes; 576 or 1280 unless told. */
  readonly min?: number | undefined;
  /** Largest size of interest; unless told the local link MTU, and at least 1500. */
  readonly max?: number | undefined;
  readonly localMtu: number | null;
  readonly maxProbes: number;
  /** What is known beforehand of this host and the target; told after the measurement's own findings. */
  readonly notes?: readonly Finding[];
  readonly gentle?: boolean;
  readonly everyHop?: boolean;
}

/** Milliseconds from any start; injected, as a pure room has no clock. */
export type Clock = () => number;

/** Measures one path and says what it found; the engine is left open. */
export async function measure(
  engine: ProbeEngine,
  options: MeasureOptions,
  catalogue: Catalogue,
  hooks: RunHooks & { readonly clock: Clock },
): Promise<ProbeResult> {
  const { family } = options;
  const localMtu = options.localMtu === null ? null : Math.min(LARGEST_PACKET, options.localMtu);
  const max = options.max ?? Math.max(1500, localMtu ?? 1500);
  const settings = {
    family,
    controlSize: Math.min(options.min ?? controlSize(family), max),
    max,
    localMtu,
    // Of several flows each is compared with the others, not with other protocols.
    protocols: options.alone ? [options.protocol] : engine.protocols,
    quotes: engine.quotes,
    explicit: options.explicit ?? null,
    everyHop: options.everyHop ?? false,
    sweep: options.sweep ?? false,
    mss: options.mss ?? false,
  };
  const ledger = new Ledger(options.protocol, { budget: options.maxProbes, gentle: options.gentle ?? false });
  ledger.besideConnections = engine.hopProtocol ?? null;
  ledger.connections = engine.connections ?? false;
  ledger.told = engine.told ?? false;
  ledger.flow = options.flow;
  const found = nothingYet();
  const start = hooks.clock();
  await run(search(ledger, found, settings), ledger, engine, hooks);
  const judged = judge(ledger, found, settings);
  const where = bottleneckOf(ledger, found, judged.verdict, options.address);
  const { low, high } = judged;
  const inPieces = typeof found.cleared === 'object' && found.cleared !== null;
  const usable = ledger.low === 0 ? null : low;
  return {
    host: options.host,
    address: options.address,
    family,
    protocol: ledger.protocol,
    ...(low === high && usable !== null ? { pathMtu: low } : { interval: { low, high } }),
    verdict: judged.verdict,
    direction: directionOf(ledger, judged.verdict),
    mss: usable === null ? null : mssOf(usable),
    ...(found.mssSeen === null ? {} : { mssSeen: found.mssSeen }),
    tunnels: usable === null ? [] : tunnelsOver(usable, family, catalogue),
    engine: engine.id,
    blindTo: unseen(engine, ledger, found, judged),
    probes: ledger.entries.length,
    elapsedMs: Math.round((hooks.clock() - start) * 10) / 10,
    rttMs: ledger.slowestRtt,
    loss: Math.round(ledger.loss.rate * 1000) / 1000,
    hops: hopsSeen(ledger).map((hop) => ({ ...hop, arrives: passed(hop.arrives, inPieces ? 0 : ledger.low) })),
    bottleneck: where,
    findings: [...findingsOf(ledger, found, settings, judged, where, engine), ...(options.notes ?? [])],
  };
}

/** What reached the target in one piece has passed every hop before it. */
const passed = (seen: number | null, low: number): number | null => Math.max(seen ?? 0, low) || null;

/** The way back is vouched for only by an answer that was as long as its probe. */
function directionOf(ledger: Ledger, verdict: ProbeResult['verdict']): ProbeResult['direction'] {
  const { low } = ledger;
  if (low === 0) return 'unknown';
  if (ledger.protocol !== 'icmp' || verdict === 'reply-path-suspect') return 'forward';
  const whole = ledger.current.some(
    ({ probe, reply }) =>
      reply.kind === 'arrived' && probe.protocol === 'icmp' && probe.size === low && reply.octets === probe.size,
  );
  return whole ? 'forward, and back for answers of the same size' : 'forward';
}

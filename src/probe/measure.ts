import type { Catalogue } from '../mtu/catalogue.js';
import { LARGEST_PACKET, mssOf } from '../mtu/mss.js';
import type { ProbeEngine, ProbeProtocol } from './engine.js';
import { bottleneckOf } from './judge/bottleneck.js';
import { tunnelsOver } from './judge/consequence.js';
import { findingsOf } from './judge/findings.js';
import { judge } from './judge/verdict.js';
import { Ledger } from './ledger.js';
import { hopsSeen } from './plan/locate.js';
import { type RunHooks, run } from './plan/run.js';
import { nothingYet, search } from './plan/search.js';
import type { ProbeResult } from './result.js';
import { controlSize } from './sizes.js';

/** One target, resolved, and how hard to look. Sizes are octets of whole IP packets. */
export interface MeasureOptions {
  readonly host: string;
  readonly address: string;
  readonly family: 4 | 6;
  readonly protocol: ProbeProtocol;
  /** Size of the control probes; 576 or 1280 unless told. */
  readonly min?: number | undefined;
  /** Largest size of interest; unless told the local link MTU, and at least 1500. */
  readonly max?: number | undefined;
  readonly localMtu: number | null;
  readonly maxProbes: number;
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
    protocols: engine.protocols,
    quotes: engine.quotes,
    everyHop: options.everyHop ?? false,
  };
  const ledger = new Ledger(options.protocol, { budget: options.maxProbes, gentle: options.gentle ?? false });
  const found = nothingYet();
  const start = hooks.clock();
  await run(search(ledger, found, settings), ledger, engine, hooks);
  const judged = judge(ledger, found, settings);
  const where = bottleneckOf(ledger, found, judged.verdict, options.address);
  const { low, high } = judged;
  const inPieces = typeof found.cleared === 'object' && found.cleared !== null;
  const usable = judged.verdict === 'target-silent' ? null : low;
  return {
    host: options.host,
    address: options.address,
    family,
    protocol: ledger.protocol,
    ...(low === high && judged.verdict !== 'target-silent' ? { pathMtu: low } : { interval: { low, high } }),
    verdict: judged.verdict,
    direction:
      usable === null
        ? 'unknown'
        : ledger.protocol === 'icmp' && judged.verdict !== 'reply-path-suspect'
          ? 'forward, and back for answers of the same size'
          : 'forward',
    mss: usable === null ? null : mssOf(usable),
    tunnels: usable === null ? [] : tunnelsOver(usable, family, catalogue),
    engine: engine.id,
    blindTo: engine.blindTo,
    probes: ledger.entries.length,
    elapsedMs: Math.round((hooks.clock() - start) * 10) / 10,
    rttMs: ledger.slowestRtt,
    loss: Math.round(ledger.loss.rate * 1000) / 1000,
    hops: hopsSeen(ledger).map((hop) => ({ ...hop, arrives: passed(hop.arrives, inPieces ? 0 : ledger.low) })),
    bottleneck: where,
    findings: findingsOf(ledger, found, settings, judged, where, engine),
  };
}

/** What reached the target in one piece has passed every hop before it. */
const passed = (seen: number | null, low: number): number | null => Math.max(seen ?? 0, low) || null;

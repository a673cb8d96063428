import { FULL_TTL, type Probe, type ProbeProtocol, type ProbeReply } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ask, type Plan, repeat } from './plan.js';

/** What another protocol's packets of the same sizes showed. */
export interface Crossed {
  readonly protocol: ProbeProtocol;
  /** Port, where it is not the engine's own. */
  readonly port: number | undefined;
  /** Largest size above the limit that arrived; null where none did. Octets. */
  readonly passes: number | null;
  /** The size at the limit was answered and one octet more, sent before it, was not. */
  readonly vanishes: boolean;
}

/** Where HTTPS is closed HTTP may be open; a closed port answers as well (RST). */
const SECOND_TCP_PORT = 80;
/** Other source ports that are tried before one flow's fate is taken for the path's. */
const FLOWS = [2, 3, 4, 5] as const;

/** Pairs in a row that have to say the same. */
const AGAIN = 4;

/** One row a protocol and port that may be asked besides the one that is measured. */
const rows = (ledger: Ledger, protocols: readonly ProbeProtocol[]): { protocol: ProbeProtocol; port?: number }[] => {
  const others = protocols.filter((protocol) => protocol !== ledger.protocol);
  return [
    ...others.map((protocol) => ({ protocol })),
    ...(others.includes('tcp') ? [{ protocol: 'tcp' as const, port: SECOND_TCP_PORT }] : []),
  ];
};

/**
 * The packets of the cross-check: largest first, and what is known to fit last, for targets that ration their answers.
 */
export function crossProbes(
  ledger: Ledger,
  ceiling: number,
  big: number,
  protocols: readonly ProbeProtocol[],
): Probe[] {
  const { low } = ledger;
  const sizes = [...new Set([ceiling, big, low])];
  return rows(ledger, protocols).flatMap((row) =>
    (row.port === undefined ? sizes : sizes.slice(-2)).map((size) => ({ ...row, size, ttl: FULL_TTL })),
  );
}

/** What they showed, one entry a protocol and port that answered anything. */
export function readCross(probes: readonly Probe[], replies: readonly ProbeReply[], low: number): Crossed[] {
  const keys = [...new Set(probes.map(({ protocol, port }) => `${protocol} ${port}`))];
  return keys.flatMap((key): Crossed[] => {
    const mine = probes.flatMap((one, i) =>
      `${one.protocol} ${one.port}` === key ? [{ ...one, arrived: replies[i]?.kind === 'arrived' }] : [],
    );
    const arrived = mine.filter((one) => one.arrived).map(({ size }) => size);
    const one = mine[0];
    if (one === undefined || arrived.length === 0) return [];
    const { protocol, port } = one;
    const most = Math.max(...arrived);
    return [{ protocol, port, passes: most > low ? most : null, vanishes: arrived.includes(low) && most === low }];
  });
}

/**
 * One octet more than arrives by the measured flow, over other flows of a protocol whose packets of that size pass.
 * @returns true where some of them lose it although the size that fits is answered.
 */
export function* otherFlows(ledger: Ledger, low: number, crossed: Crossed): Plan<boolean> {
  const of = (flow: number, size: number): Probe => ({
    protocol: crossed.protocol,
    ...(crossed.port === undefined ? {} : { port: crossed.port }),
    size,
    ttl: FULL_TTL,
    flow,
  });
  const probes = repeat(
    2,
    FLOWS.flatMap((flow) => [of(flow, low + 1), of(flow, low)]),
  );
  const replies = yield* ask(ledger, probes, 'other flows');
  const suspects = FLOWS.filter((flow) => loses(probes, replies, flow, low));
  for (const flow of suspects) {
    // By chance a flow may lose its large ones and keep the others: asked again, one pair after the other.
    let kept = 0;
    for (let n = 0; n < AGAIN; n++) {
      const pair = [of(flow, low + 1), of(flow, low)];
      const answers = yield* ask(ledger, pair, `flow ${flow} again`, { pauseMs: 60 });
      if (loses(pair, answers, flow, low)) kept++;
    }
    if (kept === AGAIN) return true;
  }
  return false;
}

/** What fits is answered each time by this flow, and one octet more never. */
function loses(probes: readonly Probe[], replies: readonly ProbeReply[], flow: number, low: number): boolean {
  const mine = probes.flatMap((one, i) => (one.flow === flow ? [{ size: one.size, kind: replies[i]?.kind }] : []));
  const big = mine.filter(({ size }) => size > low);
  const fits = mine.filter(({ size }) => size <= low);
  return fits.every(({ kind }) => kind === 'arrived') && big.length > 0 && big.every(({ kind }) => kind === 'silence');
}

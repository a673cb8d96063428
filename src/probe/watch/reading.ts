import type { ErrorCode } from '../../error.js';
import type { EngineId, ProbeProtocol } from '../engine.js';
import type { ProbeResult, RefusedHost, Verdict } from '../result.js';

/** What is kept of one measurement: octets of whole IP packets, `at` in Unix seconds. */
export interface MeasuredReading {
  readonly at: number;
  readonly address: string;
  readonly family: 4 | 6;
  readonly engine: EngineId;
  readonly protocol: ProbeProtocol;
  readonly verdict: Verdict;
  readonly low: number;
  readonly high: number;
  readonly packets: number;
  readonly elapsedMs: number;
}

/** A measurement that could not be made. */
export interface RefusedReading {
  readonly at: number;
  readonly error: ErrorCode;
}

export type Reading = MeasuredReading | RefusedReading;

const unanswered: ReadonlySet<Verdict> = new Set(['target-silent', 'refused', 'unfinished']);
/** An answer, and no certainty: what such a measurement shows may be the loss of a moment. */
const unsure: ReadonlySet<Verdict> = new Set([
  'lossy',
  'answers-rationed',
  'unsteady',
  'budget',
  'inconclusive',
  'flows-differ',
  'reply-path-suspect',
]);

/** True where something arrived, and the search came to its end. */
export const isAnswered = (verdict: Verdict): boolean => !unanswered.has(verdict);

/** Whether packets vanish without a Packet Too Big: 1, 0, or null where that is undecided. */
export const blackHoleIn = (verdict: Verdict): 1 | 0 | null =>
  unanswered.has(verdict) || unsure.has(verdict) ? null : verdict === 'black-hole' ? 1 : 0;

/** True for a measurement that others may be compared with: its verdict is firm, and so are both its bounds. */
export const isDecided = (reading: Reading): reading is MeasuredReading =>
  !('error' in reading) &&
  blackHoleIn(reading.verdict) !== null &&
  (reading.low === reading.high || reading.verdict === 'black-hole');

/** A result as it is kept; milliseconds and packets are whole numbers. */
export function readingOf(result: ProbeResult | RefusedHost, at: number): Reading {
  if ('error' in result) return { at, error: result.error.code };
  const { address, family, engine, protocol, verdict, pathMtu, interval, probes, elapsedMs } = result;
  const low = pathMtu ?? interval?.low ?? 0;
  const high = pathMtu ?? interval?.high ?? 0;
  return {
    at,
    address,
    family,
    engine,
    protocol,
    verdict,
    low,
    high,
    packets: probes,
    elapsedMs: Math.round(elapsedMs),
  };
}

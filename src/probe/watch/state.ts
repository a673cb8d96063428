import { MtucalcError } from '../../error.js';
import type { EngineId, ProbeProtocol } from '../engine.js';
import { type Verdict, verdicts } from '../result.js';
import { keyOf, type WatchedPath } from './path.js';
import type { Reading } from './reading.js';

/** What is held in memory and in the file, at most. */
export const WATCH_LIMITS = { paths: 1024, keep: 288, targetLength: 255, octets: 16 * 1024 * 1024 } as const;

const FORM = 1;
const engines: ReadonlySet<string> = new Set<EngineId>(['raw', 'errqueue', 'tcp', 'ping']);
const protocols: ReadonlySet<string> = new Set<ProbeProtocol>(['icmp', 'udp', 'tcp']);
const known: ReadonlySet<string> = new Set<Verdict>(verdicts);

/** The file's text. Its beginning is what mtucalc's files begin with: only then is it replaced. */
export const stateText = (paths: readonly WatchedPath[]): string =>
  `{"mtucalc:watch":${FORM},"paths":[\n${paths.map((path) => JSON.stringify(path)).join(',\n')}\n]}\n`;

/**
 * The paths in such a text. Others may have written to it: nothing is taken over that this program would not write.
 * @throws MtucalcError `file`
 */
export function pathsIn(text: string, file: string): WatchedPath[] {
  const wrong = (what: string): MtucalcError =>
    new MtucalcError('file', `${file} is no state of mtucalc watch: ${what}`, 'name another file, or remove this one');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('it is no JSON');
  }
  if (!isObject(value) || value['mtucalc:watch'] !== FORM || !Array.isArray(value.paths)) throw wrong('another form');
  if (value.paths.length > WATCH_LIMITS.paths) throw wrong(`more than ${WATCH_LIMITS.paths} paths`);
  const seen = new Set<string>();
  return value.paths.map((one, index) => {
    const path = pathOf(one);
    if (path === undefined || seen.has(keyOf(path))) throw wrong(`path ${index + 1} is not one it would write`);
    seen.add(keyOf(path));
    return path;
  });
}

type Bag = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const isWhole = (value: unknown, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
/** Unix seconds, up to the year 9999. */
const isTime = (value: unknown): value is number => isWhole(value, 253_402_300_799);
const isSize = (value: unknown): value is number => isWhole(value, 65_535);

function pathOf(value: unknown): WatchedPath | undefined {
  if (!isObject(value)) return undefined;
  const { target, family, expected, base, changedAt, spare, readings } = value;
  if (typeof target !== 'string' || target === '' || target.length > WATCH_LIMITS.targetLength) return undefined;
  if (/[\u0000-\u001f\u007f-\u009f]/.test(target)) return undefined;
  if (family !== null && family !== 4 && family !== 6) return undefined;
  if (expected !== null && !isSize(expected)) return undefined;
  if (changedAt !== null && !isTime(changedAt)) return undefined;
  if (spare !== null && !(isObject(spare) && isTime(spare.at) && isWhole(spare.packets, 1_000_000))) return undefined;
  if (!Array.isArray(readings) || readings.length > WATCH_LIMITS.keep) return undefined;
  const kept = readings.map(readingOf);
  const held = base === null ? null : readingOf(base);
  if (held === undefined || kept.includes(undefined)) return undefined;
  const left = spare === null ? null : { at: spare.at as number, packets: spare.packets as number };
  return { target, family, expected, base: held, changedAt, spare: left, readings: kept as Reading[] };
}

function readingOf(value: unknown): Reading | undefined {
  if (!isObject(value) || !isTime(value.at)) return undefined;
  const { at } = value;
  if ('error' in value) {
    const { error } = value;
    return typeof error === 'string' && /^[a-z-]{1,32}$/.test(error) ? ({ at, error } as Reading) : undefined;
  }
  const { address, family, engine, protocol, verdict, low, high, packets, elapsedMs } = value;
  const isRight =
    typeof address === 'string' &&
    /^[0-9a-fA-F.:]{2,45}$/.test(address) &&
    (family === 4 || family === 6) &&
    engines.has(engine as string) &&
    protocols.has(protocol as string) &&
    known.has(verdict as string) &&
    isSize(low) &&
    isSize(high) &&
    low <= high &&
    isWhole(packets, 1_000_000) &&
    isWhole(elapsedMs, 86_400_000);
  if (!isRight) return undefined;
  return { at, address, family, engine, protocol, verdict, low, high, packets, elapsedMs } as Reading;
}

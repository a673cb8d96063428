import { setMaxListeners } from 'node:events';
import type { ProbeResult, RefusedHost } from '../../probe/result.js';
import type { Change } from '../../probe/watch/change.js';
import { allowance, keyOf, noted, spent, type WatchedPath } from '../../probe/watch/path.js';
import { readingOf } from '../../probe/watch/reading.js';
import type { Watched, WatchedTurn } from '../../probe/watch/result.js';
import { SCHEMA_VERSION } from '../../schema-version.js';
import { MOST_AT_ONCE } from '../probe-hosts.js';
import { Slots } from './slots.js';

/** What the watch is told, and the world around it: a test brings its own clock. */
export interface WatcherOptions {
  /** Seconds between two measurements of one path, give or take a tenth. */
  readonly interval: number;
  /** Measurements kept of each path. */
  readonly keep: number;
  /** Packets to one target in any hour, at most. */
  readonly budget: number;
  /** Paths under way at once, at most; 16 unless told. */
  readonly atOnce?: number;
  readonly measure: (path: WatchedPath, maxProbes: number, signal: AbortSignal) => Promise<ProbeResult | RefusedHost>;
  readonly signal: AbortSignal;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** Ends early, without an error, where the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** A turn was left out for want of packets. */
  readonly onSkipped?: () => void;
  readonly onTurn?: (turn: WatchedTurn) => void;
}

/**
 * What a hole takes to be proven and measured (probe/certainty.ts): with fewer a measurement most often ends undecided,
 * and spends what the next would have needed.
 */
export const LEAST_PACKETS = 100;
const MOST_CHANGES = 1000;
/** Milliseconds between the first measurements of two paths, at most. */
const STAGGER = 1000;

/** Paths that are measured again and again, each at its own time, a few at once. */
export class Watcher {
  readonly #paths: Map<string, WatchedPath>;
  readonly #options: WatcherOptions;
  readonly #slots: Slots;
  readonly #underWay = new Map<string, Promise<WatchedPath>>();
  readonly #changes: Change[] = [];
  readonly #skipped = new Set<string>();

  constructor(paths: readonly WatchedPath[], options: WatcherOptions) {
    this.#paths = new Map(paths.map((path) => [keyOf(path), path]));
    this.#options = options;
    const atOnce = options.atOnce ?? MOST_AT_ONCE;
    this.#slots = new Slots(atOnce);
    // Each path waits for the one signal, and so does each measurement under way.
    setMaxListeners(this.#paths.size + atOnce + 8, options.signal);
  }

  get paths(): readonly WatchedPath[] {
    return [...this.#paths.values()];
  }

  get value(): Watched {
    const { clock } = this.#options;
    const skipped = [...this.#paths]
      .filter(([key]) => this.#skipped.has(key))
      .map(([, { target, family }]) => ({ target, family }));
    return { schemaVersion: SCHEMA_VERSION, at: seconds(clock()), paths: this.paths, changes: this.#changes, skipped };
  }

  /** Each path once; answers those that stayed as they were, for want of packets or of time. */
  async once(): Promise<readonly WatchedPath[]> {
    const before = this.paths;
    const after = await Promise.all(before.map((path) => this.measure(path)));
    return after.filter((path, index) => path === before[index]);
  }

  /** Until the signal: begun one after the other, so that hundreds of targets are never asked in one breath. */
  async run(): Promise<void> {
    const { interval, random, pause, signal } = this.#options;
    const step = Math.min(STAGGER, (interval * 1000) / Math.max(1, this.#paths.size));
    await Promise.all(
      this.paths.map(async (path, index) => {
        await pause((index + (index === 0 ? 0 : random())) * step, signal);
        while (!signal.aborted) {
          const begun = this.#options.clock();
          await this.measure(path);
          const jittered = interval * 1000 * (0.9 + 0.2 * random());
          await pause(Math.max(0, jittered - (this.#options.clock() - begun)), signal);
        }
      }),
    );
  }

  /**
   * Measures a path now, or waits for the measurement that is under way; without packets to spare it stays as it is.
   */
  measure(asked: Pick<WatchedPath, 'target' | 'family'>): Promise<WatchedPath> {
    const key = keyOf(asked);
    const running = this.#underWay.get(key);
    if (running) return running;
    const begun = this.#measured(key).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, begun);
    return begun;
  }

  async #measured(key: string): Promise<WatchedPath> {
    const { budget, keep, measure, signal, clock, onTurn, onSkipped } = this.#options;
    await this.#slots.take();
    try {
      const before = this.#paths.get(key) as WatchedPath;
      const least = allowance(before, budget, seconds(clock()));
      if (signal.aborted) return before;
      if (least < LEAST_PACKETS) {
        this.#skipped.add(key);
        onSkipped?.();
        return before;
      }
      this.#skipped.delete(key);
      const result = await measure(before, least, signal);
      const at = seconds(clock());
      const paid = spent(before, budget, 'error' in result ? 0 : result.probes, at);
      // What was broken off by who stopped us says nothing of the path.
      const { path, change } = signal.aborted ? { path: paid, change: null } : noted(paid, readingOf(result, at), keep);
      this.#paths.set(key, path);
      if (change) this.#changes.push(change);
      if (this.#changes.length > MOST_CHANGES) this.#changes.shift();
      if (!signal.aborted) onTurn?.({ path, change });
      return path;
    } finally {
      this.#slots.give();
    }
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

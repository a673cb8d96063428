import { getMaxListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Watcher, type WatcherOptions } from '../../../src/app/watch/watcher.js';
import type { ProbeResult } from '../../../src/probe/result.js';
import { newPath } from '../../../src/probe/watch/path.js';
import type { WatchedTurn } from '../../../src/probe/watch/result.js';

const answer = (host: string, pathMtu: number, probes = 30): ProbeResult =>
  ({
    host,
    address: '192.0.2.1',
    family: 4,
    engine: 'raw',
    protocol: 'icmp',
    verdict: pathMtu === 1500 ? 'fits' : 'black-hole',
    pathMtu,
    probes,
    elapsedMs: 1,
  }) as unknown as ProbeResult;

/** A world whose clock moves only where somebody waits: the next to wake is the earliest. */
function world(over: number, told: Partial<WatcherOptions> = {}) {
  const stop = new AbortController();
  const sleepers: { at: number; wake: () => void }[] = [];
  let now = 0;
  const turns: (WatchedTurn & { now: number })[] = [];
  const options: WatcherOptions = {
    interval: 300,
    keep: 4,
    budget: 1200,
    signal: stop.signal,
    clock: () => now,
    random: () => 0.5,
    pause: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    measure: async ({ target }) => answer(target, 1500),
    onTurn: (turn) => turns.push({ ...turn, now }),
    ...told,
  };
  const play = async (): Promise<void> => {
    for (;;) {
      for (let i = 0; i < 20; i++) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      sleepers.sort((a, b) => a.at - b.at);
      const next = sleepers.shift();
      if (!next) return;
      now = Math.max(now, next.at);
      if (now > over) stop.abort();
      next.wake();
    }
  };
  return { options, turns, play, stop };
}
const paths = (count: number) => Array.from({ length: count }, (_, i) => newPath(`h${i}`, null, null));

describe('watching', () => {
  test('hundreds of targets: each in its turn, not in one breath, sixteen at once at most', async () => {
    let under = 0;
    let most = 0;
    const { options, turns, play } = world(299_000, {
      measure: async ({ target }) => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setImmediate(resolve));
        under--;
        return answer(target, 1500);
      },
    });
    const watcher = new Watcher(paths(300), options);
    await Promise.all([watcher.run(), play()]);
    expect(turns.length).toBeGreaterThanOrEqual(299);
    expect(new Set(turns.slice(0, 299).map(({ path }) => path.target)).size).toBe(299);
    expect(turns[150]?.now).toBeGreaterThan(140_000);
    expect(most).toBeLessThanOrEqual(16);
  });
  test('once: sixteen at once, all of them', async () => {
    let under = 0;
    let most = 0;
    const { options, turns } = world(1e9, {
      measure: async ({ target }) => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setImmediate(resolve));
        under--;
        return answer(target, 1500);
      },
    });
    await new Watcher(paths(100), options).once();
    expect([turns.length, most]).toEqual([100, 16]);
  });
  test('all of them may listen to the one signal: Node warns of none', () => {
    const { options, stop } = world(1e9);
    new Watcher(paths(1024), options);
    expect(getMaxListeners(stop.signal)).toBeGreaterThanOrEqual(1024 + 16);
  });
  test('a change is told once, with its time', async () => {
    let size = 1500;
    const { options, turns, play } = world(1_000_000, {
      measure: async ({ target }) => {
        const found = answer(target, size);
        size = 1400;
        return found;
      },
    });
    const watcher = new Watcher(paths(1), options);
    await Promise.all([watcher.run(), play()]);
    expect(turns.map(({ change }) => change?.kind ?? null)).toEqual([null, 'worse', null, null]);
    expect(watcher.value.changes).toMatchObject([{ kind: 'worse', at: 300 }]);
    expect(watcher.paths[0]).toMatchObject({ changedAt: 300 });
  });
  test('the budget: packets allowed shrink, and below what tells something none are sent', async () => {
    const allowed: number[] = [];
    const { options, play } = world(3_500_000, {
      budget: 200,
      measure: async ({ target }, most) => {
        allowed.push(most);
        return answer(target, 1500, Math.min(30, most));
      },
    });
    await Promise.all([new Watcher(paths(1), options).run(), play()]);
    expect(allowed[0]).toBe(100);
    expect(Math.min(...allowed)).toBe(100);
    expect(allowed.reduce((sum, most) => sum + Math.min(30, most), 0)).toBeLessThanOrEqual(200);
  });
  test('once: what was left out for want of packets is named', async () => {
    const { options, turns } = world(1e9, { budget: 200, measure: async ({ target }) => answer(target, 1500, 1) });
    const watcher = new Watcher(paths(2), options);
    expect(await watcher.once()).toEqual([]);
    expect((await watcher.once()).map(({ target }) => target)).toEqual(['h0', 'h1']);
    expect(turns).toHaveLength(2);
    expect(watcher.value.skipped).toEqual([
      { target: 'h0', family: null },
      { target: 'h1', family: null },
    ]);
  });
  test('left out, and an hour later measured: no longer told', async () => {
    let now = 0;
    let skips = 0;
    const { options } = world(1e9, {
      budget: 200,
      clock: () => now,
      measure: async ({ target }) => answer(target, 1500, 60),
      onSkipped: () => skips++,
    });
    const watcher = new Watcher(paths(1), options);
    const told: number[] = [];
    for (now of [0, 1000, 3_600_000]) {
      await watcher.once();
      told.push(watcher.value.skipped.length);
    }
    expect([told, skips]).toEqual([[0, 1, 0], 1]);
  });
  test('two who ask at once share one measurement', async () => {
    let asked = 0;
    const { options } = world(1e9, {
      measure: async ({ target }) => {
        asked++;
        return answer(target, 1500);
      },
    });
    const watcher = new Watcher(paths(1), options);
    const one = { target: 'h0', family: null };
    const [first, second] = await Promise.all([watcher.measure(one), watcher.measure(one)]);
    expect(first).toBe(second);
    expect(asked).toBe(1);
  });
  test('stopped in the middle: what was broken off is no silence', async () => {
    const { options, turns, stop } = world(1e9, {
      measure: async ({ target }) => {
        stop.abort();
        return { ...answer(target, 1400), verdict: 'unfinished' };
      },
    });
    const watcher = new Watcher(paths(1), options);
    await watcher.once();
    expect(turns).toEqual([]);
    expect(watcher.paths[0]).toMatchObject({ readings: [], spare: { packets: 570 } });
  });
});

import { describe, expect, test } from 'vitest';
import { inOrder } from '../../src/app/in-order.js';

/** Work whose end the test decides. */
class Work {
  readonly begun: number[] = [];
  readonly running = new Set<number>();
  most = 0;
  private readonly ends = new Map<number, () => void>();

  readonly do = async (index: number): Promise<number> => {
    this.begun.push(index);
    this.running.add(index);
    this.most = Math.max(this.most, this.running.size);
    await new Promise<void>((resolve) => this.ends.set(index, resolve));
    this.running.delete(index);
    return index;
  };

  async end(...indexes: number[]): Promise<void> {
    for (const index of indexes) {
      this.ends.get(index)?.();
      await turn();
    }
  }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('inOrder', () => {
  test('results come in the order of their numbers, lanes at once', async () => {
    const work = new Work();
    const seen: number[] = [];
    const whole = (async () => {
      for await (const one of inOrder({ count: 5, lanes: 2, ahead: 5 }, work.do)) seen.push(one);
    })();
    await turn();
    expect(work.begun).toEqual([0, 1]);
    await work.end(1);
    expect([work.begun, seen]).toEqual([[0, 1, 2], []]);
    await work.end(0);
    expect(seen).toEqual([0, 1]);
    await work.end(3, 2, 4);
    await whole;
    expect([seen, work.most]).toEqual([[0, 1, 2, 3, 4], 2]);
  });

  test.for([
    [1, [0]],
    [3, [0, 1, 2]],
    [4, [0, 1, 2, 3]],
  ] as const)('one that takes long lets %i be begun before it is done', async ([ahead, begun]) => {
    const work = new Work();
    const each = inOrder({ count: 9, lanes: 2, ahead }, work.do);
    const first = each.next();
    for (let index = 1; index < 9; index++) await work.end(index);
    expect(work.begun).toEqual(begun);
    await work.end(0);
    expect(await first).toEqual({ done: false, value: 0 });
    await each.return();
  });

  test.for([
    ['before the first', 0, [0]],
    ['with two begun', 1, [0, 1]],
  ] as const)('after the signal (%s) it ends with those that were begun', async ([, after, expected]) => {
    const stop = new AbortController();
    if (after === 0) stop.abort();
    const work = new Work();
    const seen: number[] = [];
    const whole = (async () => {
      for await (const one of inOrder({ count: 9, lanes: 2, ahead: 9, signal: stop.signal }, work.do)) seen.push(one);
    })();
    await turn();
    stop.abort();
    await work.end(0, 1);
    await whole;
    expect([seen, work.begun]).toEqual([expected, expected]);
  });

  test('nothing more is begun when nobody asks any more', async () => {
    const work = new Work();
    const each = inOrder({ count: 9, lanes: 2, ahead: 9 }, work.do);
    const first = each.next();
    await work.end(0);
    await first;
    await each.return();
    const { length } = work.begun;
    await work.end(1, 2);
    expect(work.begun).toHaveLength(length);
  });

  test('what fails is thrown in its turn', async () => {
    const fails = async (index: number): Promise<number> => {
      if (index === 1) throw new Error('broken');
      return index;
    };
    const seen: number[] = [];
    const whole = (async () => {
      for await (const one of inOrder({ count: 3, lanes: 3, ahead: 3 }, fails)) seen.push(one);
    })();
    await expect(whole).rejects.toThrow('broken');
    expect(seen).toEqual([0]);
  });
});

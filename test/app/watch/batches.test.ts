import { describe, expect, test } from 'vitest';
import { Batches, MOST_APART } from '../../../src/app/watch/batches.js';
import { MtucalcError } from '../../../src/error.js';
import type { ProbeAnswer } from '../../../src/probe/result.js';

const { signal } = new AbortController();
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `h${i}`);

/** What each process was given; answers once `go` is called. */
function world(answer = (host: string): object | undefined => ({ host, verdict: 'fits' })) {
  const processes: {
    readonly hosts: readonly string[];
    readonly options: readonly string[];
    readonly go: () => void;
  }[] = [];
  const batches = new Batches(
    (hosts, options) =>
      new Promise((resolve) => {
        const results = hosts.map(answer).filter((one) => one !== undefined);
        processes.push({ hosts, options, go: () => resolve({ results } as unknown as ProbeAnswer) });
      }),
  );
  return { batches, processes };
}
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('many in one process', () => {
  test('two processes of 128, the rest waits for the first that ends', async () => {
    const { batches, processes } = world();
    const asked = names(MOST_APART + 5).map((host) => batches.ask(host, ['-4'], signal));
    await until(() => processes.length === 2);
    expect(processes.map(({ hosts }) => hosts.length)).toEqual([128, 128]);
    processes[1]?.go();
    await until(() => processes.length === 3);
    expect(processes[2]?.hosts).toEqual(names(MOST_APART + 5).slice(MOST_APART));
    for (const { go } of processes) go();
    expect((await Promise.all(asked)).map(({ host }) => host)).toEqual(names(MOST_APART + 5));
  });
  test('other options, another process', async () => {
    const { batches, processes } = world();
    const asked = [
      batches.ask('a', ['-4'], signal),
      batches.ask('a', ['-6'], signal),
      batches.ask('b', ['-4'], signal),
    ];
    await until(() => processes.length === 2);
    expect(processes.map(({ hosts, options }) => [...options, ...hosts])).toEqual([
      ['-4', 'a', 'b'],
      ['-6', 'a'],
    ]);
    for (const { go } of processes) go();
    expect(await Promise.all(asked)).toHaveLength(3);
  });
  test('one without an answer is lost, the others are not; a process that dies loses its own', async () => {
    const { batches, processes } = world((host) => (host === 'b' ? undefined : { host }));
    const asked = Promise.allSettled([batches.ask('a', [], signal), batches.ask('b', [], signal)]);
    await until(() => processes.length === 1);
    processes[0]?.go();
    expect((await asked).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const dying = new Batches(() => Promise.reject(new MtucalcError('lost', 'died')));
    await expect(dying.ask('a', [], signal)).rejects.toThrow('died');
  });
});

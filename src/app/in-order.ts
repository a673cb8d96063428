/** Work that is done side by side and handed over one by one, in the order of its numbers. */
export interface Lanes {
  /** Pieces of work. */
  readonly count: number;
  /** How many are in hand at once. */
  readonly lanes: number;
  /** How many may be begun before the one that is waited for is done: the results that are kept are no more. */
  readonly ahead: number;
  /** What is begun is finished, and nothing else is begun. */
  readonly signal?: AbortSignal | undefined;
}

/** The results of `work(0)`, `work(1)` … as they come; after the signal those that were begun. */
export async function* inOrder<T>(
  { count, lanes, ahead, signal }: Lanes,
  work: (index: number) => Promise<T>,
): AsyncGenerator<T, void, undefined> {
  const begun = new Map<number, Promise<T>>();
  let next = 0;
  let running = 0;
  let given = 0;
  let ended = false;
  const begin = (): void => {
    // The first is begun always: of one capture that is ended at once there is an answer.
    while (next < count && running < lanes && next - given < ahead && !ended && (next === 0 || !signal?.aborted)) {
      running++;
      const done = work(next).finally(() => {
        running--;
        begin();
      });
      // What fails is told when its turn comes.
      done.catch(() => undefined);
      begun.set(next++, done);
    }
  };
  try {
    begin();
    for (let one = begun.get(given); one !== undefined; one = begun.get(given)) {
      const result = await one;
      begun.delete(given++);
      yield result;
      begin();
    }
  } finally {
    ended = true;
  }
}

import type { ProbeEngine } from '../engine.js';
import type { Ledger } from '../ledger.js';
import type { Batch, Plan } from './plan.js';

export interface RunHooks {
  /** Stops at the next batch; what is known so far stays in the ledger. */
  readonly signal?: AbortSignal | undefined;
  readonly onBatch?: ((batch: Batch, ledger: Ledger) => void) | undefined;
  readonly pause: (ms: number) => Promise<void>;
}

/** Plays a plan against an engine. @returns false where it was stopped before its end. */
export async function run(plan: Plan<void>, ledger: Ledger, engine: ProbeEngine, hooks: RunHooks): Promise<boolean> {
  const { signal } = hooks;
  let stop: () => void = () => {};
  const stopped = new Promise<'stopped'>((resolve) => {
    stop = () => resolve('stopped');
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    let step = plan.next();
    while (!step.done) {
      const batch = step.value;
      hooks.onBatch?.(batch, ledger);
      if (batch.pauseMs > 0) await Promise.race([hooks.pause(batch.pauseMs), stopped]);
      const replies = await Promise.race([engine.send(batch.probes, batch.timeoutMs), stopped]);
      if (replies === 'stopped' || signal?.aborted) return false;
      for (const { probe, reply } of engine.late()) ledger.amend(probe, reply);
      step = plan.next(replies);
    }
    for (const { probe, reply } of engine.late()) ledger.amend(probe, reply);
    return true;
  } finally {
    // One signal serves all hosts of a run: each takes its listener away again.
    signal?.removeEventListener('abort', stop);
  }
}

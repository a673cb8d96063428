import type { Terminal } from './terminal.js';

/** Signals after which what is known so far is told. */
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Acts instead of ending the process. @returns what leaves the signals to the process again. */
export function onStop(terminal: Terminal, act: () => void): () => void {
  for (const name of STOPS) terminal.once?.(name, act);
  return () => {
    for (const name of STOPS) terminal.removeListener?.(name, act);
  };
}

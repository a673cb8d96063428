import type { Watcher } from '../app/watch/watcher.js';
import { MtucalcError } from '../error.js';
import { writeState } from '../io/watch-state.js';
import { reporterOf } from '../report/index.js';
import { writeTextfile } from './out-option.js';
import { lookOf, type Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

/** What of the arguments is about files. */
export interface WatchFiles {
  readonly state?: string | undefined;
  readonly out?: string | undefined;
  readonly force: boolean;
  readonly format?: string | undefined;
}

/** State and figures, written where something came, never twice at once. */
export function filesOf({ state, out, force, format }: WatchFiles, terminal: Terminal, watcher: Watcher) {
  let changed = false;
  let last: Promise<void> = Promise.resolve();
  let told = '';
  const write = async (): Promise<void> => {
    if (!changed) return;
    changed = false;
    if (state !== undefined) await writeState(state, watcher.paths);
    const reporter = out === undefined ? undefined : await reporterOf('watch', format?.toLowerCase() ?? 'prometheus');
    if (out !== undefined && reporter) await writeTextfile(out, reporter(watcher.value, lookOf(terminal)), force);
  };
  return {
    touch: (): void => {
      changed = true;
    },
    save: (): Promise<void> => {
      last = last.catch(() => {}).then(write);
      return last;
    },
    /** Once: a full disk is full for hours. */
    tell: (error: unknown): void => {
      changed = true;
      if (!(error instanceof MtucalcError)) throw error;
      if (told !== error.code) terminal.stderr.write(`mtucalc: ${visibleLine(error.message)}\n`);
      told = error.code;
    },
  };
}

import type { AnalyzedCapture, RefusedCapture } from '../analyze/answer.js';
import type { JudgedCapture } from '../app/analyze-files.js';
import type { RowFile } from './row-file.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

/** Captures on their way into files of rows: each is written as it comes, nothing is kept. */
export class Exports {
  readonly #files: readonly RowFile[];
  /** Whether captures are to be read with all their flows. */
  readonly everyFlow: boolean;
  readonly #terminal: Terminal;

  constructor(files: readonly RowFile[], { everyFlow }: { readonly everyFlow: boolean }, terminal: Terminal) {
    this.#files = files;
    this.everyFlow = everyFlow;
    this.#terminal = terminal;
  }

  /**
   * Passes the results on. The files are at their places when the last has passed; left early, they are not written.
   */
  async *each(
    captures: AsyncIterable<JudgedCapture>,
  ): AsyncGenerator<AnalyzedCapture | RefusedCapture, void, undefined> {
    let done = false;
    try {
      for await (const capture of captures) {
        for (const file of this.#files) await file.add(capture);
        if (this.everyFlow) this.#tellLeftOut(capture);
        yield capture.result;
      }
      for (const file of this.#files) {
        await file.finish();
        this.#say(`wrote ${file.rows === 1 ? 'one row' : `${file.rows} rows`} to ${visibleLine(file.path)}`);
      }
      done = true;
    } finally {
      for (const file of this.#files) await file.abandon();
      if (!done) this.#say(`no rows were written: ended before the last capture`);
    }
  }

  #tellLeftOut({ result, facts }: JudgedCapture): void {
    if ('error' in result) return;
    const { tcp, udp } = result.flowCounts;
    const kept = facts?.everyFlow?.count ?? 0;
    if (kept < tcp + udp)
      this.#say(
        `${visibleLine(result.file)}: rows of the first ${kept} flows that ended; ${tcp + udp - kept} are left out`,
      );
  }

  #say(sentence: string): void {
    this.#terminal.stderr.write(`mtucalc: ${sentence}\n`);
  }
}

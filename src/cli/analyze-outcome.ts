import type { AnalyzeAnswer } from '../analyze/answer.js';
import type { Verdict } from '../analyze/verdict/verdict.js';
import { hasProblem } from '../report/gravity.js';
import type { Outcome } from './command.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

type Result = AnalyzeAnswer['results'][number];

/** Verdicts that say: what is there does not tell. */
const open: ReadonlySet<Verdict> = new Set(['inconclusive', 'esp-only', 'black-hole-suspected']);

/** What captures came to, taken together; those that could not be read are told on stderr as they come. */
export class AnalyzeOutcome {
  /** One of them at least was read. */
  isRead = false;
  private problem = false;
  private undecided = false;
  private failed = false;
  private readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Passes them on, and tells how many of `count` were left. */
  async *each<T extends Result>(results: AsyncIterable<T>, count: number): AsyncGenerator<T, void, undefined> {
    let seen = 0;
    for await (const result of results) {
      seen++;
      this.note(result);
      yield result;
    }
    this.unread(count - seen);
  }

  note(result: Result): void {
    if ('error' in result) {
      const { code, message, hint } = result.error;
      this.terminal.stderr.write(`mtucalc: ${visibleLine(message)}\n${hint ? `  ${hint}\n` : ''}`);
      this.undecided = true;
      // A file that is no capture is told and no more; one that is not there, may not be read or was lost leaves the
      // answer short.
      this.failed ||= code === 'lost' || code === 'file';
      return;
    }
    this.isRead = true;
    this.undecided ||= open.has(result.verdict);
    this.problem ||= hasProblem(
      'before' in result ? [...result.findings, ...result.before.findings, ...result.after.findings] : result.findings,
    );
  }

  /** Captures that reading did not come to before it was ended. */
  unread(count: number): void {
    if (count <= 0) return;
    this.failed = true;
    this.terminal.stderr.write(
      `mtucalc: ended before ${count === 1 ? 'one capture was' : `${count} captures were`} read\n`,
    );
  }

  get value(): Outcome {
    const { problem, undecided, failed, isRead } = this;
    return { problem, undecided, failed: failed || !isRead };
  }
}

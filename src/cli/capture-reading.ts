import type { AnalyzeFilesOptions } from '../app/analyze-files.js';
import { keepYoungHeapSmall, letYoungHeapGrow } from '../io/young-heap.js';
import { ProgressBar } from './progress.js';
import type { Terminal } from './terminal.js';

type How = Omit<AnalyzeFilesOptions, 'stdin'> & { readonly stdin?: Terminal['stdin'] };

/** Captures being read: with a progress bar, and Ctrl-C ends the reading; what is known by then is the answer. */
export class CaptureReading {
  private readonly bar: ProgressBar;
  private readonly stop = new AbortController();
  private readonly how: How;
  private readonly terminal: Terminal;
  private readonly abort = (): void => this.stop.abort();
  private isSmall = false;
  /** For what makes many objects, as texts and rows of flows do. */
  readonly keepSmall = (): void => {
    this.isSmall = true;
    keepYoungHeapSmall();
  };

  constructor(terminal: Terminal, how: Omit<How, 'progress' | 'signal' | 'onText'>) {
    this.terminal = terminal;
    this.bar = new ProgressBar(terminal);
    const progress = this.bar.show.bind(this.bar);
    this.how = { ...how, progress, signal: this.stop.signal, onText: this.keepSmall };
  }

  async whole<T>(read: (how: How) => Promise<T>): Promise<T> {
    this.terminal.once?.('SIGINT', this.abort);
    try {
      return await read(this.how);
    } finally {
      this.end();
    }
  }

  async *each<T>(read: (how: How) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    this.terminal.once?.('SIGINT', this.abort);
    try {
      for await (const one of read(this.how)) {
        this.bar.clear();
        yield one;
      }
    } finally {
      // Left early where nobody reads the answer: what is begun shall end too.
      this.abort();
      this.end();
    }
  }

  private end(): void {
    this.terminal.removeListener?.('SIGINT', this.abort);
    this.bar.clear();
    if (this.isSmall) letYoungHeapGrow();
  }
}

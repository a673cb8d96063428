import type { Terminal } from './terminal.js';

/** Milliseconds before a bar appears, and between two drawings of it. */
const PATIENCE = 400;
const PAUSE = 100;
const CELLS = 24;

/** A bar on stderr for long input, on a terminal only; `clear` takes it away again. */
export class ProgressBar {
  private readonly terminal: Terminal;
  private readonly started = Date.now();
  private last = 0;
  private isShown = false;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /** Octets done, and in all (0: unknown). */
  show(octets: number, of: number): void {
    const now = Date.now();
    // Time first: to ask what stderr is opens it.
    if (now - this.started < PATIENCE || now - this.last < PAUSE || !this.terminal.stderr.isTTY) return;
    const { stderr } = this.terminal;
    this.last = now;
    this.isShown = true;
    const rate = octets / ((now - this.started) / 1000);
    const part = of > 0 ? Math.min(1, octets / of) : 0;
    const bar =
      of > 0
        ? `[${'#'.repeat(Math.round(part * CELLS)).padEnd(CELLS, '.')}] ${Math.floor(part * 100)} % of ${size(of)}`
        : size(octets);
    stderr.write(`\r\u001b[K${bar}  ${size(rate)}/s`);
  }

  /** Not drawn again before a pause is over, so that what is written now has the line to itself. */
  clear(): void {
    if (this.isShown) this.terminal.stderr.write('\r\u001b[K');
    this.isShown = false;
    this.last = Date.now();
  }
}

function size(octets: number): string {
  if (octets >= 1e9) return `${(octets / 1e9).toFixed(1)} GB`;
  return octets >= 1e6 ? `${Math.round(octets / 1e6)} MB` : `${Math.round(octets / 1e3)} kB`;
}

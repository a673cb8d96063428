import type { Output } from './terminal.js';

/** One line on stderr for all hosts, rewritten in place; nothing where stderr is no terminal. */
export class Progress {
  readonly #output: Output;
  readonly #states = new Map<string, string>();
  #shown = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  tell(host: string, state: string): void {
    this.#states.set(host, state);
    this.#draw();
  }

  done(host: string): void {
    this.#states.delete(host);
    this.#draw();
  }

  clear(): void {
    if (this.#output.isTTY && this.#shown > 0) this.#output.write('\r\u001b[K');
    this.#shown = 0;
  }

  #draw(): void {
    if (!this.#output.isTTY) return;
    const all = [...this.#states].map(([host, state]) => `${host}: ${state}`).join(' · ');
    const room = Math.max(20, (this.#output.columns ?? 80) - 1);
    this.#output.write(`\r\u001b[K${all.length > room ? `${all.slice(0, room - 1)}…` : all}`);
    this.#shown = all.length;
  }
}

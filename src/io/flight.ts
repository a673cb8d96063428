import { performance } from 'node:perf_hooks';
import { type LateReply, type Probe, type ProbeReply, SILENCE } from '../probe/engine.js';

/** Puts a probe on the wire; returns an answer at once where our own host refuses. */
export type Transmit = (probe: Probe, number: number) => ProbeReply | undefined;

interface Outstanding {
  readonly probe: Probe;
  readonly sentAt: number;
  /** Undefined once its batch is over: an answer is then a late one. */
  settle: ((reply: ProbeReply) => void) | undefined;
}

const KEPT = 4096;

/** Probes on their way: paces them, matches answers by number, ends a batch, and keeps what comes too late. */
export class Flight {
  readonly #outstanding = new Map<number, Outstanding>();
  readonly #gapMs: number;
  #late: LateReply[] = [];
  #next = 1;

  constructor(pps: number) {
    this.#gapMs = 1000 / pps;
  }

  /** True while a batch waits for answers. */
  busy = false;

  async send(probes: readonly Probe[], timeoutMs: number, transmit: Transmit): Promise<readonly ProbeReply[]> {
    const replies = new Array<ProbeReply>(probes.length).fill(SILENCE);
    const mine: number[] = [];
    let open = probes.length;
    let finish: () => void = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.busy = true;
    const start = performance.now();
    for (const [i, probe] of probes.entries()) {
      const due = start + i * this.#gapMs;
      if (due - performance.now() > 0.5) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const number = this.#number();
      mine.push(number);
      const settle = (reply: ProbeReply): void => {
        replies[i] = reply;
        open--;
        if (open === 0) finish();
      };
      this.#outstanding.set(number, { probe, sentAt: performance.now(), settle });
      const refused = transmit(probe, number);
      if (refused) this.answer(number, refused);
    }
    // A busy machine may let the timer run before what came in long ago is read: look once more before giving up.
    const timer = setTimeout(() => setImmediate(() => setImmediate(finish)), timeoutMs);
    if (open > 0) await finished;
    clearTimeout(timer);
    this.busy = false;
    for (const number of mine) {
      const one = this.#outstanding.get(number);
      if (one) one.settle = undefined;
    }
    return replies;
  }

  /** Books an answer; a number that is not on its way is ignored. */
  answer(number: number, reply: ProbeReply): void {
    const one = this.#outstanding.get(number);
    if (!one) return;
    this.#outstanding.delete(number);
    const timed =
      reply.kind === 'arrived'
        ? { ...reply, rttMs: Math.round((performance.now() - one.sentAt) * 1000) / 1000 }
        : reply;
    if (one.settle) one.settle(timed);
    else this.#late.push({ probe: one.probe, reply: timed });
  }

  /** The number of the only probe on its way, where there is just one of this protocol. */
  only(protocol: Probe['protocol']): number | undefined {
    const open = [...this.#outstanding].filter(([, { probe }]) => probe.protocol === protocol);
    return open.length === 1 ? open[0]?.[0] : undefined;
  }

  late(): readonly LateReply[] {
    return this.#late.splice(0);
  }

  #number(): number {
    const number = this.#next;
    this.#next = (this.#next % 0xfffe) + 1;
    const old = this.#outstanding.keys().next().value;
    if (this.#outstanding.size >= KEPT && old !== undefined) this.#outstanding.delete(old);
    return number;
  }
}

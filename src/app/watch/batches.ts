import { MtucalcError } from '../../error.js';
import type { ProbeAnswer, ProbeResult, RefusedHost } from '../../probe/result.js';

/** Hosts that one process measures, and processes at once: starting one costs more than most measurements. */
const MOST_HOSTS = 128,
  PROCESSES = 2;
/** Measurements that wait for a process or are under way in one, at most. */
export const MOST_APART = MOST_HOSTS * PROCESSES;
/** Who comes within so many milliseconds goes along. */
const GATHER = 20;

interface Waiting {
  readonly host: string;
  readonly options: readonly string[];
  readonly signal: AbortSignal;
  readonly done: (result: ProbeResult | RefusedHost) => void;
  readonly failed: (error: unknown) => void;
}

type MeasureHosts = (hosts: readonly string[], options: readonly string[], signal: AbortSignal) => Promise<ProbeAnswer>;

/** Measurements that are asked for one by one and made many in one process: those with the same options go together. */
export class Batches {
  readonly #measure: MeasureHosts;
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(measure: MeasureHosts) {
    this.#measure = measure;
  }

  ask(host: string, options: readonly string[], signal: AbortSignal): Promise<ProbeResult | RefusedHost> {
    return new Promise((done, failed) => {
      this.#waiting.push({ host, options, signal, done, failed });
      if (this.#waiting.length === 1) setTimeout(() => this.#start(), GATHER);
    });
  }

  #start(): void {
    while (this.#running < PROCESSES && this.#waiting.length > 0) void this.#run();
  }

  async #run(): Promise<void> {
    const [first] = this.#waiting as [Waiting];
    const alike = (one: Waiting): boolean =>
      one.signal === first.signal && one.options.join('\n') === first.options.join('\n');
    const batch = this.#waiting.filter(alike).slice(0, MOST_HOSTS);
    this.#waiting = this.#waiting.filter((one) => !batch.includes(one));
    this.#running++;
    try {
      const { results } = await this.#measure(
        batch.map(({ host }) => host),
        first.options,
        first.signal,
      );
      const byHost = new Map(results.map((result) => [result.host, result]));
      for (const { host, done, failed } of batch) {
        const result = byHost.get(host);
        if (result) done(result);
        else failed(new MtucalcError('lost', `${host} was not measured`));
      }
    } catch (error) {
      for (const { failed } of batch) failed(error);
    } finally {
      this.#running--;
      this.#start();
    }
  }
}

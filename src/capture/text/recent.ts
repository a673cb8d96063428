import { Generations } from './generations.js';
import { own } from './own.js';

/** What a PTB may be about: one of the large packets that its receiver sent just before. */
export interface Sent {
  readonly destination: string;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** TCP sequence number or SPI. */
  readonly number: number;
  readonly ipLength: number;
  readonly time: number;
}

/** Seconds after which a PTB is no answer any more: a path's round trip and a rate-limited router. */
const SOON = 2;
const MOST_HOSTS = 2048;
const MOST_EACH = 16;

/** The last packets of each host, to find out whom a PTB without a printed quote is about. */
export class Recent {
  readonly #hosts = new Generations<Sent[]>(MOST_HOSTS);

  note(host: string, { destination, ...numbers }: Sent): void {
    const held = this.#hosts.get(host) ?? [];
    if (held.length === 0) this.#hosts.set(own(host), held);
    // The object of the oldest is used again: it has outlived the collector's quick runs.
    const one = held.length < MOST_EACH ? undefined : held.shift();
    const to = one?.destination === destination ? one.destination : own(destination);
    held.push(Object.assign(one ?? {}, numbers, { destination: to }));
  }

  /** Whether a host sent something that large to another just before. */
  sentTo(host: string, other: string, mtu: number, time: number): boolean {
    const sent = this.#hosts.get(host) ?? [];
    return sent.some((one) => one.destination === other && one.ipLength > mtu && time - one.time <= SOON);
  }

  /** Whether one connection alone sent anything there just before. */
  isOne(host: string, destination: string | null, time: number): boolean {
    return typeof this.refused(host, destination, 0, time) === 'object';
  }

  /**
   * The packet that was refused, where only one connection sent anything that large; 'several' or nothing otherwise.
   */
  refused(host: string, destination: string | null, mtu: number, time: number): Sent | 'several' | undefined {
    const large = (this.#hosts.get(host) ?? []).filter((one) => {
      const there = destination === null || one.destination === destination;
      return there && one.ipLength > mtu && time - one.time <= SOON;
    });
    const last = large.at(-1);
    if (!last) return undefined;
    const others = large.some((one) =>
      (['protocol', 'destination', 'sourcePort', 'destinationPort'] as const).some((key) => one[key] !== last[key]),
    );
    return others ? 'several' : last;
  }
}

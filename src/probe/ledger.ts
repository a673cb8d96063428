import {
  cautious,
  silencesInPairs,
  silencesOfHole,
  silencesOfLimit,
  type Tally,
  triesFor,
  worstAmongLarge,
} from './certainty.js';
import { FULL_TTL, type Probe, type ProbeProtocol, type ProbeReply } from './engine.js';
import { type Entry, isNoAnswer, vanishedBeside } from './entry.js';

/** Patience before the first round trip is known, milliseconds. */
const FIRST_TIMEOUT = 1000;

export interface Loss extends Tally {
  readonly rate: number;
}

/**
 * Everything sent and heard so far, and what follows from it.
 * Arrival proves that a size fits, a PTB proves that it does not; silence proves nothing but counts, weighed by the
 * loss that fitting sizes suffer on the same path.
 */
export class Ledger {
  readonly entries: Entry[] = [];
  /** The protocol whose round trips are searched; changes when the target ignores the first one. */
  protocol: ProbeProtocol;
  /** What goes with a TTL where TCP is connections, which have none of their own; null where TCP is packets. */
  besideConnections: ProbeProtocol | null = null;
  /** Port of the searched protocol, where it is not the engine's own. */
  port: number | undefined;
  /** Sizes are asked in pairs, each with one known to fit: what is lost is then known from its partner. */
  paced = false;
  /** Each probe is a connection; see ProbeEngine. */
  connections = false;
  /** The far end tells of each packet; see ProbeEngine. */
  told = false;
  /** The flow that is measured; see Probe. */
  flow: number | undefined;
  /** True where the budget kept a probe from being sent. */
  cutShort = false;
  /** One packet at a time. */
  readonly gentle: boolean;
  /** Milliseconds that waits for pauses and silence took so far. */
  waited = 0;
  readonly #budget: number;
  /** What was heard before this entry belongs to another state of the path. */
  #since = 0;

  constructor(protocol: ProbeProtocol, { budget, gentle = false }: { budget: number; gentle?: boolean }) {
    this.protocol = protocol;
    this.gentle = gentle;
    this.#budget = budget;
  }

  /** What TTL-limited probes are sent with; null: the protocol that is searched. */
  get hopProtocol(): ProbeProtocol | null {
    return this.protocol === 'tcp' ? this.besideConnections : null;
  }

  record(probe: Probe, reply: ProbeReply): void {
    this.entries.push({ probe, reply, counts: !(reply.kind === 'silence' && reply.asked === false) });
  }

  /** An answer that came after its timeout: the size fits, the silence was impatience. */
  amend(probe: Probe, reply: ProbeReply): void {
    const i = this.entries.findIndex((entry) => entry.probe === probe && entry.reply.kind === 'silence');
    if (i >= 0) this.entries[i] = { probe, reply, counts: true };
  }

  /** Silence so far came at a pace at which little is answered: it says nothing, neither of sizes nor of loss. */
  discountSilence(): void {
    this.#discount(0, () => true);
  }

  /** The same of fitting sizes alone: what vanished beside an answer stays vanished. */
  discountLoss(): void {
    const { low } = this;
    this.#discount(0, ({ size }) => size <= low);
  }

  /** Silence to `size` from entry `from` on is no evidence; what was lost beside it still counts as loss. */
  forgive(from: number, size: number): void {
    this.#discount(from, (probe) => probe.size === size);
  }

  /** The path has changed: what was heard so far is told of another one. */
  startAnew(): void {
    this.#since = this.entries.length;
  }

  /** Entries that speak of the path as it is now. */
  get current(): readonly Entry[] {
    return this.#since === 0 ? this.entries : this.entries.slice(this.#since);
  }

  get left(): number {
    return this.#budget - this.entries.length;
  }

  /** Largest size known to arrive, 0 where none has. */
  get low(): number {
    return this.arrivals().reduce((most, { probe }) => Math.max(most, probe.size), 0);
  }

  /**
   * Smallest size taken not to pass, by a PTB, by our own host, or by enough silence; Infinity where there is none. The
   * search goes by it; what is said of silence goes by `proven`.
   */
  get high(): number {
    return Math.min(this.#told, this.silentSizes()[this.need - 1] ?? Number.POSITIVE_INFINITY);
  }

  /** Smallest size proven not to pass: silence counts where all there is of it is a hole. */
  get proven(): number {
    return this.isHole ? this.high : this.#told;
  }

  /** What met silence above `low` did so too often for loss that prefers large packets. */
  get isHole(): boolean {
    return this.lacking === 0;
  }

  /** Silences above `low` that are still to be met, all of them, before they prove a hole. */
  get lacking(): number {
    const met = this.silentSizes().length + vanishedBeside(this.current, this.protocol, this.low);
    return Math.max(0, silencesOfHole(this.#nearLoss()) - met);
  }

  get #told(): number {
    const { low } = this;
    return Math.min(
      ...this.current.filter(({ probe, reply }) => refuses(reply) && probe.size > low).map(({ probe }) => probe.size),
    );
  }

  /** Path MTU our own kernel remembers and lets this engine send no more than; null where it did not interfere. */
  get remembered(): number | null {
    const said = this.entries.flatMap(({ reply }) =>
      reply.kind === 'too-big-here' && reply.remembered ? [reply.mtu ?? this.low] : [],
    );
    return said.length === 0 ? null : Math.min(...said);
  }

  get exact(): boolean {
    return this.low > 0 && this.high === this.low + 1;
  }

  /** Sizes above `low` that met silence or "unreachable" which counts, smallest first, as often as they did. */
  silentSizes(low = this.low): number[] {
    // What our own host refuses to send keeps silent for that reason alone.
    const most = this.remembered ?? Number.POSITIVE_INFINITY;
    return this.#ours()
      .filter(({ probe, reply, counts }) => counts && isNoAnswer(reply) && probe.ttl === FULL_TTL)
      .map(({ probe }) => probe.size)
      .filter((size) => size > low && size <= most)
      .sort((a, b) => a - b);
  }

  /** Round trips of sizes known to fit. */
  get loss(): Loss {
    const { sent, lost } = this.fitting();
    return { sent, lost, rate: sent === 0 ? 0 : lost / sent };
  }

  /** Round trips of sizes known to fit and larger than `over`. */
  fitting(over = 0): Tally {
    const { low } = this;
    const fitting = this.#ours().filter(
      ({ probe, counts }) => counts && probe.ttl === FULL_TTL && probe.size <= low && probe.size > over,
    );
    return { sent: fitting.length, lost: fitting.filter(({ reply }) => isNoAnswer(reply)).length };
  }

  /** Loss to reckon with. */
  get cautiousLoss(): number {
    return cautious(this.loss);
  }

  /** Silences needed before a size counts as too big. */
  get need(): number {
    const { sent, lost } = this.loss;
    if (this.paced && lost === 0) return silencesInPairs(sent);
    return silencesOfLimit(Math.max(this.cautiousLoss, this.#nearLoss()));
  }

  /** Tries that make one answer likely where one is to come. */
  get tries(): number {
    return this.loss.lost === 0 ? 1 : triesFor(this.cautiousLoss);
  }

  /** Loss of the largest sizes that fit, where it is plainly worse than that of smaller ones; else 0. */
  #nearLoss(): number {
    const all = this.loss;
    if (all.lost === 0) return 0;
    const sizes = [...new Set(this.arrivals().map(({ probe }) => probe.size))];
    const larger = sizes.map((over) => this.fitting(over));
    return worstAmongLarge(all, larger);
  }

  get slowestRtt(): number | null {
    const times = this.#times();
    return times.length === 0 ? null : Math.max(...times);
  }

  get fastestRtt(): number | null {
    const times = this.#times();
    return times.length === 0 ? null : Math.min(...times);
  }

  /** max(100 ms, 6 RTT), or a second before the first answer. */
  get timeoutMs(): number {
    const rtt = this.slowestRtt;
    return rtt === null ? FIRST_TIMEOUT : Math.min(6000, Math.max(100, 6 * rtt));
  }

  /** Those of the searched protocol and flow. */
  #ours(): Entry[] {
    return this.current.filter(
      ({ probe }) => probe.protocol === this.protocol && probe.flow === this.flow && probe.port === this.port,
    );
  }

  #discount(from: number, which: (probe: Probe) => boolean): void {
    for (let i = from; i < this.entries.length; i++) {
      const entry = this.entries[i] as Entry;
      if (isNoAnswer(entry.reply) && which(entry.probe)) this.entries[i] = { ...entry, counts: false };
    }
  }

  /** Answers of the target to the searched protocol and flow. */
  arrivals(): Entry[] {
    return this.#ours().filter(({ reply }) => reply.kind === 'arrived');
  }

  #times(): number[] {
    const arrivals = this.arrivals();
    // Routers answer at their leisure: their times count only as long as the target has said nothing.
    const timed = arrivals.length > 0 ? arrivals : this.entries;
    return timed.flatMap(({ reply }) => ('rttMs' in reply && reply.rttMs !== undefined ? [reply.rttMs] : []));
  }
}

/** What the kernel remembers of an earlier PTB proves nothing: that PTB may have lied. */
const refuses = (reply: ProbeReply): boolean =>
  reply.kind === 'too-big' || (reply.kind === 'too-big-here' && reply.remembered !== true);

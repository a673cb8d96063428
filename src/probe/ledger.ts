import { FULL_TTL, type Probe, type ProbeProtocol, type ProbeReply } from './engine.js';

export interface Entry {
  readonly probe: Probe;
  readonly reply: ProbeReply;
}

/** Chance we accept that a size is called too big although all its probes were merely lost. */
const DOUBT = 1e-4;
/** Patience before the first round trip is known, milliseconds. */
const FIRST_TIMEOUT = 1000;
/** Linux' icmp_ratelimit: a bucket of six, refilled one a second. */
const FREE_ERRORS = 4,
  ERROR_PAUSE = 1050;

/**
 * Everything sent and heard so far, and what follows from it.
 * Arrival proves that a size fits, a PTB proves that it does not; silence proves nothing but counts, weighed by the loss
 * that fitting sizes suffer on the same path.
 */
export class Ledger {
  readonly entries: Entry[] = [];
  /** The protocol whose round trips are searched; changes when the target ignores the first one. */
  protocol: ProbeProtocol;
  /** True where the budget kept a probe from being sent. */
  cutShort = false;
  readonly gentle: boolean;
  readonly #budget: number;

  constructor(protocol: ProbeProtocol, { budget, gentle = false }: { budget: number; gentle?: boolean }) {
    this.protocol = protocol;
    this.gentle = gentle;
    this.#budget = budget;
  }

  record(probe: Probe, reply: ProbeReply): void {
    this.entries.push({ probe, reply });
  }

  /** An answer that came after its timeout: the size fits, the silence was impatience. */
  amend(probe: Probe, reply: ProbeReply): void {
    const i = this.entries.findIndex((entry) => entry.probe === probe && entry.reply.kind === 'silence');
    if (i >= 0) this.entries[i] = { probe, reply };
  }

  get left(): number {
    return this.#budget - this.entries.length;
  }

  /** Largest size known to arrive, 0 where none has. */
  get low(): number {
    return this.#arrivals().reduce((most, { probe }) => Math.max(most, probe.size), 0);
  }

  /** Smallest size known not to pass, by a PTB, by our own host, or by enough silence; Infinity where there is none. */
  get high(): number {
    const { low } = this;
    const told = Math.min(
      ...this.entries.filter(({ probe, reply }) => refuses(reply) && probe.size > low).map(({ probe }) => probe.size),
    );
    const need = this.need;
    const silent = this.silentSizes(low);
    return Math.min(told, silent[need - 1] ?? Number.POSITIVE_INFINITY);
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

  /** Sizes above `low` that met silence or "unreachable", smallest first, as often as they did. */
  silentSizes(low = this.low): number[] {
    // What our own host refuses to send keeps silent for that reason alone.
    const most = this.remembered ?? Number.POSITIVE_INFINITY;
    return this.#ours()
      .filter(({ probe, reply }) => isNoAnswer(reply) && probe.ttl === FULL_TTL)
      .map(({ probe }) => probe.size)
      .filter((size) => size > low && size <= most)
      .sort((a, b) => a - b);
  }

  /** Round trips of sizes known to fit. */
  get loss(): { readonly sent: number; readonly lost: number; readonly rate: number } {
    const { low } = this;
    const fitting = this.#ours().filter(({ probe }) => probe.ttl === FULL_TTL && probe.size <= low);
    const lost = fitting.filter(({ reply }) => isNoAnswer(reply)).length;
    return { sent: fitting.length, lost, rate: fitting.length === 0 ? 0 : lost / fitting.length };
  }

  /** Loss to reckon with: the rule of succession and one standard deviation on top. */
  get cautiousLoss(): number {
    const { sent, lost } = this.loss;
    const mean = (lost + 1) / (sent + 2);
    return Math.min(0.9, mean + Math.sqrt((mean * (1 - mean)) / (sent + 3)));
  }

  /** Silences needed before a size counts as too big: the smallest n with loss^n below the accepted doubt. */
  get need(): number {
    return Math.max(2, Math.ceil(Math.log(DOUBT) / Math.log(this.cautiousLoss)));
  }

  /** Tries that make one answer likely where one is to come. */
  get tries(): number {
    return this.loss.lost === 0 ? 1 : Math.min(8, Math.ceil(Math.log(0.01) / Math.log(this.cautiousLoss)));
  }

  get slowestRtt(): number | null {
    const arrivals = this.#arrivals();
    // Routers answer at their leisure: their times count only as long as the target has said nothing.
    const timed = arrivals.length > 0 ? arrivals : this.entries;
    const times = timed.flatMap(({ reply }) => ('rttMs' in reply && reply.rttMs !== undefined ? [reply.rttMs] : []));
    return times.length === 0 ? null : Math.max(...times);
  }

  /** max(100 ms, 6 RTT), or a second before the first answer. */
  get timeoutMs(): number {
    const rtt = this.slowestRtt;
    return rtt === null ? FIRST_TIMEOUT : Math.min(6000, Math.max(100, 6 * rtt));
  }

  /** Routers on the way and the target itself, from the TTL left in an answer that started at 64, 128 or 255. */
  get distance(): number | null {
    const lefts = this.#arrivals().flatMap(({ reply }) => (reply.kind === 'arrived' && reply.ttl ? [reply.ttl] : []));
    return lefts.length === 0 ? null : hopsFrom(lefts[lefts.length - 1] as number);
  }

  /** One packet in flight. ICMP errors of the target, which answer UDP, are rationed (Linux: six, then one a second). */
  get oneByOne(): boolean {
    return this.gentle || (this.protocol === 'udp' && this.#arrivals().length >= FREE_ERRORS);
  }

  /** Wait before the next packet, milliseconds. */
  get pauseMs(): number {
    return this.protocol === 'udp' && this.#arrivals().length >= FREE_ERRORS ? ERROR_PAUSE : 0;
  }

  #ours(): Entry[] {
    return this.entries.filter(({ probe }) => probe.protocol === this.protocol);
  }

  #arrivals(): Entry[] {
    return this.#ours().filter(({ reply }) => reply.kind === 'arrived');
  }
}

/** "Unreachable" may pass: it is counted as silence is, and proves as little. */
const isNoAnswer = ({ kind }: ProbeReply): boolean => kind === 'silence' || kind === 'unreachable';

/** What the kernel remembers of an earlier PTB proves nothing: that PTB may have lied. */
const refuses = (reply: ProbeReply): boolean =>
  reply.kind === 'too-big' || (reply.kind === 'too-big-here' && reply.remembered !== true);

/** Hops between us and a sender whose packet came in with this TTL; senders start at 64, 128 or 255. */
export const hopsFrom = (ttl: number): number => ([64, 128, 255].find((start) => ttl <= start) as number) - ttl + 1;

import type { LateReply, Probe, ProbeEngine, ProbeReply } from '../../probe/engine.js';
import { parseFar, udpHeaders } from '../../probe/far/datagram.js';
import type { FarReport } from '../../probe/far/message.js';
import { Flight } from '../flight.js';
import type { FarEnd } from './far-end.js';

/** The far end allows a thousand a second. */
const MOST_PER_SECOND = 500;
/** Patience for the far end to be in step, and for what it sent last to arrive; milliseconds. */
const SYNC_MS = 3_000,
  SETTLE_MS = 10;
/** Patience for datagrams in fragments, and how many are sent. */
const FRAGMENTS = { count: 3, patienceMs: 600 } as const;

/** Whose PTBs are told; a far end may name as many as it likes. */
const MOST_ROUTERS = 64;

/** One direction as an engine: datagrams with DF, and the end that receives says which came in one piece. */
export class WayEngine implements ProbeEngine {
  readonly id = 'errqueue';
  readonly blindTo = [];
  readonly protocols = ['udp'] as const;
  readonly quotes = false;
  readonly told = true;
  /** PTBs that the sender heard, by router. */
  readonly ptb = new Map<string, number | null>();
  /** Largest piece in which a datagram came that was sent with DF; null: none did. */
  pieces: number | null = null;
  readonly #way: 'there' | 'back';
  readonly #far: FarEnd;
  readonly #flight: Flight;
  /** Answers to earlier batches. */
  readonly #older: LateReply[] = [];
  #sync = 0;
  /** Datagrams without DF: how many came in pieces. */
  #whole = new Set<number>();
  #cut = 0;
  readonly #listen = (report: FarReport): void => this.#reported(report);

  constructor(way: 'there' | 'back', far: FarEnd) {
    this.#way = way;
    this.#far = far;
    this.#flight = new Flight(Math.min(MOST_PER_SECOND, far.options.pps));
    far.listeners.add(this.#listen);
    if (way === 'there') far.onHeard = (number, reply) => this.#heard(number, reply);
    else
      far.onArrived = ({ data, from, piece }) => {
        const datagram = parseFar(data);
        const { tag, port } = far.ready;
        if (datagram?.kind === 'probe' && datagram.tag === tag && from.port === port)
          this.#came(datagram.number, data.length + udpHeaders(far.options.family), piece);
      };
  }

  send: ProbeEngine['send'] = async (probes, timeoutMs) => {
    const transmit = ({ size, ttl }: Probe, number: number): ProbeReply | undefined =>
      this.#transmit(number, size, ttl, true);
    const replies = [...(await this.#flight.send(probes, timeoutMs, transmit))];
    if (!replies.some(({ kind }) => kind === 'silence')) return replies;
    // On a lossy path what is asked and reported waits for TCP's own retransmissions: that is no silence.
    await this.#synced();
    for (const late of this.#flight.late()) {
      const at = probes.findIndex((probe, i) => probe === late.probe && replies[i]?.kind === 'silence');
      if (at >= 0) replies[at] = late.reply;
      else this.#older.push(late);
    }
    return replies;
  };

  late: ProbeEngine['late'] = () => [...this.#older.splice(0), ...this.#flight.late()];

  async close(): Promise<void> {
    this.#far.listeners.delete(this.#listen);
    this.#far.onHeard = () => {};
    this.#far.onArrived = () => {};
  }

  /** Whether datagrams that their sender cuts arrive. */
  async fragments(size: number): Promise<'arrive' | 'lost'> {
    this.#cut = 0;
    for (let i = 0; i < FRAGMENTS.count; i++) {
      const number = 0xff00 + i;
      this.#whole.add(number);
      this.#transmit(number, size, 64, false);
    }
    for (let waited = 0; waited < FRAGMENTS.patienceMs && this.#cut === 0; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return this.#cut > 0 ? 'arrive' : 'lost';
  }

  /** Everything that was asked is done, and everything that came is told. */
  async #synced(): Promise<void> {
    this.#sync = (this.#sync + 1) & 0xffff;
    const number = this.#sync;
    const answer = this.#far.wait(
      (report) => (report.is === 'synced' && report.number === number) || undefined,
      SYNC_MS,
    );
    this.#far.say({ do: 'sync', number });
    await answer;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  }

  #transmit(number: number, size: number, ttl: number, df: boolean): ProbeReply | undefined {
    if (this.#way === 'there') return this.#far.transmit(number, size, ttl, df);
    this.#far.say({ do: 'send', number, size, ttl, df });
    return undefined;
  }

  #reported(report: FarReport): void {
    if (report.is === 'got' && this.#way === 'there') this.#came(report.number, report.size, report.piece);
    if (report.is === 'heard' && this.#way === 'back') this.#heard(report.number, report.reply);
  }

  #came(number: number, size: number, piece: number | null): void {
    if (this.#whole.has(number)) {
      this.#cut++;
      return;
    }
    // In pieces although it had DF: as one packet it did not arrive.
    if (piece !== null && piece < size) this.pieces = Math.max(this.pieces ?? 0, piece);
    else this.#flight.answer(number, { kind: 'arrived', rttMs: 0, from: this.#far.options.address });
  }

  #heard(number: number | undefined, reply: ProbeReply): void {
    if (reply.kind === 'too-big' && (this.ptb.size < MOST_ROUTERS || this.ptb.has(reply.from)))
      this.ptb.set(reply.from, reply.nextHopMtu);
    const about = number ?? this.#flight.only('udp');
    if (about !== undefined) this.#flight.answer(about, reply);
  }
}

import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import type { PtbLog } from '../log/ptb-log.js';
import { formatAddress } from './address.js';
import {
  D,
  DIRECTION_TIMES,
  DIRECTION_WORDS,
  F,
  FLAG,
  FLOW_TIMES,
  FLOW_WORDS,
  FT,
  LONG_PAUSE,
  ROW_TIMES,
  ROW_WORDS,
  T,
  U,
} from './flow-columns.js';
import type { FlowFacts } from './flow-facts.js';
import { readMeta } from './flow-key.js';
import { factsOf } from './flow-row.js';
import type { FlowTable } from './flow-table.js';
import { FlowPacker, type PackedFlows } from './packed-flows.js';
import { PathTable } from './path-table.js';
import { MOST_REQUEST, SMALL_PACKET } from './sizes.js';
import { closeQuestion } from './udp-direction.js';

/** Flows kept that have something to say; the largest of the others fill up to `KEPT`. */
const MOST_NOTABLE = 2048;
const KEPT = 512;

/** What is left of a flow when it ends: totals for all, facts for those that say something and for the largest. */
export class FlowKeeper {
  readonly #table: FlowTable;
  readonly #now: () => number;
  readonly paths = new PathTable();
  readonly totals = {
    tcpFlows: 0,
    udpFlows: 0,
    largestDelivered: 0,
    largestTcp: 0,
    largestUdp: 0,
    retransmitted: 0,
    lossEpisodes: 0,
    filled: 0,
    tcpSegments: 0,
    withoutDf: 0,
  };
  /** Those with something to say, and the largest of the rest. */
  readonly #notable = new Ranked(MOST_NOTABLE);
  readonly #others = new Ranked(KEPT);
  /** All of them in the order they ended, where that is asked for. */
  readonly #every: FlowPacker | undefined;
  /** No row is given to another flow any more. */
  #over = false;

  /** `now` tells the time of the capture, seconds; `every`: keep all flows. */
  constructor(table: FlowTable, now: () => number, every = false) {
    this.#table = table;
    this.#now = now;
    this.#every = every ? new FlowPacker() : undefined;
  }

  /** A flow ends here: evicted, its ports used anew, or the capture is over. */
  settle(row: number): void {
    const { words } = this.#table;
    const { family, protocol } = readMeta(words[row * ROW_WORDS]!);
    const udp = protocol !== PROTOCOL_NUMBER.tcp;
    const at = row * ROW_WORDS;
    const totals = this.totals;
    if (udp) totals.udpFlows++;
    else totals.tcpFlows++;
    const now = this.#now();
    const idle = now - this.#table.last[row]!;
    let notable = false;
    let stuck = false;
    let packets = 0;
    for (let side = 0; side < 2; side++) {
      const d = at + FLOW_WORDS + side * DIRECTION_WORDS;
      const largest = words[d + D.LARGEST_IP]!;
      const rare = (words[d + D.FLAGS]! & FLAG.RARE) !== 0;
      if (udp) {
        if (idle >= LONG_PAUSE) closeQuestion(words, d);
        totals.largestUdp = Math.max(totals.largestUdp, words[d + D.DELIVERED_IP]!);
        if (words[d + U.UNANSWERED_LARGE]! > 1 || words[d + U.MOST_WAITS]! > 2) notable = true;
      } else {
        totals.largestTcp = Math.max(totals.largestTcp, rare && words[d + D.MERGED]! > 0 ? 0 : largest);
        totals.largestDelivered = Math.max(totals.largestDelivered, words[d + D.DELIVERED_IP]!);
        totals.retransmitted += words[d + D.RETRANSMITTED]!;
        totals.lossEpisodes += words[d + D.EPISODES]!;
        if (rare) totals.filled += words[d + D.FILLED]!;
        totals.tcpSegments += words[d + D.SEGMENTS]!;
        if (words[d + D.WITHOUT_DF]! > 0 && largest > SMALL_PACKET) totals.withoutDf += words[d + D.WITHOUT_DF]!;
      }
      const arrived = words[d + D.DELIVERED_IP]!;
      if (arrived > 0) {
        const from = side === 0 ? at + 2 : at + 6;
        const to = side === 0 ? at + 6 : at + 2;
        this.paths.note(words, from, to, family, arrived, words[at + F.FIRST_FRAME]!, now - idle);
      }
      if (isNotable(words, d, rare) || (!udp && words[d + D.WITHOUT_DF]! >= 10)) notable = true;
      if (words[d + D.RUN_COUNT]! > 1) stuck = true;
      packets += words[d + D.PACKETS]! + words[d + D.SEGMENTS]!;
    }
    const quiet = this.#table.times[row * ROW_TIMES + FT.QUIET]!;
    // Without a silence nothing is to be said of it.
    if (!udp && (quiet > 0 || idle >= LONG_PAUSE) && isMute(this.#table, row)) notable = true;
    const facts = (): FlowFacts => factsOf(this.#table, row, now);
    this.#every?.add(this.#table, row, now);
    // A row that is needed for another flow is read now, the others when it is known which of them are kept.
    const ranked = notable ? this.#notable : this.#others;
    const rank = (notable && stuck ? 1e12 : 0) + packets;
    if (ranked.takes(rank)) ranked.add(rank, this.#over ? facts : facts());
    else ranked.left++;
  }

  /** Settles what is still in the table, and looks for the receivers of PTBs among all of it. */
  finish(ptbs: PtbLog): void {
    this.#over = true;
    const unmatched = ptbs.records.filter(({ match }) => match === 'none' || match === 'other-sequence');
    const table = this.#table;
    for (let row = 0; row < table.size; row++) {
      if (unmatched.length > 0) relate(table, row, unmatched);
      this.settle(row);
    }
  }

  /** Flows with something to say first. */
  flows(): FlowFacts[] {
    const notable = this.#notable.flows();
    return [...notable, ...this.#others.flows().slice(0, Math.max(0, KEPT - notable.length))];
  }

  /** All flows; undefined where nobody asked. */
  every(): PackedFlows | undefined {
    return this.#every?.finish();
  }

  /** Flows with something to say that found no place. */
  get unheard(): number {
    return this.#notable.left;
  }
}

/** The flows of highest rank, as many as fit. */
class Ranked {
  readonly #most: number;
  #kept: { facts: FlowFacts | (() => FlowFacts); rank: number }[] = [];
  #floor = -1;
  left = 0;

  constructor(most: number) {
    this.#most = most;
  }

  takes(rank: number): boolean {
    return rank > this.#floor;
  }

  /** Of a rank that it takes. */
  add(rank: number, facts: FlowFacts | (() => FlowFacts)): void {
    this.#kept.push({ facts, rank });
    if (this.#kept.length >= this.#most * 2) this.#trim();
  }

  flows(): FlowFacts[] {
    this.#trim();
    return this.#kept.map(({ facts }) => (typeof facts === 'function' ? facts() : facts));
  }

  #trim(): void {
    // Of equals, those that came first.
    this.#kept.sort((left, right) => right.rank - left.rank);
    if (this.#kept.length <= this.#most) return;
    this.left += this.#kept.length - this.#most;
    this.#kept.length = this.#most;
    this.#floor = this.#kept[this.#most - 1]!.rank;
  }
}

/** Anything a detector could say something about. */
function isNotable(words: Int32Array, d: number, rare: boolean): boolean {
  return (
    words[d + D.PTB]! > 0 ||
    words[d + D.RUN_COUNT]! > 1 ||
    (words[d + D.FLAGS]! & (FLAG.PROBED | FLAG.WAS_SHUT)) !== 0 ||
    words[d + D.ABOVE_MSS]! > 0 ||
    words[d + D.SACK_BLOCKS]! > 0 ||
    words[d + D.RETRANSMITTED]! > 2 ||
    (words[d + D.FLAGS]! & FLAG.GAP) !== 0 ||
    (rare &&
      (words[d + D.STALL_COUNT]! > 0 ||
        words[d + D.PTB_BEHIND]! > 0 ||
        words[d + D.LATE_OCTETS]! > 0 ||
        words[d + D.MERGED]! > 0))
  );
}

/** Handshake, at most a request, then nothing: of what would come next nothing is known. */
function isMute({ words, times }: FlowTable, row: number): boolean {
  const a = row * ROW_WORDS + FLOW_WORDS;
  const b = a + DIRECTION_WORDS;
  const flags = words[a + D.FLAGS]! | words[b + D.FLAGS]!;
  if ((flags & FLAG.SYN_ACK) === 0) return false;
  if (words[a + D.SEGMENTS]! > 0 && words[b + D.SEGMENTS]! > 0) return false;
  const at = row * ROW_TIMES + FLOW_TIMES + T.OCTETS;
  return times[at]! + times[at + DIRECTION_TIMES]! <= MOST_REQUEST;
}

function relate(table: FlowTable, row: number, unmatched: PtbLog['records']): void {
  const at = row * ROW_WORDS;
  const meta = readMeta(table.words[at]!);
  const low = formatAddress(table.words, at + 2, meta.family);
  const high = formatAddress(table.words, at + 6, meta.family);
  const ports = table.words[at + 1]!;
  for (const record of unmatched) {
    if (record.to === low || record.to === high) record.receiverSeen = true;
    if (record.translated !== null || record.quotedProtocol !== meta.protocol || record.sourcePort < 0) continue;
    const forward = ports >>> 16 === record.sourcePort && (ports & 0xffff) === record.destinationPort;
    const back = ports >>> 16 === record.destinationPort && (ports & 0xffff) === record.sourcePort;
    if (forward && high === record.quotedTo && low !== record.quotedFrom) record.translated = low;
    else if (back && low === record.quotedTo && high !== record.quotedFrom) record.translated = high;
  }
}

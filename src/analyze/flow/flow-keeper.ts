import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import type { PtbLog } from '../log/ptb-log.js';
import { formatAddress } from './address.js';
import { wordsAt } from './direction-place.js';
import { D, F, FLAG, FT, LONG_PAUSE, ROW_TIMES, ROW_WORDS } from './flow-columns.js';
import type { FlowFacts } from './flow-facts.js';
import { readMeta } from './flow-key.js';
import { factsOf } from './flow-row.js';
import type { FlowTable } from './flow-table.js';
import { FLOOR, type FlowTotals, NOTABLE, namedTotals, TOTAL } from './flow-totals.js';
import { isMute, isNotable } from './notable.js';
import { FlowPacker, type PackedFlows } from './packed-flows.js';
import type { PathTable } from './path-table.js';
import { RankedFlows } from './ranked-flows.js';
import { SMALL_PACKET } from './sizes.js';
import { U } from './udp-columns.js';
import { closeQuestion } from './udp-direction.js';

/** Flows kept that have something to say; the largest of the others fill up to `KEPT`. */
const MOST_NOTABLE = 2048;
const KEPT = 512;

/** assembly/settle.ts, for TCP flows of which there is nothing to say but numbers that are added up. */
export interface CompiledSettling {
  /** Packets of such a flow; -1 for every other. */
  rankOf(row: number, now: number): number;
  /** Adds up what `settle` below adds up of such a flow. */
  settle(row: number): void;
}

/** Where a keeper notes what compiled code notes as well. */
export interface Settled {
  /** As in TOTAL, and FLOOR. */
  readonly totals: Float64Array;
  readonly paths: PathTable;
}

/** What is left of a flow when it ends: totals for all, facts for those that say something and for the largest. */
export class FlowKeeper {
  readonly #table: FlowTable;
  readonly #now: () => number;
  readonly #totals: Float64Array;
  readonly paths: PathTable;
  /** Spares `settle` most of the flows. */
  compiled: CompiledSettling | undefined;
  /** Those with something to say, and the largest of the rest. */
  readonly #notable = new RankedFlows(MOST_NOTABLE);
  readonly #others = new RankedFlows(KEPT);
  /** All of them in the order they ended, where that is asked for. */
  readonly #every: FlowPacker | undefined;
  /** No row is given to another flow any more. */
  #over = false;

  /** `now` tells the time of the capture, seconds; `every`: keep all flows. */
  constructor(table: FlowTable, { totals, paths }: Settled, now: () => number, every = false) {
    this.#table = table;
    this.#totals = totals;
    this.paths = paths;
    this.#now = now;
    // Each flow may be kept until as many are.
    totals[FLOOR] = -1;
    this.#every = every ? new FlowPacker() : undefined;
  }

  /** A flow ends here: evicted, its ports used anew, or the capture is over. */
  settle(row: number): void {
    const now = this.#now();
    const packets = this.#every ? -1 : (this.compiled?.rankOf(row, now) ?? -1);
    if (packets < 0) this.#settle(row, now);
    else {
      this.compiled?.settle(row);
      this.#keep(this.#others, packets, row, now);
    }
  }

  #settle(row: number, now: number): void {
    const { words } = this.#table;
    const { family, protocol } = readMeta(words[row * ROW_WORDS]!);
    const udp = protocol !== PROTOCOL_NUMBER.tcp;
    const at = row * ROW_WORDS;
    const totals = this.#totals;
    totals[udp ? TOTAL.udpFlows : TOTAL.tcpFlows]!++;
    const last = this.#table.last[row]!;
    const idle = now - last;
    let notable = false;
    let stuck = false;
    let packets = 0;
    for (let side = 0; side < 2; side++) {
      const d = wordsAt(row, side);
      const largest = words[d + D.LARGEST_IP]!;
      const rare = (words[d + D.FLAGS]! & FLAG.RARE) !== 0;
      if (udp) {
        if (idle >= LONG_PAUSE) closeQuestion(words, d);
        totals[TOTAL.largestUdp] = Math.max(totals[TOTAL.largestUdp]!, words[d + D.DELIVERED_IP]!);
        if (words[d + U.UNANSWERED_LARGE]! > 1 || words[d + U.MOST_WAITS]! > 2) notable = true;
      } else {
        const whole = rare && words[d + D.MERGED]! > 0 ? 0 : largest;
        totals[TOTAL.largestTcp] = Math.max(totals[TOTAL.largestTcp]!, whole);
        totals[TOTAL.largestDelivered] = Math.max(totals[TOTAL.largestDelivered]!, words[d + D.DELIVERED_IP]!);
        totals[TOTAL.retransmitted]! += words[d + D.RETRANSMITTED]!;
        totals[TOTAL.lossEpisodes]! += words[d + D.EPISODES]!;
        if (rare) totals[TOTAL.filled]! += words[d + D.FILLED]!;
        totals[TOTAL.tcpSegments]! += words[d + D.SEGMENTS]!;
        if (largest > SMALL_PACKET) totals[TOTAL.withoutDf]! += words[d + D.WITHOUT_DF]!;
      }
      const arrived = words[d + D.DELIVERED_IP]!;
      if (arrived > 0) {
        const from = side === 0 ? at + 2 : at + 6;
        const to = side === 0 ? at + 6 : at + 2;
        this.paths.note(words, from, to, family, arrived, words[at + F.FIRST_FRAME]!, last);
      }
      if (isNotable(words, d, rare) || (!udp && words[d + D.WITHOUT_DF]! >= NOTABLE.withoutDf)) notable = true;
      if (words[d + D.RUN_COUNT]! > 1) stuck = true;
      packets += words[d + D.PACKETS]! + words[d + D.SEGMENTS]!;
    }
    const quiet = this.#table.times[row * ROW_TIMES + FT.QUIET]!;
    // Without a silence nothing is to be said of it.
    if (!udp && (quiet > 0 || idle >= LONG_PAUSE) && isMute(this.#table, row)) notable = true;
    this.#every?.add(this.#table, row, now);
    if (notable) this.#keep(this.#notable, (stuck ? 1e12 : 0) + packets, row, now);
    else this.#keep(this.#others, packets, row, now);
  }

  #keep(ranked: RankedFlows, rank: number, row: number, now: number): void {
    if (!ranked.takes(rank)) {
      ranked.left++;
      return;
    }
    // A row that is needed for another flow is read now, the others when it is known which of them are kept.
    ranked.add(rank, this.#over ? row : factsOf(this.#table, row, now));
    // Where all are kept, none is settled by compiled code.
    if (!this.#every) this.#totals[FLOOR] = this.#others.floor;
  }

  get totals(): FlowTotals {
    return namedTotals(this.#totals);
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
    const now = this.#now();
    const facts = (row: number): FlowFacts => factsOf(this.#table, row, now);
    const notable = this.#notable.flows(facts);
    return [...notable, ...this.#others.flows(facts).slice(0, Math.max(0, KEPT - notable.length))];
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

import { formatAddress } from './address.js';

/** What flows prove of one host's packets to another. Octets of whole IP packets, times in seconds. */
export interface PathBound {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  /** Largest packet that arrived; the first frame of its flow, and when the last flow ended that got so much through. */
  readonly arrived: number;
  readonly flow: number;
  readonly last: number;
  /** The same of all other flows. */
  readonly elsewhere: number;
  readonly elsewhereLast: number;
}

/** Pairs of hosts, each direction by itself; further ones are not followed. A power of two. */
const MOST = 4096;
const SLOTS = MOST * 2;
/** Family, two addresses, largest, its flow, second largest. */
const WORDS = 12;
const W = { FAMILY: 0, FROM: 1, TO: 5, ARRIVED: 9, FLOW: 10, ELSEWHERE: 11 } as const;

/** Bounds by pair of hosts and direction, gathered as flows end. */
export class PathTable {
  readonly #words = new Int32Array(SLOTS * WORDS);
  /** When the flows of `ARRIVED` and `ELSEWHERE` ended. */
  readonly #times = new Float64Array(SLOTS * 2);
  readonly #used: number[] = [];

  /** A flow that began with frame `flow` and ended at `last` brought `arrived` octets from one address of `from` to the other. */
  note(words: Int32Array, from: number, to: number, family: 4 | 6, arrived: number, flow: number, last: number): void {
    const slot = this.#find(words, from, to, family);
    if (slot < 0) return;
    const held = this.#words;
    const times = this.#times;
    const at = slot * WORDS;
    if (arrived > held[at + W.ARRIVED]! || (arrived === held[at + W.ARRIVED] && last > times[slot * 2]!)) {
      if (held[at + W.FLOW] !== flow) {
        held[at + W.ELSEWHERE] = held[at + W.ARRIVED]!;
        times[slot * 2 + 1] = times[slot * 2]!;
      }
      held[at + W.ARRIVED] = arrived;
      held[at + W.FLOW] = flow;
      times[slot * 2] = last;
    } else if (arrived >= held[at + W.ELSEWHERE]!) {
      times[slot * 2 + 1] = arrived > held[at + W.ELSEWHERE]! ? last : Math.max(last, times[slot * 2 + 1]!);
      held[at + W.ELSEWHERE] = arrived;
    }
  }

  bounds(): PathBound[] {
    const held = this.#words;
    let before = 0;
    let [from, to] = ['', ''];
    return this.#used.map((slot) => {
      const at = slot * WORDS;
      const family = held[at + W.FAMILY] === 6 ? 6 : 4;
      // Most often it is the way back of the pair before, and to write an address takes longer than all else here.
      if (from !== '' && isBack(held, before, at)) [from, to] = [to, from];
      else [from, to] = [formatAddress(held, at + W.FROM, family), formatAddress(held, at + W.TO, family)];
      before = at;
      return {
        from,
        to,
        family,
        arrived: held[at + W.ARRIVED]!,
        flow: held[at + W.FLOW]!,
        last: this.#times[slot * 2]!,
        elsewhere: held[at + W.ELSEWHERE]!,
        elsewhereLast: this.#times[slot * 2 + 1]!,
      };
    });
  }

  #find(words: Int32Array, from: number, to: number, family: number): number {
    const held = this.#words;
    let hash = family;
    for (let index = 0; index < 4; index++) {
      hash = Math.imul(hash ^ words[from + index]!, 0x9e3779b1) ^ (hash >>> 15);
      hash = Math.imul(hash ^ words[to + index]!, 0x85ebca6b) ^ (hash >>> 13);
    }
    let slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    for (; held[slot * WORDS] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
      const at = slot * WORDS;
      let same = held[at] === family;
      for (let index = 0; same && index < 4; index++) {
        same = held[at + W.FROM + index] === words[from + index] && held[at + W.TO + index] === words[to + index];
      }
      if (same) return slot;
    }
    if (this.#used.length >= MOST) return -1;
    this.#used.push(slot);
    const at = slot * WORDS;
    held[at] = family;
    for (let index = 0; index < 4; index++) {
      held[at + W.FROM + index] = words[from + index]!;
      held[at + W.TO + index] = words[to + index]!;
    }
    return slot;
  }
}

/** Whether two entries are the two directions of one pair of hosts. */
function isBack(words: Int32Array, one: number, other: number): boolean {
  if (words[one + W.FAMILY] !== words[other + W.FAMILY]) return false;
  for (let index = 0; index < 4; index++) {
    if (words[one + W.FROM + index] !== words[other + W.TO + index]) return false;
    if (words[one + W.TO + index] !== words[other + W.FROM + index]) return false;
  }
  return true;
}

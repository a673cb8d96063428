import { TCP_FLAG } from '../../packet/tcp.js';
import type { PrintedTcp } from './printed.js';

const MOST = 4096;
const MOST_PAIRS = 16;

/**
 * SYNs of one connection in two sections of a text, as at its two ends: NAT and firewalls change addresses and numbers,
 * the timestamp (RFC 7323) stays.
 */
export class SynPairs {
  readonly #seen = new Map<string, { readonly mss: number; readonly line: number; readonly section: number }>();
  readonly rewritten: { before: number; after: number; lines: [number, number] }[] = [];

  note({ flags, mss, timestamps }: PrintedTcp, line: number, section: number): void {
    if (!(flags & TCP_FLAG.syn) || mss === null || timestamps === null) return;
    const key = `${flags & TCP_FLAG.ack} ${timestamps[0]} ${timestamps[1]}`;
    const held = this.#seen.get(key);
    if (!held) {
      if (this.#seen.size < MOST) this.#seen.set(key, { mss, line, section });
      return;
    }
    if (held.section === section || held.mss === mss || this.rewritten.length >= MOST_PAIRS) return;
    const [before, after] = held.mss > mss ? [held.mss, mss] : [mss, held.mss];
    this.rewritten.push({ before, after, lines: [held.line, line] });
  }
}

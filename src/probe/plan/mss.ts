import { FULL_TTL, type Probe } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ANNOUNCED_MSS, headersOf } from '../packets.js';
import type { MssSeen } from '../result.js';
import { ask, type Plan, range } from './plan.js';

/** A flow of its own: these SYNs carry no data and tell nothing of sizes. */
const APART = 9;
const BLOCK = 6,
  LONGEST_PATH = 30;

/**
 * Plain SYNs, TTL-limited for the quotes of the routers, and one that reaches the target for its SYN/ACK.
 * An engine of connections has no quotes: one connection tells what the other end announced.
 */
export function* mssSeen(ledger: Ledger, family: 4 | 6, quotes: boolean, ceiling: number): Plan<MssSeen> {
  if (!quotes) {
    const [reply] = yield* ask(ledger, [{ protocol: 'tcp', size: ceiling, ttl: FULL_TTL }], 'MSS of the answer');
    const answer = reply?.kind === 'too-big-here' && reply.peerMss !== undefined ? reply.peerMss : null;
    return { sent: null, arrives: null, rewritten: null, answer };
  }
  const syn = (ttl: number): Probe => ({ protocol: 'tcp', size: headersOf(family, 'tcp'), ttl, flow: APART });
  const sent = ANNOUNCED_MSS[family];
  const seen: { hop: number; address: string; mss: number }[] = [];
  let answer: number | null = null;
  const first = yield* ask(ledger, [syn(FULL_TTL)], 'SYN to the target');
  for (const reply of first) if (reply.kind === 'arrived') answer = reply.mss ?? answer;
  for (let start = 1, reached = false; start < LONGEST_PATH && !reached; start += BLOCK) {
    const ttls = range(start, start + BLOCK - 1);
    const replies = yield* ask(ledger, ttls.map(syn), `SYN to hops ${start}-${start + BLOCK - 1}`);
    replies.forEach((reply, i) => {
      if (reply.kind === 'hop' && reply.quote?.mss !== undefined)
        seen.push({ hop: ttls[i] as number, address: reply.from, mss: reply.quote.mss });
      if (reply.kind === 'arrived') reached = true;
    });
    if (!replies.some(({ kind }) => kind === 'hop' || kind === 'arrived')) break;
  }
  const changed = seen.find(({ mss }) => mss !== sent);
  const before = changed && seen.filter(({ hop, mss }) => hop < changed.hop && mss === sent).at(-1);
  return {
    sent,
    arrives: seen.at(-1)?.mss ?? null,
    rewritten: changed
      ? {
          after: before ? { hop: before.hop, address: before.address } : { hop: 0, address: null },
          before: { hop: changed.hop, address: changed.address },
        }
      : null,
    answer,
  };
}

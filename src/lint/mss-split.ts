import type { Span, Test } from './ruleset.js';

/** The MSS option on its way: the values offered, and what became of them. */
export interface Mss {
  /** What the sender offers, in octets. */
  readonly offered: Span;
  /** The smallest number a clamp has set; undefined while none did. */
  readonly lowered?: number | undefined;
  /** A clamp to the MTU of the route was among them. */
  readonly pmtu: boolean;
}

/**
 * The offered values that a guard lets through, and the others. A value that was lowered is asked as what it is now.
 */
export function splitAt<T extends { readonly mss: Mss }>(state: T, guard: Test): { inside: T[]; outside: T[] } {
  if (guard.on !== 'mss') return { inside: [state], outside: [] };
  const { offered, lowered = Number.POSITIVE_INFINITY } = state.mss;
  const pieces = cut(offered, lowered, guard.spans);
  const inside: T[] = [];
  const outside: T[] = [];
  for (const piece of pieces) {
    const now = Math.min(piece[1], lowered);
    const hit = guard.spans.some(([low, high]) => low <= now && now <= high) !== (guard.not ?? false);
    (hit ? inside : outside).push({ ...state, mss: { ...state.mss, offered: piece } });
  }
  return { inside, outside };
}

/** A span in pieces that lie wholly inside or outside each of the spans. */
function cut([low, high]: Span, lowered: number, spans: readonly Span[]): Span[] {
  const edges = new Set<number>();
  for (const [from, to] of spans) {
    for (const edge of [from, to + 1]) if (edge > low && edge <= high && edge <= lowered) edges.add(edge);
  }
  if (lowered > low && lowered <= high) edges.add(lowered);
  const starts = [low, ...[...edges].sort((a, b) => a - b)];
  return starts.map((start, index) => [start, (starts[index + 1] ?? high + 1) - 1] as const);
}

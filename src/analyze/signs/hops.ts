import type { CaptureFacts } from '../facts.js';

/** What hosts and routers start with; the next above is taken. */
const starts: readonly number[] = [64, 128, 255];

/** Routers that a packet passed before it was seen with this TTL; null: unknown. */
export function hopsOf(ttl: number, { text }: CaptureFacts): number | null {
  if (ttl <= 0 || text?.unknown.includes('TTL')) return null;
  const start = starts.find((one) => one >= ttl);
  return start === undefined ? null : start - ttl;
}

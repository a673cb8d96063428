import type { CaptureFacts } from '../facts.js';

/** At how many capture points one connection is seen at most: devices by which it does not come are none of them. */
export function seenAt({ flows }: CaptureFacts): number {
  const points = new Map<string, Set<string>>();
  let most = 1;
  for (const { protocol, inner, point, directions } of flows) {
    if (protocol !== 'tcp') continue;
    const key = `${directions[0].from} ${directions[0].to}`;
    const held = points.get(key) ?? new Set();
    points.set(key, held.add(`${point} ${inner}`));
    most = Math.max(most, held.size);
  }
  return most;
}

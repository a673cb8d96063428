/** What hosts start with; a packet with such a TTL (or none that is known) has passed no router. */
const started: readonly number[] = [0, 64, 128, 255];

export const isFresh = (ttl: number): boolean => started.includes(ttl);

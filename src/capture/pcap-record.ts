/** A record of classic pcap, draft-ietf-opsawg-pcap 5: four words, and two more in the "modified" form. */
export const RECORD_FIELD = { seconds: 0, fraction: 4, captured: 8, original: 12 } as const;

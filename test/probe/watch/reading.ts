/** One measurement of a watched path: all of 1500 octets arrives. */
export const reading = {
  at: 1_795_000_000,
  address: '192.0.2.1',
  family: 4,
  engine: 'raw',
  protocol: 'icmp',
  verdict: 'fits',
  low: 1500,
  high: 1500,
  packets: 3,
  elapsedMs: 10,
} as const;

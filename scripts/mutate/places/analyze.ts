import { judgedBy, type Place } from '../place.js';

/** What is made of a capture: accounting, logs, signs, detectors. */
export const analyze: readonly Place[] = [
  ...judgedBy(
    'test/analyze/detectors test/analyze/scenarios.test.ts',
    ['analyze/flow/tcp-run.ts', 'const TIMEOUT_SECONDS = 0.1;', 'const TIMEOUT_SECONDS = 0.001;'],
    [
      'analyze/flow/tcp-run.ts',
      'ipLength * 10 >= words[d + D.LARGEST_IP]! * 9',
      'ipLength * 10 >= words[d + D.LARGEST_IP]! * 5',
    ],
    [
      'analyze/flow/size-watch.ts',
      'Math.max(rtt * 1.5, LEAST_GRACE_SECONDS)',
      'Math.max(rtt * 1.0, LEAST_GRACE_SECONDS)',
    ],
    ['analyze/flow/size-watch.ts', 'const LEAST_GRACE_SECONDS = 0.1;', 'const LEAST_GRACE_SECONDS = 0.3;'],
    ['analyze/log/fragment-log.ts', 'slots[at + W.FIRST]! - 8)', 'slots[at + W.FIRST]! - 800)'],
    [
      'analyze/log/fragment-log.ts',
      'ip.ttl === 64 || ip.ttl === 128 || ip.ttl === 255',
      'ip.ttl === 64 || ip.ttl === 255',
    ],
    ['analyze/log/ike-log.ts', 'const REPEATED = 0.2;', 'const REPEATED = 0.0;'],
    ['analyze/log/ptb-log.ts', 'const MOST = 256;', 'const MOST = 25_600;'],
    ['analyze/log/ptb-log.ts', 'quotedLength > 0 && mtu >= quotedLength', 'quotedLength > 0 && mtu > quotedLength'],
    ['analyze/log/tunnel-log.ts', 'const LEAST_WAIT = 0.15;', 'const LEAST_WAIT = 0.015;'],
    ['analyze/log/tunnel-log.ts', 'ratio > 1.6 && ratio < 2.6', 'ratio > 1.0 && ratio < 2.6'],
    ['analyze/signs/silence.ts', 'const ROUND_TRIPS = 8;', 'const ROUND_TRIPS = 2;'],
    ['analyze/signs/ptb-signs.ts', 'const LEAST_OVERSIZE = 2;', 'const LEAST_OVERSIZE = 1;'],
    ['analyze/signs/clamp-signs.ts', 'const LEAST_FULL = 3;', 'const LEAST_FULL = 2;'],
    ['analyze/signs/black-hole-signs.ts', 'export const CERTAIN_TIMEOUTS = 3;', 'export const CERTAIN_TIMEOUTS = 4;'],
    ['analyze/signs/black-hole-signs.ts', 'const ALL_OF = 3;', 'const ALL_OF = 2;'],
    ['analyze/signs/hole-signs.ts', 'const NEARLY = 0.95;', 'const NEARLY = 0.75;'],
    ['analyze/signs/fragment-signs.ts', 'const LEAST_SAME = 3;', 'const LEAST_SAME = 2;'],
    ['analyze/detectors/clamp-too-low.ts', 'atLargest >= 3', 'atLargest >= 1'],
    ['analyze/detectors/clamp-too-low.ts', 'const WASTE = 148;', 'const WASTE = 100;'],
    [
      'analyze/detectors/clamp-too-high.ts',
      'if (!refusal || refusal.mtu < 552) return [];',
      'if (!refusal) return [];',
    ],
    ['analyze/detectors/late.ts', 'const LEAST_SEGMENTS = 3;', 'const LEAST_SEGMENTS = 2;'],
    ['analyze/detectors/loss.ts', 'const LEAST_SHARE = 0.005;', 'const LEAST_SHARE = 0;'],
    ['analyze/detectors/stalled.ts', 'const LONG = 1;', 'const LONG = 0.5;'],
    ['analyze/detectors/peer-gone.ts', 'const LEAST_KEEPALIVES = 3;', 'const LEAST_KEEPALIVES = 2;'],
    ['analyze/detectors/above-mss.ts', 'const HABIT = 2;', 'const HABIT = 1;'],
    ['analyze/detectors/udp-lost.ts', 'const LEAST_LOST = 3;', 'const LEAST_LOST = 2;'],
    ['analyze/detectors/path-measured.ts', 'const CHANCE = 0.01;', 'const CHANCE = 1;'],
  ),
  ...judgedBy(
    'test/analyze/flow',
    ['analyze/flow/tcp-acknowledge.ts', 'if (segment.payload === 0) words[p + D.FLAGS]', 'words[p + D.FLAGS]'],
    ['analyze/flow/tcp-acknowledge.ts', 'if (((left - ack) | 0) <= 0 || length <= 0) continue;', ''],
    ['analyze/flow/flow-table.ts', 'if (last[row]! >= oldest) continue;', 'if (last[row]! < oldest) continue;'],
    [
      'analyze/flow/tcp-acknowledge.ts',
      'if (((ack - words[p + D.NEXT]!) | 0) > 0) {',
      'if (ack > words[p + D.NEXT]!) {',
    ],
    ['analyze/flow/capture-point.ts', 'const MOST = 1023;', 'const MOST = 7;'],
  ),
];

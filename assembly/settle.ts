// AssemblyScript. The end of a TCP flow of which there is nothing to say but numbers that are added up; what it is held to is
// FlowKeeper.settle in src/analyze/flow/flow-keeper.ts.
import {
  D,
  DIRECTION_TIMES,
  DIRECTION_WORDS,
  F,
  FLAG,
  FLOW_TIMES,
  FLOW_WORDS,
  FT,
  LONG_PAUSE,
  T,
} from '../src/analyze/flow/flow-columns';
import { NOTABLE, TOTAL } from '../src/analyze/flow/flow-totals';
import { MOST_REQUEST, SMALL_PACKET } from '../src/analyze/flow/sizes';
import { PROTOCOL_NUMBER } from '../src/packet/ipv4';
import { totals } from './layout';
import { column, raise } from './memory';
import { notePath } from './path-table';

/** Words of the key where the addresses of its two ends begin. */
const LOWER: usize = 2 << 2;
const HIGHER: usize = 6 << 2;

/** What a detector could say something about. */
const NOTABLE_FLAGS: i32 = FLAG.RARE | FLAG.PROBED | FLAG.WAS_SHUT | FLAG.GAP;

/** Packets of such a flow, last seen at `last`; -1 for every other. */
export function rankOf(flow: usize, last: f64, now: f64): i32 {
  if (((column(flow, 0) >>> 1) & 0xff) !== PROTOCOL_NUMBER.tcp) return -1;
  const one = flow + (FLOW_WORDS << 2);
  const other = one + (DIRECTION_WORDS << 2);
  if (isNotable(one) || isNotable(other)) return -1;
  const isSilent = load<f64>(flow + (FT.QUIET << 3)) > 0 || now - last >= <f64>LONG_PAUSE;
  if (isSilent && isMute(flow, one, other)) return -1;
  return packetsOf(one) + packetsOf(other);
}

export function settle(flow: usize, last: f64): void {
  add(TOTAL.tcpFlows, 1);
  const one = flow + (FLOW_WORDS << 2);
  settleDirection(one);
  settleDirection(one + (DIRECTION_WORDS << 2));
  noteArrived(flow, one, LOWER, HIGHER, last);
  noteArrived(flow, one + (DIRECTION_WORDS << 2), HIGHER, LOWER, last);
}

function isNotable(direction: usize): bool {
  return (
    (column(direction, D.FLAGS) & NOTABLE_FLAGS) !== 0 ||
    column(direction, D.PTB) > 0 ||
    column(direction, D.RUN_COUNT) > 1 ||
    column(direction, D.ABOVE_MSS) > 0 ||
    column(direction, D.SACK_BLOCKS) > 0 ||
    column(direction, D.RETRANSMITTED) >= NOTABLE.retransmitted ||
    column(direction, D.WITHOUT_DF) >= NOTABLE.withoutDf
  );
}

function isMute(flow: usize, one: usize, other: usize): bool {
  if (((column(one, D.FLAGS) | column(other, D.FLAGS)) & FLAG.SYN_ACK) === 0) return false;
  if (column(one, D.SEGMENTS) > 0 && column(other, D.SEGMENTS) > 0) return false;
  const octets = flow + ((FLOW_TIMES + T.OCTETS) << 3);
  return load<f64>(octets) + load<f64>(octets + (DIRECTION_TIMES << 3)) <= <f64>MOST_REQUEST;
}

function packetsOf(direction: usize): i32 {
  return column(direction, D.PACKETS) + column(direction, D.SEGMENTS);
}

function settleDirection(direction: usize): void {
  const largest = column(direction, D.LARGEST_IP);
  raise(totals + (TOTAL.largestTcp << 3), <f64>largest);
  raise(totals + (TOTAL.largestDelivered << 3), <f64>column(direction, D.DELIVERED_IP));
  add(TOTAL.retransmitted, column(direction, D.RETRANSMITTED));
  add(TOTAL.lossEpisodes, column(direction, D.EPISODES));
  add(TOTAL.tcpSegments, column(direction, D.SEGMENTS));
  if (largest > SMALL_PACKET) add(TOTAL.withoutDf, column(direction, D.WITHOUT_DF));
}

function noteArrived(flow: usize, direction: usize, from: usize, to: usize, last: f64): void {
  const arrived = column(direction, D.DELIVERED_IP);
  if (arrived > 0)
    notePath(flow + from, flow + to, 4 + 2 * (column(flow, 0) & 1), arrived, column(flow, F.FIRST_FRAME), last);
}

function add(total: usize, value: i32): void {
  const at = totals + (total << 3);
  store<f64>(at, load<f64>(at) + <f64>value);
}

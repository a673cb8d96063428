// AssemblyScript. What `noteSize` and `noteUdp` of src/analyze/flow do for a datagram that changes nothing but counts.
// `mine` and `peer` are the words of the two directions, `sent` and `heard` their times.
import { D, FLAG } from '../src/analyze/flow/flow-columns';
import { SMALL_PACKET } from '../src/analyze/flow/sizes';
import { U, UT } from '../src/analyze/flow/udp-columns';
import { UDP } from '../src/analyze/flow/udp-times';
import { UDP_FIELD, UDP_HEADER } from '../src/packet/udp';
import { WIREGUARD_DATA_HEADER, WIREGUARD_FIELD, WIREGUARD_LEAST, WIREGUARD_TYPE } from '../src/packet/wireguard';
import { change, column, half, increase } from './memory';

/** Octets of UDP data; -1 where the header does not agree with `room`, the octets that IP leaves, or it may be a handshake of WireGuard. */
export function dataOf(udp: usize, room: i32, captured: i32): i32 {
  const length = half(udp + UDP_FIELD.length);
  if (length < UDP_HEADER || length > room) return -1;
  const data = length - UDP_HEADER;
  if (!mayBeWireGuard(udp, data, captured)) return data;
  const type: i32 = load<u8>(udp + UDP_HEADER + WIREGUARD_FIELD.type);
  return type >= WIREGUARD_TYPE.initiation && type < WIREGUARD_TYPE.data ? -1 : data;
}

/** Whether `data` octets are a data message of WireGuard, as decode-udp.ts sees it. */
export function isWireGuardData(udp: usize, data: i32, captured: i32): bool {
  const message = udp + UDP_HEADER;
  return (
    mayBeWireGuard(udp, data, captured) &&
    load<u8>(message + WIREGUARD_FIELD.type) === <u8>WIREGUARD_TYPE.data &&
    load<u32>(message + WIREGUARD_FIELD.counterHigh) === 0
  );
}

/** Long enough, whole as far as it is looked at, and three octets of zero. */
function mayBeWireGuard(udp: usize, data: i32, captured: i32): bool {
  if (data < WIREGUARD_LEAST || captured < UDP_HEADER + WIREGUARD_DATA_HEADER) return false;
  const reserved = udp + UDP_HEADER + WIREGUARD_FIELD.reserved;
  return (load<u8>(reserved) | load<u8>(reserved + 1) | load<u8>(reserved + 2)) === 0;
}

/** `begun`: this direction's packet was the first of the flow. */
export function isOrdinary(
  mine: usize,
  sent: usize,
  peer: usize,
  heard: usize,
  length: i32,
  time: f64,
  begun: bool,
): bool {
  if ((column(mine, D.FLAGS) & FLAG.NO_TUNNEL) === 0) return false;
  if (column(mine, D.PTB) !== 0 || length > column(mine, D.LARGEST_IP)) return false;
  const patience: f64 = begun ? <f64>UDP.PROMPT : <f64>UDP.ANSWER;
  if (column(peer, U.OPEN) !== 0 && !(time - load<f64>(heard + (UT.SENT << 3)) <= patience)) return false;
  if (column(mine, U.OPEN) > 0 && !(time - load<f64>(sent + (UT.SENT << 3)) < <f64>UDP.UNANSWERED)) return false;
  return (
    length <= SMALL_PACKET ||
    length !== column(mine, U.WAIT_IP) ||
    time - load<f64>(sent + (UT.WAIT << 3)) < <f64>UDP.LEAST_WAIT
  );
}

export function noteDatagram(
  mine: usize,
  sent: usize,
  peer: usize,
  length: i32,
  frame: i32,
  time: f64,
  df: bool,
  begun: bool,
): void {
  if (length === column(mine, D.LARGEST_IP)) increase(mine, D.AT_LARGEST);
  increase(mine, df ? D.WITH_DF : D.WITHOUT_DF);
  if (column(peer, U.OPEN) !== 0) noteAnswer(peer, begun);
  const open = column(mine, U.OPEN);
  if (open === 0) change(mine, U.OPEN_FRAME, frame);
  if (open === 0 || length < column(mine, U.OPEN_IP)) change(mine, U.OPEN_IP, length);
  change(mine, U.OPEN, open + 1);
  store<f64>(sent + (UT.SENT << 3), time);
  if (length > SMALL_PACKET) {
    store<f64>(sent + (UT.WAIT << 3), time);
    store<f64>(sent + (UT.WAITED << 3), 0);
    change(mine, U.WAIT_IP, length);
    change(mine, U.WAITS, 0);
  }
  change(peer, U.WAITS, 0);
}

function noteAnswer(peer: usize, begun: bool): void {
  if (column(peer, U.OPEN) > UDP.MOST_OPEN) {
    change(peer, U.OPEN, 0);
    return;
  }
  const size = column(peer, U.OPEN_IP);
  const answered = size > SMALL_PACKET ? U.ANSWERED_LARGE : U.ANSWERED_SMALL;
  increase(peer, answered);
  change(peer, U.OPEN, 0);
  if (begun && column(peer, answered) < UDP.LEAST_PROMPT) return;
  if (size > column(peer, D.DELIVERED_IP)) change(peer, D.DELIVERED_IP, size);
}

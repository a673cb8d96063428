import type { Packet } from '../capture/files.js';
import { ip, ptb, udp } from './packets.js';
import type { Wrap } from './wrapped.js';

/** Between two packets, seconds: both sides of every limit of udp-times.ts, and of a silence. */
const waits = [0.0001, 0.001, 0.01, 0.03, 0.06, 0.12, 0.24, 0.48, 0.96, 1.2];
/**
 * Ports of the other end, and how its payload begins: QUIC, WireGuard data and hello, DNS, a tunnel's port without a
 * tunnel.
 */
const servers: readonly (readonly [port: number, begins: readonly number[]])[] = [
  [443, [0x4a, 1, 2, 3]],
  [51_820, [4, 0, 0, 0, 9, 9, 9, 9, 1, 0, 0, 0, 0, 0, 0, 0]],
  [51_821, [1, 0, 0, 0]],
  // More packets than any key may serve: no WireGuard.
  [51_822, [4, 0, 0, 0, 9, 9, 9, 9, 1, 0, 0, 0, 1, 0, 0, 0]],
  [53, [0x12, 0x34, 1, 0]],
  [2152, [0x30, 1, 0, 4]],
  [9000, [0, 0, 0, 0]],
];
const sizes = [0, 1, 24, 40, 56, 120, 500, 1172, 1350, 1372, 1400, 1450, 1472];

/**
 * Conversations over UDP: bulk, requests and answers, repetitions after waits that double, now and then a Packet Too
 * Big.
 */
export function datagrams(
  random: (below: number) => number,
  steps: number,
  { wrap }: Wrap,
  six: boolean,
  calm?: 'QUIC' | 'WireGuard',
): Packet[] {
  const client = six ? '2001:db8::1' : '10.0.0.1';
  const packets: Packet[] = [];
  const put = (at: number, packet: readonly number[], sent: boolean): void => {
    const octets = wrap(Uint8Array.from(packet), sent);
    packets.push({ octets, seconds: 1_700_000_000 + Math.floor(at), fraction: Math.floor((at % 1) * 1e6) });
  };
  const last = servers.map(() => 40);
  let at = 0;
  for (let step = 0; step < steps; step++) {
    const which = calm ? (calm === 'WireGuard' ? 1 : 0) : random(servers.length);
    const [port, begins] = servers[which]!;
    const server = six ? `2001:db8::${50 + which}` : `10.9.0.${50 + which}`;
    const back = calm ? step % 5 > 0 : random(3) > 0;
    const data =
      random(calm ? 1 : 4) === 0 && calm ? (back ? 1350 : 40) : random(3) ? last[which]! : sizes[random(13)]!;
    last[which] = data;
    const payload = udp(back ? port : 40_000, back ? 40_000 : port, data);
    for (const [index, octet] of begins.entries()) if (index < data) payload[8 + index] = octet;
    // Too long, too short, none.
    if (!calm && random(40) === 0) payload.splice(4, 2, 0, [0, 7, 255][random(3)]!);
    const packet = ip(
      17,
      { from: back ? server : client, to: back ? client : server, df: random(9) > 0, id: step },
      payload,
    );
    put(at, packet, !back);
    if (!calm && !six && random(60) === 0)
      put(at, ptb('10.9.0.9', back ? server : client, [1400, 1280][random(2)]!, packet, 60), false);
    at += calm ? 0.002 : waits[random(random(4) ? 5 : waits.length)]!;
  }
  return packets;
}

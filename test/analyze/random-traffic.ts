import { ip, ptb, type Timed, tcp, udp } from './packets.js';

const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH = 8;
const ACK = 16;

const sizes = [1448, 1448, 1448, 1448, 1460, 1400, 1000, 536, 100, 1];
const waits = [0, 0, 0.001, 0.001, 0.01, 0.03, 0.25, 1.2];
const router = '10.1.0.1';

interface Connection {
  readonly ends: readonly [string, string];
  readonly ports: readonly [number, number];
  /** Next sequence number of each side, and the last data packets it sent. */
  readonly next: [number, number];
  readonly sent: [number[][], number[][]];
  readonly stamps: boolean;
}

/**
 * Connections of no plan at all: data in and out of order, repeated, copied, missing, above the MSS, acknowledged too
 * early or too far, selectively, with a shut window, refused by PTBs, ended and begun again. Whatever a capture can
 * show.
 */
export function randomTraffic(random: (below: number) => number, steps: number): Timed[] {
  const packets: Timed[] = [];
  let at = 0;
  let id = 1;
  const connections = Array.from({ length: 3 }, (_, index): Connection => {
    const ends = index === 2 ? (['fd01::2', 'fd02::2'] as const) : ([`10.1.0.${2 + index}`, '10.2.0.2'] as const);
    return { ends, ports: [40_000 + index, 443], next: [1, 1], sent: [[], []], stamps: random(2) === 0 };
  });

  const send = (one: Connection, side: 0 | 1, more: Partial<Parameters<typeof tcp>[0]> & { seq: number }): number[] => {
    const peer = (1 - side) as 0 | 1;
    const segment = tcp({
      sourcePort: one.ports[side],
      destinationPort: one.ports[peer],
      flags: ACK,
      ack: one.next[peer],
      ...(one.stamps ? { timestamps: 1 } : {}),
      ...more,
    });
    const packet = ip(6, { from: one.ends[side], to: one.ends[peer], id: id++ & 0xffff, df: random(20) > 0 }, segment);
    packets.push({ at, packet });
    return packet;
  };
  const data = (one: Connection, side: 0 | 1, seq: number, octets: number): void => {
    const packet = send(one, side, { seq: seq >>> 0, data: octets, flags: random(3) ? ACK : ACK | PSH });
    one.sent[side].push(packet);
    one.next[side] = Math.max(one.next[side], seq + octets);
  };
  const begin = (one: Connection): void => {
    one.next[0] = 1000 + random(1e6);
    one.next[1] = 4_294_960_000 + random(7000);
    const mss = random(8) === 0 ? undefined : [1460, 1380, 536][random(3)];
    send(one, 0, { seq: one.next[0] - 1, ack: 0, flags: SYN, mss, sackPermitted: true });
    at += waits[random(waits.length)]!;
    send(one, 1, { seq: one.next[1] - 1, flags: SYN | ACK, mss: 1460, sackPermitted: true });
    if (random(5)) send(one, 0, { seq: one.next[0] });
  };

  const actions: readonly (readonly [number, (one: Connection, side: 0 | 1) => void])[] = [
    [40, (one, side) => data(one, side, one.next[side], sizes[random(sizes.length)]!)],
    [30, (one, side) => void send(one, side, { seq: one.next[side] >>> 0 })],
    [
      4,
      (one, side) =>
        void send(one, side, { seq: one.next[side] >>> 0, ack: (one.next[1 - side]! - random(9000)) >>> 0 }),
    ],
    [
      1,
      (one, side) =>
        void send(one, side, { seq: one.next[side] >>> 0, ack: (one.next[1 - side]! + random(3000)) >>> 0 }),
    ],
    [3, (one, side) => data(one, side, one.next[side] - random(6000), sizes[random(sizes.length)]!)],
    [3, (one, side) => data(one, side, one.next[side] + random(6000), sizes[random(sizes.length)]!)],
    [
      3,
      (one, side) => {
        const ack = one.next[1 - side]! - 4344;
        const left = ack + 1448 * random(2) + 700;
        send(one, side, { seq: one.next[side] >>> 0, ack: ack >>> 0, sack: [[left >>> 0, (left + 1448) >>> 0]] });
      },
    ],
    [2, (one, side) => void send(one, side, { seq: one.next[side] >>> 0, window: 0 })],
    [
      4,
      ({ sent }, side) => {
        const packet = sent[side].at(-1 - random(10));
        if (packet) packets.push({ at, packet });
      },
    ],
    [
      1,
      ({ ends, sent }, side) => {
        const packet = sent[side].at(-1);
        const mtu = [1400, 1280, 600, 0][random(4)]!;
        if (packet && !ends[0].includes(':')) packets.push({ at, packet: ptb(router, ends[side], mtu, packet, 60) });
      },
    ],
    [1, (one, side) => void send(one, side, { seq: one.next[side] >>> 0, flags: random(2) ? FIN | ACK : RST | ACK })],
    [1, (one) => begin(one)],
    [
      1,
      ({ ends }) =>
        void packets.push({ at, packet: ip(17, { from: ends[0], to: ends[1] }, udp(5000, 53, 1 + random(1400))) }),
    ],
  ];
  const drawn = actions.flatMap(([share, action]) => new Array<typeof action>(share).fill(action));

  for (const one of connections) if (random(4)) begin(one);
  while (packets.length < steps) {
    const one = connections[random(connections.length)]!;
    drawn[random(drawn.length)]!(one, random(2) as 0 | 1);
    at += waits[random(waits.length)]! + 1e-6;
  }
  return packets;
}

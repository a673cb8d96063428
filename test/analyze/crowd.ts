import type { Packet } from '../capture/files.js';
import { ip, tcp } from './packets.js';
import type { Wrap } from './wrapped.js';

const [FIN, SYN, RST, PSH, ACK, URG, ECE, CWR] = [1, 2, 4, 8, 16, 32, 64, 128] as const;

/** Options of a SYN, as octets: usual ones, none, and such as contradict themselves. */
const synOptions: readonly (readonly number[])[] = [
  [2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7],
  [2, 4, 5, 172, 1, 1, 4, 2],
  [2, 4, 2, 24],
  [],
  [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0],
  [1, 3, 3, 8, 2, 4, 34, 196],
  [2, 4, 0, 0],
  [2, 3, 5, 1],
  [2, 4, 5, 180, 0, 2, 4, 1],
  [2, 0, 5, 180],
  [1, 1, 1, 2],
  [2, 4, 5, 160, 8, 10, 0, 1],
  [5, 10, 0, 0, 0, 1, 0, 0, 0, 9, 1, 1],
  [34, 4, 1, 2, 2, 4, 5, 140],
];
const sizes = [1, 40, 100, 560, 600, 1000, 1160, 1300, 1400, 1448, 1460, 2000, 2920, 8948];
const waits = [0, 1e-5, 1e-4, 1e-3, 0.01, 0.03, 0.4, 1.1];

interface Connection {
  readonly ends: readonly [string, string];
  readonly ports: readonly [number, number];
  readonly next: [number, number];
  readonly stamps: boolean;
  step: number;
  left: number;
}

/**
 * More connections than the table of a test holds, from the first SYN to the last FIN, most of them as they should be:
 * what is sent grows, and is acknowledged. Some begin again at the same ports, lose, repeat or shut something.
 */
export function crowd(random: (below: number) => number, steps: number, { wrap }: Wrap, six: boolean): Packet[] {
  const packets: Packet[] = [];
  let at = 0;
  let id = 1;
  const open = (): Connection => {
    const [client, server] = [1 + random(40), 1 + random(3)];
    const ends = six
      ? ([`2001:db8:1::${client.toString(16)}`, `2001:db8::${server}`] as const)
      : ([`10.${client % 2 ? 9 : 200}.0.${client}`, `10.100.0.${server}`] as const);
    const next: [number, number] = [random(2 ** 32), random(3) ? random(2 ** 32) : 4_294_967_000];
    return { ends, ports: [1024 + random(4), 443], next, stamps: random(2) === 0, step: 0, left: random(12) };
  };
  const put = (one: Connection, side: 0 | 1, flags: number, data = 0, over: Record<string, number> = {}): void => {
    const peer = (1 - side) as 0 | 1;
    const segment = tcp({
      sourcePort: one.ports[side],
      destinationPort: one.ports[peer],
      seq: one.next[side] >>> 0,
      ack: flags & ACK ? one.next[peer] >>> 0 : 0,
      flags: flags | (random(20) ? 0 : [PSH, URG, ECE, ECE | CWR][random(4)]!),
      ...(one.stamps && !(flags & SYN) ? { timestamps: 1 } : {}),
      window: random(60) ? 500 : 0,
      data,
      ...over,
    });
    if (flags & SYN) {
      const options = synOptions[random(random(3) ? 3 : synOptions.length)]!;
      segment.splice(20, 0, ...options);
      segment[12] = ((20 + options.length) / 4) << 4;
    }
    const [from, to] = [one.ends[side], one.ends[peer]];
    const packet = ip(6, { from, to, id: id++ & 0xffff, df: random(15) > 0, ttl: 50 + random(10) }, segment);
    const octets = wrap(Uint8Array.from(packet), side === 0);
    const captured = random(30) ? octets.length : random(octets.length);
    const [seconds, fraction] = [1_700_000_000 + Math.floor(at), Math.floor((at % 1) * 1e6)];
    packets.push({ octets: octets.slice(0, captured), original: octets.length, seconds, fraction });
    one.next[side] = (one.next[side] + data + (flags & (SYN | FIN) ? 1 : 0)) % 2 ** 32;
    at += waits[random(random(4) ? 5 : waits.length)]!;
  };
  const flows = Array.from({ length: 12 + random(150) }, open);
  while (packets.length < steps) {
    const place = random(flows.length);
    const one = flows[place]!;
    const side = (random(4) ? 1 : 0) as 0 | 1;
    if (one.step === 0) {
      // Now and then without one of them, twice, or with data.
      if (random(30)) put(one, 0, SYN, random(60) ? 0 : 100);
      if (random(20) === 0) put(one, 0, SYN, 0, { seq: (one.next[0] - 1) >>> 0 });
      if (random(30)) put(one, 1, SYN | ACK);
      if (random(40) === 0) put(one, 1, SYN | ACK, 0, { seq: (one.next[1] - 1) >>> 0 });
      if (random(3)) put(one, 0, ACK);
      one.step = 1;
    } else if (one.left > 0) {
      one.left--;
      put(one, side, ACK, sizes[random(random(20) ? 11 : sizes.length)]!);
      if (random(4)) put(one, side === 0 ? 1 : 0, ACK);
      if (random(30) === 0) one.next[side] = (one.next[side] + [1, 1448, 2 ** 32 - 700][random(3)]!) % 2 ** 32;
    } else {
      put(one, side, random(12) ? ACK | FIN : ACK | RST, random(5) ? 0 : 200);
      if (random(5)) put(one, side === 0 ? 1 : 0, ACK | FIN);
      if (random(2)) put(one, side, ACK);
      // The same ports again, or another connection.
      if (random(4) === 0) Object.assign(one, { step: 0, left: random(6), next: [random(2 ** 32), random(2 ** 32)] });
      else flows[place] = open();
    }
  }
  return packets;
}

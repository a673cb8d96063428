import type { Fate, MeasureResult } from '../../results.js';
import type { MeasureStep } from '../../scenario.js';
import { addresses as a, mac } from '../addresses.js';
import type { Ground } from '../ground.js';
import { AF, closeSocket, deviceIndex, openSocket, POLLIN, pollSockets, SOCK, sendTo, sleepMs } from '../libc.js';
import { forgetRoutes, nodes } from '../namespace.js';
import { isChatter, ptbOf, Watcher } from '../watcher.js';
import { fromGateway } from './measure-gateway.js';
import { probePacket } from './probe-packet.js';

/** Asks for the fate of one packet. */
export interface Prober {
  fate(size: number): Fate;
  /** Waits until nothing of earlier packets is on its way. */
  settle(): void;
  close(): void;
}

/** Sends DF packets of exact sizes and watches what comes out where. */
export function measure(step: MeasureStep, ground: Ground): MeasureResult {
  const prober = patient(step.from === 'gw1' ? fromGateway(step, ground) : fromHost(step, ground));
  try {
    // A device takes up to a second to carry its first packet (the kernel's linkwatch), neighbours have to be found.
    for (const end = Date.now() + 20 * ground.patienceMs; prober.fate(600).fate !== 'whole'; ) {
      if (Date.now() > end) throw new Error('not even 600 octets pass: the path does not work at all');
    }
    const reported = firstReport(prober, ground);
    const atSize = prober.fate(step.size);
    const oneMore = prober.fate(step.size + 1);
    if (atSize.fate === 'whole' && oneMore.fate !== 'whole')
      return { largest: step.size, atLargest: atSize, oneMore, reported };
    return { ...search(prober, ground.linkMtu + 80), reported };
  } finally {
    prober.close();
    // What the nodes have learnt from Packet Too Big is forgotten, so that a later step starts afresh.
    for (const node of nodes) forgetRoutes(node);
  }
}

/**
 * Silence is believed only when it repeats: a busy machine may have been late, or netem have lost one. What is late
 * must not count for the packet after it, so the line is left to run dry first. Two packets outside where one is
 * expected are believed the second time: an IKE daemon may have spoken in between.
 */
function patient({ fate, settle, close }: Prober): Prober {
  const again = (size: number): Fate => {
    let found = fate(size);
    for (let more = 0; more < 2 && (found.fate === 'lost' || found.fate === 'outer-fragments'); more++) {
      settle();
      const before = found.fate;
      found = fate(size);
      if (found.fate === 'outer-fragments' && before === found.fate) break;
    }
    return found;
  };
  return { fate: again, settle, close };
}

/** As large as the WAN takes, so surely too large for a tunnel: the gateway has to say what fits. */
function firstReport(prober: Prober, ground: Ground): number | null {
  const { fate, ptbMtu } = prober.fate(Math.min(ground.linkMtu, ground.lanMtu));
  return fate === 'whole' ? null : ptbMtu;
}

function search(prober: Prober, above: number): Omit<MeasureResult, 'reported'> {
  let [low, high] = [600, above];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (prober.fate(middle).fate === 'whole') low = middle;
    else high = middle;
  }
  return { largest: low, atLargest: prober.fate(low), oneMore: prober.fate(low + 1) };
}

/** From client or server, written to the wire past their own stacks, so that no cache of theirs plays a part. */
function fromHost(step: MeasureStep, ground: Ground): Prober {
  const inner = step.inner ?? 4;
  const up = step.from !== 'server';
  const near = up ? (['client', 'c0'] as const) : (['server', 's0'] as const);
  const far = up ? (['server', 's0'] as const) : (['client', 'c0'] as const);
  const [source, target] = up ? [a.client[inner], a.server[inner]] : [a.server[inner], a.client[inner]];
  const here = new Watcher(near[0], near[1]);
  const there = new Watcher(far[0], far[1]);
  const wan = up ? new Watcher('gw1', ground.wanDevice) : new Watcher('gw2', 'wan0');
  const out = openSocket(near[0], AF.PACKET, SOCK.DGRAM, 0);
  const to = Buffer.alloc(20);
  to.writeUInt16LE(AF.PACKET);
  to.writeUInt16BE(inner === 4 ? 0x0800 : 0x86dd, 2);
  to.writeInt32LE(deviceIndex(near[0], near[1]), 4);
  to[11] = 6;
  Buffer.from((up ? mac.gw1Lan : mac.gw2Lan).replaceAll(':', ''), 'hex').copy(to, 12);
  let sequence = 0;
  const fate = (size: number): Fate => {
    const id = 20_000 + (++sequence % 40_000);
    for (const watcher of [here, there, wan]) watcher.drain();
    if (sendTo(out, probePacket(inner, source, target, id, size), to) < 0) {
      return { size, fate: 'refused', outer: [], ptbMtu: null };
    }
    return follow({ size, id, inner, here, there, wan, patienceMs: ground.patienceMs });
  };
  const close = (): void => {
    for (const watcher of [here, there, wan]) watcher.close();
    closeSocket(out);
  };
  return { fate, settle: () => sleepMs(ground.patienceMs), close };
}

interface Pursuit {
  readonly size: number;
  readonly id: number;
  readonly inner: 4 | 6;
  readonly here: Watcher;
  readonly there: Watcher;
  readonly wan: Watcher;
  readonly patienceMs: number;
}

/** Watches until the packet has arrived whole, a Packet Too Big has come back, or patience is over. */
function follow({ size, id, inner, here, there, wan, patienceMs }: Pursuit): Fate {
  const end = Date.now() + patienceMs;
  let arrived = 0;
  let pieces = 0;
  let ptbMtu: number | null = null;
  const port = inner === 4 ? 20 : 40;
  const ours = (head: Buffer): boolean => head.length >= port + 2 && head.readUInt16BE(port) === id;
  while (arrived === 0 && ptbMtu === null && Date.now() < end) {
    pollSockets(
      [here, there].map(({ fd }) => ({ fd, events: POLLIN })),
      end - Date.now(),
    );
    for (let sight = there.next(); sight; sight = there.next()) {
      if (sight.version !== inner || sight.outgoing) continue;
      if (sight.fragment) pieces += inner === 4 || sight.head[6] === 44 ? 1 : 0;
      else if (sight.length === size && ours(sight.head)) arrived++;
    }
    for (let sight = here.next(); sight; sight = here.next()) {
      const ptb = sight.outgoing ? null : ptbOf(sight);
      if (ptb && ours(ptb.quoted)) ptbMtu ??= ptb.mtu;
    }
  }
  const outer: number[] = [];
  let fragmented = false;
  for (let sight = wan.next(); sight; sight = wan.next()) {
    if (!sight.outgoing || isChatter(sight)) continue;
    outer.push(sight.length);
    fragmented ||= sight.fragment;
  }
  const kind = (): Fate['fate'] => {
    if (arrived > 0) return outer.length === 1 && !fragmented ? 'whole' : 'outer-fragments';
    if (pieces > 0) return 'inner-fragments';
    return ptbMtu === null ? 'lost' : 'ptb';
  };
  return { size, fate: kind(), outer, ptbMtu };
}

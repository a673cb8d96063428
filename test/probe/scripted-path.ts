import type {
  EngineId,
  LateReply,
  Probe,
  ProbeEngine,
  ProbeProtocol,
  ProbeReply,
  Quote,
} from '../../src/probe/engine.js';

/** A bucket of `burst` tokens that is refilled `perSecond`; what finds it empty is dropped and takes nothing. */
export interface Ration {
  readonly perSecond: number;
  readonly burst: number;
}

/** One router and the link behind it. */
export interface ScriptedHop {
  readonly address: string;
  /** Link MTU behind this router, octets. */
  readonly mtu: number;
  /** True: a right PTB. False: none. A number: what the PTB says, 0 for none (RFC 791 routers). */
  readonly ptb?: boolean | number;
  /** Sends time-exceeded. */
  readonly answers?: boolean;
  readonly clearsDf?: boolean;
  /** PTBs at this rate only. */
  readonly ptbRate?: Ration;
  /** Packets above `over` octets pass at this rate only. */
  readonly police?: Ration & { readonly over: number };
  /** Share of packets lost at this router, each way. */
  readonly loss?: number;
  /** Share of the packets above `over` octets that are lost at this router on their way there. */
  readonly largeLoss?: { readonly over: number; readonly share: number };
}

/** A path as data: what `test/probe/paths/*.json` hold. */
export interface ScriptedPath {
  readonly says: string;
  readonly family: 4 | 6;
  readonly localMtu: number;
  readonly rttMs?: number;
  readonly hops: readonly ScriptedHop[];
  readonly target: {
    readonly address: string;
    readonly icmp?: boolean;
    readonly udp?: boolean;
    readonly tcp?: boolean;
    /** Answers larger than this do not come back. */
    readonly answerMtu?: number;
    /** Answers above this come back in fragments. */
    readonly fragmentsAbove?: number;
    /** Answers (of this protocol, or all) at this rate only. */
    readonly ration?: Ration & { readonly protocol?: 'icmp' | 'udp' | 'tcp' };
    /** Octets of data an echo reply carries at most. */
    readonly truncateTo?: number;
    /** Echo requests above this are dropped by a filter. */
    readonly echoUpTo?: number;
    /** IPv6: the first big answer is lost, then the target has learnt. */
    readonly learns?: boolean;
  };
  /** A second set of hops; flows other than these take it. */
  readonly otherHops?: readonly ScriptedHop[];
  readonly firstFlows?: readonly number[];
  /** After so many packets the link behind hop `hop` (from 0) has this MTU. */
  readonly changes?: { readonly afterPackets: number; readonly hop: number; readonly mtu: number };
  /** Each answer comes this much later than the round trip in one of eight cases, milliseconds. */
  readonly spikeMs?: number;
}

export interface ScriptedOptions {
  readonly seed?: number;
  readonly quotes?: boolean;
  /** What it sends and sees is what this engine does. */
  readonly as?: EngineId;
}

/** Plays a path to the search without a network or a clock; the seed makes loss repeatable. */
export class ScriptedEngine implements ProbeEngine {
  readonly id;
  readonly blindTo: readonly string[] = [];
  readonly protocols: readonly ProbeProtocol[];
  readonly connections: boolean;
  readonly quotes;
  readonly path: ScriptedPath;
  sent = 0;
  /** Batches that had to wait for their timeout, and the time all batches took. */
  waits = 0;
  elapsedMs = 0;
  #seed: number;
  #learnt = false;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  /** The path's own clock, milliseconds. */
  #now = 0;
  #late: LateReply[] = [];

  constructor(path: ScriptedPath, { seed = 1, quotes = true, as = quotes ? 'raw' : 'errqueue' }: ScriptedOptions = {}) {
    this.path = path;
    this.quotes = as === 'raw';
    this.id = as;
    this.protocols = as === 'ping' ? ['icmp'] : as === 'tcp' ? ['tcp'] : ['icmp', 'udp', 'tcp'];
    this.connections = as === 'tcp';
    this.#seed = (seed * 2654435761) >>> 0;
  }

  async send(probes: readonly Probe[], timeoutMs: number): Promise<readonly ProbeReply[]> {
    let slowest = 0;
    const start = this.#now;
    const replies = probes.map((probe): ProbeReply => {
      this.#now += 1;
      this.sent++;
      const reply = this.#fate(probe);
      const spike = this.path.spikeMs !== undefined && this.#random() < 0.125 ? this.path.spikeMs : 0;
      const took = (this.path.rttMs ?? 1) + spike;
      if (reply.kind === 'silence') slowest = timeoutMs;
      if (took <= timeoutMs || reply.kind === 'silence') {
        slowest = Math.max(slowest, reply.kind === 'silence' ? timeoutMs : took);
        return reply.kind === 'arrived' ? { ...reply, rttMs: took } : reply;
      }
      slowest = timeoutMs;
      this.#late.push({ probe, reply: reply.kind === 'arrived' ? { ...reply, rttMs: took } : reply });
      return { kind: 'silence' };
    });
    this.#now = start + Math.max(probes.length, slowest);
    this.elapsedMs += slowest;
    if (slowest === timeoutMs) this.waits++;
    return replies;
  }

  late(): readonly LateReply[] {
    return this.#late.splice(0);
  }

  async close(): Promise<void> {}

  /** To be handed to the plan's runner: time passes without anybody waiting. */
  async pause(ms: number): Promise<void> {
    this.#now += ms;
    this.elapsedMs += ms;
  }

  /** True where the bucket has a token, which is then taken. */
  #token(name: string, ration: Ration | undefined): boolean {
    if (ration === undefined) return true;
    const bucket = this.#buckets.get(name) ?? { tokens: ration.burst, at: this.#now };
    bucket.tokens = Math.min(ration.burst, bucket.tokens + ((this.#now - bucket.at) * ration.perSecond) / 1000);
    bucket.at = this.#now;
    this.#buckets.set(name, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }

  #hops(flow: number): readonly ScriptedHop[] {
    const { hops, otherHops, firstFlows, changes } = this.path;
    const mine = otherHops !== undefined && !(firstFlows ?? [0]).includes(flow) ? otherHops : hops;
    if (changes === undefined || this.sent <= changes.afterPackets) return mine;
    return mine.map((hop, i) => (i === changes.hop ? { ...hop, mtu: changes.mtu } : hop));
  }

  /** Mulberry32. */
  #random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) >>> 0;
    let t = this.#seed;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** True where the packet, or its answer, is lost at one of the first `count` routers. */
  #lost(count: number): boolean {
    return this.path.hops.slice(0, count).some(({ loss = 0 }) => loss > 0 && this.#random() < loss);
  }

  #fate({ size, ttl, protocol, flow = 0 }: Probe): ProbeReply {
    const { target, family, localMtu } = this.path;
    const hops = this.#hops(flow);
    if (size > localMtu) return { kind: 'too-big-here', mtu: localMtu };
    let dontFragment = true;
    let piece = size;
    for (const [i, hop] of hops.entries()) {
      const { address, mtu, ptb = true, answers = true, clearsDf = false, loss = 0 } = hop;
      // Loss sits in the router's forwarding: its own answers are not met by it.
      const back = (): boolean => this.#lost(i);
      if (clearsDf) dontFragment = false;
      const quote: Quote = { length: piece, ttl: ttl - i, dontFragment, moreFragments: piece < size };
      if (ttl === i + 1) {
        return answers && !back()
          ? { kind: 'hop', from: address, ...(this.quotes ? { quote } : {}) }
          : { kind: 'silence' };
      }
      if (loss > 0 && this.#random() < loss) return { kind: 'silence' };
      if (hop.largeLoss && size > hop.largeLoss.over && this.#random() < hop.largeLoss.share)
        return { kind: 'silence' };
      if (hop.police && size > hop.police.over && !this.#token(`police ${i}`, hop.police)) return { kind: 'silence' };
      if (piece <= mtu) continue;
      if (!dontFragment) {
        piece = 20 + Math.floor((mtu - 20) / 8) * 8;
        continue;
      }
      if (ptb === false || back() || !this.#token(`ptb ${i}`, hop.ptbRate)) return { kind: 'silence' };
      const nextHopMtu = ptb === true ? mtu : ptb === 0 ? null : ptb;
      const told = this.quotes ? { quote, ttl: 64 - i } : { ttl: 64 - i };
      return { kind: 'too-big', from: address, nextHopMtu, ...told };
    }
    if (target[protocol] === false || this.#lost(hops.length)) return { kind: 'silence' };
    if (protocol === 'icmp' && target.echoUpTo !== undefined && size > target.echoUpTo) return { kind: 'silence' };
    const { ration } = target;
    if (ration && (ration.protocol ?? protocol) === protocol && !this.#token('answers', ration))
      return { kind: 'silence' };
    if (protocol === 'icmp') {
      if (target.answerMtu !== undefined && size > target.answerMtu) return { kind: 'silence' };
      if (target.learns && !this.#learnt && target.fragmentsAbove !== undefined && size > target.fragmentsAbove) {
        this.#learnt = true;
        return { kind: 'silence' };
      }
    }
    const inPieces = protocol === 'icmp' && target.fragmentsAbove !== undefined && size > target.fragmentsAbove;
    const fragment = inPieces && !this.quotes ? { fragment: target.fragmentsAbove as number } : {};
    const ttlLeft = family === 4 || !this.quotes ? { ttl: 64 - hops.length } : {};
    const header = family === 4 ? 28 : 48;
    const octets = protocol === 'icmp' ? { octets: Math.min(size, header + (target.truncateTo ?? size)) } : {};
    return { kind: 'arrived', rttMs: 0, from: target.address, ...ttlLeft, ...fragment, ...octets };
  }
}

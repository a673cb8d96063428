import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { catalogue } from '../../ciphers/index.js';
import { MtucalcError } from '../error.js';
import { openEngine } from '../io/engine-choice.js';
import type { EngineOptions } from '../io/engine-options.js';
import { bulk } from '../io/far/bulk.js';
import { dial } from '../io/far/dial.js';
import { FarEnd } from '../io/far/far-end.js';
import type { Lines } from '../io/far/lines.js';
import { checkedToken } from '../io/far/proof.js';
import { dialSsh, sshPlace } from '../io/far/ssh.js';
import { WayEngine } from '../io/far/way-engine.js';
import { loadLibc } from '../io/libc.js';
import { resolve } from '../io/resolve.js';
import { interfaceOf, routeTo } from '../io/route.js';
import { LARGEST_PACKET } from '../mtu/mss.js';
import { clampOf, findingsOfWays } from '../probe/far/judge.js';
import type { FarAnswer, WayResult } from '../probe/far/result.js';
import { type BulkFacts, type UdpFacts, unknownOf, wayOf } from '../probe/far/way.js';
import { Ledger } from '../probe/ledger.js';
import { mannersFor } from '../probe/manners.js';
import { measure } from '../probe/measure.js';
import { mssSeen } from '../probe/plan/mss.js';
import { type RunHooks, run } from '../probe/plan/run.js';
import type { MssSeen, Verdict } from '../probe/result.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { LISTEN_PORT } from './listen.js';
import type { ProbeRequest } from './probe-host.js';

/** Where the far end is, and how it is started or proven. */
export interface PeerRequest
  extends Pick<ProbeRequest, 'family' | 'source' | 'device' | 'max' | 'maxProbes' | 'gentle' | 'signal' | 'onBatch'> {
  /** `host:port` of mtucalc listen, or `ssh://user@host`. */
  readonly peer: string;
  readonly token?: string | undefined;
  /** What starts mtucalc at the far end, for its shell. */
  readonly peerCommand?: string | undefined;
  /** The ssh program. */
  readonly ssh?: string | undefined;
  readonly onStep?: (says: string) => void;
}

/** Verdicts of a path on which nothing vanishes for its size alone. */
const CLEAR: readonly Verdict[] = ['fits', 'pmtud-works', 'local-limit'];
/** More than any interface here: cut by the sender, whatever it is. */
const CUT = 600;

/**
 * Measures each direction between here and a far end on its own.
 * @throws MtucalcError where the far end cannot be reached, started or proven.
 */
export async function probePeer(host: string, request: PeerRequest): Promise<FarAnswer> {
  const start = performance.now();
  const target = await resolve(host, request.family);
  const { family, address } = target;
  const device = request.device ?? (target.zone === undefined ? undefined : await interfaceOf(target.zone));
  const route = await routeTo(family, address, { source: request.source, device });
  const manners = mannersFor(family, address);
  const options: EngineOptions = {
    family,
    address,
    source: route.source,
    sourceGiven: request.source !== undefined,
    zoned: target.zone !== undefined,
    device,
    pps: manners.pps,
    ports: { udp: LISTEN_PORT, tcp: LISTEN_PORT },
    localMtu: route.linkMtu,
  };
  const libc = await loadLibc().catch(() => undefined);
  request.onStep?.('reaching the far end');
  const lines = await reached(request, family);
  const far = await FarEnd.open(lines, libc, options).catch((error) => {
    lines.close();
    throw error;
  });
  try {
    request.onStep?.('TCP both ways');
    // First of all: what UDP meets is remembered by the kernel, and would shrink TCP.
    const seen = (await bulk(far, 0)) ?? null;
    request.onStep?.('SYN and SYN/ACK');
    const quoted = await quotedMss(
      { ...options, ports: { udp: far.ready.port, tcp: far.ready.port } },
      route.linkMtu,
      request,
    );
    const udp = await udpBothWays(far, host, request, manners.maxProbes);
    const of = (way: 'there' | 'back'): WayResult => wayOf(way, family, udp[way], seen as BulkFacts | null, quoted);
    const [there, back] = [of('there'), of('back')];
    const clamp = clampOf(there.mss, back.mss);
    return {
      schemaVersion: SCHEMA_VERSION,
      host,
      address,
      family,
      peer: request.peer,
      port: far.ready.port,
      there,
      back,
      clamp,
      findings: findingsOfWays(there, back, clamp, family),
      unknown: unknownOf({ greeting: udp.greeting, koffi: libc !== undefined, far: far.ready, there, back }),
      elapsedMs: Math.round((performance.now() - start) * 10) / 10,
    };
  } finally {
    far.close();
  }
}

async function reached({ peer, token, peerCommand, ssh, signal }: PeerRequest, family: 4 | 6): Promise<Lines> {
  if (/^ssh:/i.test(peer)) return dialSsh(sshPlace(peer), family, peerCommand, ssh, signal);
  if (token === undefined)
    throw new MtucalcError(
      'incomplete',
      `--peer ${peer} needs the token that mtucalc listen printed`,
      '--token T, or MTUCALC_TOKEN',
    );
  const at = await resolve(peer, undefined);
  return dial(
    at.zone === undefined ? at.address : `${at.address}%${at.zone}`,
    at.port ?? LISTEN_PORT,
    checkedToken(token),
  );
}

type Udp = Readonly<Record<'there' | 'back', UdpFacts | null>> & {
  readonly greeting: Awaited<ReturnType<FarEnd['greet']>>;
};

async function udpBothWays(far: FarEnd, host: string, request: PeerRequest, most: number): Promise<Udp> {
  request.onStep?.('UDP to the far end');
  const greeting = await far.greet();
  if (typeof greeting === 'string') return { there: null, back: null, greeting };
  const local = { there: far.options.localMtu, back: greeting.linkMtu };
  const of = async (way: 'there' | 'back'): Promise<UdpFacts> => {
    const engine = new WayEngine(way, far);
    try {
      const { family, address } = far.options;
      const measured = await measure(
        engine,
        {
          host,
          address,
          family,
          protocol: 'udp',
          explicit: 'udp',
          alone: true,
          localMtu: local[way],
          max: request.max,
          maxProbes: request.maxProbes ?? most,
          gentle: request.gentle ?? false,
        },
        catalogue,
        hooksOf(request),
      );
      const size = Math.max(1500, local[way] ?? 1500) + CUT;
      // Where whole packets vanish, pieces do for their size: that tells nothing of fragments.
      const untold = size > LARGEST_PACKET || !CLEAR.includes(measured.verdict);
      const fragments = untold ? null : await engine.fragments(size);
      return { measured, fragments, pieces: engine.pieces, ptb: [...engine.ptb].map(([from, mtu]) => ({ from, mtu })) };
    } finally {
      await engine.close();
    }
  };
  return { there: await of('there'), back: await of('back'), greeting };
}

const hooksOf = ({ signal, onBatch }: PeerRequest): RunHooks & { clock: () => number } => ({
  clock: () => performance.now(),
  pause: (ms) => pause(ms),
  signal,
  onBatch,
});

/**
 * Where this user may open raw sockets: routers' quotes of a SYN, and the SYN/ACK itself, without the far end's word.
 */
async function quotedMss(
  options: EngineOptions,
  linkMtu: number | null,
  request: PeerRequest,
): Promise<MssSeen | null> {
  const raw = await openEngine('raw', options).catch(() => undefined);
  if (!raw) return null;
  try {
    const ledger = new Ledger('tcp', { budget: 40 });
    let seen: MssSeen | null = null;
    const plan = function* () {
      seen = yield* mssSeen(ledger, options.family, true, linkMtu ?? 1500);
    };
    await run(plan(), ledger, raw, hooksOf(request));
    return seen;
  } finally {
    await raw.close();
  }
}

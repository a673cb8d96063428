import { MtucalcError } from '../error.js';
import type { EngineId, ProbeEngine, ProbeProtocol } from '../probe/engine.js';
import type { EngineOptions } from './engine-options.js';

type Open = (options: EngineOptions) => Promise<ProbeEngine>;

interface Engine {
  /** Its file is imported only when it is tried, or ahead of time. */
  load(): Promise<Open>;
  readonly missing: string;
}

/** The registry, the one that sees most first. */
export const engines: Record<EngineId, Engine> = {
  raw: {
    load: async () => (await import('./engine-raw.js')).openRaw,
    missing: 'the package raw-socket is not installed (it is compiled when mtucalc is installed)',
  },
  errqueue: {
    load: async () => (await import('./engine-errqueue.js')).openErrqueue,
    missing: 'the package koffi is not installed, or this is not Linux',
  },
  tcp: {
    load: async () => (await import('./engine-tcp.js')).openTcp,
    missing: 'the package koffi is not installed, or this is not Linux',
  },
  ping: {
    load: async () => (await import('./engine-ping.js')).openPing,
    missing: 'there is no ping',
  },
};

/** What each engine cannot send itself, and the engine that sends it for cross-checks and hops. */
const companions: Record<EngineId, Partial<Record<ProbeProtocol, EngineId>>> = {
  raw: {},
  errqueue: { tcp: 'tcp' },
  tcp: { udp: 'errqueue', icmp: 'errqueue' },
  ping: { udp: 'errqueue', tcp: 'tcp' },
};

const loadTogether = async () => (await import('./engine-together.js')).together;

/**
 * Imports every engine, for a process that may not read their files later. From here, where they are imported when they
 * open: Node looks for a file anew for each file that imports it.
 */
export async function loadEngines(): Promise<void> {
  await Promise.allSettled([...Object.values(engines).map(({ load }) => load()), loadTogether()]);
}

/** The engine as `openEngine` gives it, with others at its side. Only Linux has them. */
export async function openWithCompanions(id: EngineId | undefined, options: EngineOptions): Promise<ProbeEngine> {
  const main = await openEngine(id, options);
  if (process.platform !== 'linux' || main.id === 'raw') return main;
  const together = await loadTogether();
  const sides = Object.entries(companions[main.id]) as [ProbeProtocol, EngineId][];
  const opens = sides.map(([protocol, side]) => [protocol, () => opened(side, options)] as const);
  return together(main, Object.fromEntries(opens), 'udp');
}

/** The named engine, or the first that works here. @throws MtucalcError where it cannot. */
export async function openEngine(id: EngineId | undefined, options: EngineOptions): Promise<ProbeEngine> {
  if (id !== undefined) return await opened(id, options);
  let missing: MtucalcError | undefined;
  for (const candidate of automatic(options)) {
    try {
      return await opened(candidate, options);
    } catch (error) {
      if (!(error instanceof MtucalcError)) throw error;
      if (error.code === 'no-engine') missing = error;
    }
  }
  // What could have seen more is said beside what ping says.
  const without = missing && [missing.message, missing.hint].filter((words) => words !== undefined).join('; ');
  return await opened('ping', { ...options, without }).catch((error: unknown) => {
    throw missing ?? error;
  });
}

/** Socket constants are Linux'; elsewhere, and for addresses with a zone, the system's ping is the one to trust. */
const automatic = ({ zoned }: EngineOptions): readonly EngineId[] =>
  process.platform === 'linux' && !zoned ? ['raw', 'errqueue'] : [];

async function opened(id: EngineId, options: EngineOptions): Promise<ProbeEngine> {
  const { load, missing } = engines[id];
  if (id !== 'ping' && process.platform !== 'linux') {
    throw new MtucalcError('no-engine', `engine ${id} runs on Linux only`, '--engine ping works everywhere');
  }
  try {
    const open = await load();
    return await open(options);
  } catch (error) {
    if (error instanceof MtucalcError) throw error;
    // A native package that is absent or does not load; its own message is the reason.
    const why = (error as Error).message.split('\n')[0];
    throw new MtucalcError(
      'no-engine',
      `engine ${id} is not available: ${missing} (${why})`,
      'mtucalc doctor shows what is',
    );
  }
}

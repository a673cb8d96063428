import type { Probe, ProbeEngine, ProbeProtocol, ProbeReply } from '../probe/engine.js';
import { SILENCE, UNASKED } from '../probe/engine.js';

export type Companions = Partial<Record<ProbeProtocol, () => Promise<ProbeEngine>>>;

/**
 * One engine with others at its side for protocols it cannot send. A companion is opened when its first packet is due;
 * one that does not open leaves its packets unasked.
 */
export function together(main: ProbeEngine, companions: Companions, hopProtocol?: ProbeProtocol): ProbeEngine {
  const opened = new Map<ProbeProtocol, Promise<ProbeEngine | null>>();
  const companion = (protocol: ProbeProtocol): Promise<ProbeEngine | null> => {
    const known = opened.get(protocol) ?? (companions[protocol]?.() ?? Promise.resolve(null)).catch(() => null);
    opened.set(protocol, known);
    return known;
  };
  const all: ProbeEngine[] = [main];
  const engineFor = async (protocol: ProbeProtocol): Promise<ProbeEngine | null> => {
    if (main.protocols.includes(protocol)) return main;
    const engine = await companion(protocol);
    if (engine && !all.includes(engine)) all.push(engine);
    return engine;
  };
  const added = (Object.keys(companions) as ProbeProtocol[]).filter((one) => !main.protocols.includes(one));
  return {
    id: main.id,
    blindTo: main.blindTo,
    quotes: main.quotes,
    protocols: [...main.protocols, ...added],
    besides: added,
    ...(main.connections === undefined ? {} : { connections: main.connections }),
    ...(hopProtocol === undefined ? {} : { hopProtocol }),
    async send(probes, timeoutMs) {
      if (probes.every(({ protocol }) => main.protocols.includes(protocol))) return main.send(probes, timeoutMs);
      const replies = new Array<ProbeReply>(probes.length).fill(SILENCE);
      await Promise.all(
        [...new Set(probes.map(({ protocol }) => protocol))].map(async (protocol) => {
          const at = probes.flatMap((one, i) => (one.protocol === protocol ? [i] : []));
          const engine = await engineFor(protocol);
          const mine = at.map((i) => probes[i] as Probe);
          const answers = engine ? await engine.send(mine, timeoutMs) : [];
          at.forEach((i, k) => {
            replies[i] = engine ? (answers[k] ?? SILENCE) : UNASKED;
          });
        }),
      );
      return replies;
    },
    late: () => all.flatMap((engine) => [...engine.late()]),
    async close() {
      const others = await Promise.all(opened.values());
      await Promise.all([main, ...others].map((engine) => engine?.close()));
    },
  };
}

import type { FiguresReply, FiguresRequest } from '../../io/figures-server.js';
import type { WatchedPath } from '../../probe/watch/path.js';
import type { Watched } from '../../probe/watch/result.js';

/** What `module=` may be, and which family it asks for. */
const modules: Readonly<Record<string, 4 | 6 | null>> = { mtu: null, mtu_ip4: 4, mtu_ip6: 6 };
/** Seconds left to write the answer. */
const MARGIN = 0.5;
/** A value is shown so many intervals long: after that it says nothing of now. */
const STALE = 3;

export interface ExporterOptions {
  readonly paths: () => readonly WatchedPath[];
  readonly value: () => Watched;
  /** Measures a path, or waits for the measurement under way. */
  readonly measure: (path: WatchedPath) => Promise<WatchedPath>;
  readonly interval: number;
  readonly clock: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Figures of one path, with their age; of undefined: that there is none. */
  readonly figures: (path: WatchedPath | undefined, now: number) => string;
  readonly own: (value: Watched, requests: number) => string;
}

/** `/probe` in the shape of blackbox_exporter, for the targets that are watched and no others. */
export function exporter(options: ExporterOptions): (request: FiguresRequest) => Promise<FiguresReply> {
  let requests = 0;
  return async ({ path, query, patience }) => {
    requests++;
    if (path === '/-/healthy') return { status: 200, text: 'Healthy\n' };
    if (path === '/metrics') return { status: 200, text: options.own(options.value(), requests) };
    if (path !== '/probe') return { status: 404, text: '/probe?target=, /metrics or /-/healthy\n' };
    const target = query.get('target') ?? '';
    if (target === '') return { status: 400, text: 'Target parameter is missing\n' };
    const name = query.get('module') ?? 'mtu';
    const family = Object.hasOwn(modules, name) ? modules[name] : undefined;
    if (family === undefined) return { status: 400, text: `Unknown module: ${Object.keys(modules).join(', ')}\n` };
    const found = options.paths().find((one) => one.target === target && (family === null || one.family === family));
    if (!found)
      return {
        status: 403,
        text: `this target is not watched${family === null ? '' : ` by IPv${family}`}: name it with mtucalc watch${family === null ? '' : ', and -4, -6 or --both'}\n`,
      };
    return { status: 200, text: await shown(found, patience, options) };
  };
}

async function shown(path: WatchedPath, patience: number, options: ExporterOptions): Promise<string> {
  const { measure, pause, figures, clock, interval } = options;
  const known =
    path.readings.length > 0
      ? path
      : await Promise.race([measure(path), pause(Math.max(0, patience - MARGIN) * 1000).then(() => undefined)]);
  const now = clock() / 1000;
  const last = known?.readings.at(-1);
  const fresh = last !== undefined && now - last.at <= STALE * interval;
  return figures(fresh ? known : undefined, now);
}

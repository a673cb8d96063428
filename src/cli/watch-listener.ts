import { setTimeout as sleep } from 'node:timers/promises';
import { listenPlace } from '../app/listen.js';
import { exporter } from '../app/watch/exporter.js';
import type { Watcher } from '../app/watch/watcher.js';
import { serveFigures } from '../io/figures-server.js';
import { ownFigures, probeFigures } from '../report/prometheus/watch.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

const USUAL_PORT = 9845;

type Place = ReturnType<typeof listenPlace>;

/** Where `--listen` says. @throws MtucalcError where it is no address. */
export const figuresPlace = (text: string): Place => listenPlace(text, USUAL_PORT);

/**
 * The figures over HTTP, for Prometheus; answers what ends it. @throws MtucalcError where the address cannot be had.
 */
export async function listenFor(
  place: Place,
  watcher: Watcher,
  interval: number,
  terminal: Terminal,
): Promise<() => Promise<void>> {
  const server = await serveFigures(
    place,
    exporter({
      paths: () => watcher.paths,
      value: () => watcher.value,
      measure: (path) => watcher.measure(path),
      interval,
      clock: Date.now,
      pause: (ms) => sleep(ms, undefined, { ref: false }),
      figures: probeFigures,
      own: ({ paths }, requests) => ownFigures(paths.length, requests, process.memoryUsage.rss()),
    }),
  );
  terminal.stderr.write(`mtucalc: listening at ${visibleLine(place.address)} port ${server.port}\n`);
  return server.close;
}

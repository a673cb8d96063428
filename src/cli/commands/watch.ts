import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_APART } from '../../app/watch/batches.js';
import { measureApart, measureHere } from '../../app/watch/measure-path.js';
import { Turns } from '../../app/watch/turns.js';
import { watchedPaths } from '../../app/watch/watched-paths.js';
import { LEAST_PACKETS, Watcher } from '../../app/watch/watcher.js';
import { MtucalcError } from '../../error.js';
import { closeReserve } from '../../io/raw-sockets.js';
import { readState, writeState } from '../../io/watch-state.js';
import { whyUnreadable } from '../../io/why-unreadable.js';
import { mayWrite } from '../../io/write-files.js';
import type { WatchedPath } from '../../probe/watch/path.js';
import type { Watched, WatchedTurn } from '../../probe/watch/result.js';
import { WATCH_LIMITS } from '../../probe/watch/state.js';
import { targetsIn } from '../../probe/watch/targets.js';
import { type Arguments, command, type Outcome } from '../command.js';
import { secondsOf } from '../duration.js';
import { off, text, whole } from '../option.js';
import { outOf, outOption } from '../out-option.js';
import { outputOptions } from '../output-options.js';
import { asLesserUser, isRoot, probeOptions, probeRequestOf, probeWords } from '../probe-options.js';
import { onStop } from '../signals.js';
import { filesOf } from '../watch-files.js';
import { figuresPlace, listenFor } from '../watch-listener.js';

const USUAL = { keep: 48, budget: 1200 } as const;
/** Milliseconds between two writings of state and figures. */
const BETWEEN_WRITES = 5000;
const LARGEST_LIST = 1024 * 1024;

const options = {
  targets: text({
    describe: 'a file of targets, one a line: HOST, or HOST and the MTU it should have',
    group: 'Watching:',
  }),
  interval: text({
    describe: 'time between two measurements of one target: 90s, 5m, 1h',
    usual: '5m',
    group: 'Watching:',
  }),
  once: off({
    describe: 'measure each target once, for cron: exit code 1 on a change for the worse',
    group: 'Watching:',
  }),
  state: text({ describe: 'what was measured is kept in this file, and compared with', group: 'Watching:' }),
  keep: whole(2, WATCH_LIMITS.keep, {
    describe: `measurements kept of each target (${USUAL.keep})`,
    group: 'Watching:',
  }),
  budget: whole(2 * LEAST_PACKETS, 100_000, {
    describe: `packets to one target in an hour, at most (${USUAL.budget}); half of it at once`,
    group: 'Watching:',
  }),
  expect: whole(68, 65_535, { describe: 'MTU that the targets should have, for the figures', group: 'Watching:' }),
  listen: text({
    describe:
      'answer Prometheus there, as blackbox_exporter does (/probe?target=HOST): 127.0.0.1:9845; the targets named, no others',
    group: 'Watching:',
  }),
  both: off({ describe: 'both families of each name', group: 'Path:' }),
  ...probeOptions,
  ...outOption,
  ...outputOptions,
} as const;

export const watch = command({
  name: 'watch',
  answers: 'watch',
  summary: 'paths over time: what changed, for cron, for a terminal and for Prometheus',
  positionals: [{ name: 'HOST', describe: 'host names or addresses', many: true }],
  options,
  examples: [
    ['mtucalc watch 192.0.2.1 198.51.100.7', 'each change with its time, until Ctrl-C'],
    [
      'mtucalc watch --targets sites.txt --once --state /var/lib/mtucalc/watch.json',
      'from cron: 1 on a change for the worse',
    ],
    [
      'mtucalc watch 192.0.2.1 --format prometheus --out /var/lib/prometheus/node-exporter/mtucalc.prom',
      'figures for node_exporter',
    ],
    ['mtucalc watch --targets sites.txt --listen 127.0.0.1:9845', 'for Prometheus (docs/fleet.md)'],
    ['mtucalc watch --targets sites.txt --format ndjson', 'each measurement as a line'],
  ],
  async run(args, terminal) {
    const { once, state } = args;
    const format = args.format?.toLowerCase();
    const interval = secondsOf('interval', args.interval ?? '5m', 10, 24 * 3600);
    if (once && state === undefined)
      throw new MtucalcError('usage', '--once has nothing to compare with', '--state FILE keeps what was measured');
    if (!once && (args.json || format === 'json'))
      throw new MtucalcError('usage', '--json is one answer, and a watch has no end', '--format ndjson, or --once');
    if (!once && format === 'prometheus' && args.out === undefined)
      throw new MtucalcError('usage', 'figures of a watch need a place', '--out FILE.prom, or --once');
    if (once && args.listen !== undefined)
      throw new MtucalcError('usage', '--once ends before anybody asks', 'leave --once or --listen out');
    const place = args.listen === undefined ? undefined : figuresPlace(args.listen);
    const request = probeRequestOf(args);
    const targets = await targetsOf(args);
    const families = args.both ? ([4, 6] as const) : [request.family ?? null];
    const paths = watchedPaths(targets, families, state === undefined ? [] : await readState(state));
    const out = await outOf(args, terminal);
    // Root writes the files; who measures is somebody else.
    const apart = isRoot(terminal) && args.listen === undefined && (state ?? args.out) !== undefined;
    if (!apart)
      await asLesserUser(
        terminal,
        targets.map(({ target }) => target),
        request,
      );
    const stop = new AbortController();
    const release = onStop(terminal, () => stop.abort());
    const turns = new Turns<WatchedTurn>();
    let files: ReturnType<typeof filesOf> | undefined;
    const { 4: _four, 6: _six, 'max-probes': _most, ...words } = args;
    const watcher = new Watcher(paths, {
      interval,
      keep: args.keep ?? USUAL.keep,
      budget: args.budget ?? USUAL.budget,
      measure: apart
        ? measureApart(request, probeWords({ ...words, 4: undefined, 6: undefined, 'max-probes': undefined }))
        : measureHere(request),
      ...(apart ? { atOnce: MOST_APART } : {}),
      signal: stop.signal,
      clock: Date.now,
      random: Math.random,
      pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
      onTurn: (turn) => turns.push(turn),
      onSkipped: () => files?.touch(),
    });
    const end = (): void => {
      closeReserve();
      release();
    };
    if (once) {
      let left: readonly WatchedPath[] = [];
      try {
        left = await watcher.once();
        if (state !== undefined) await writeState(state, watcher.paths);
      } finally {
        end();
      }
      if (left.length > 0 && !stop.signal.aborted)
        terminal.stderr.write(
          `mtucalc: ${left.length} of ${paths.length} not measured now, the answer is an older one: --budget is used up for this hour\n`,
        );
      const isWhole = left.length === 0 && !stop.signal.aborted;
      return { kind: 'watch', value: watcher.value, outcome: outcomeOf(watcher.value, !isWhole), ...out };
    }
    const written = filesOf(args, terminal, watcher);
    files = written;
    const close =
      place === undefined
        ? undefined
        : await listenFor(place, watcher, interval, terminal).catch((error: unknown) => {
            end();
            throw error;
          });
    if (state !== undefined) await mayWrite(state);
    const running = (async () => {
      const saving = setInterval(() => void written.save().catch(written.tell), BETWEEN_WRITES);
      try {
        await watcher.run();
        await written.save();
        turns.end();
      } catch (error) {
        turns.end(error);
      } finally {
        clearInterval(saving);
        await close?.();
        end();
      }
    })();
    async function* pieces(): AsyncGenerator<WatchedTurn, void, undefined> {
      try {
        for await (const turn of turns) {
          written.touch();
          yield turn;
        }
      } finally {
        stop.abort();
        await running;
      }
    }
    return {
      kind: 'watch',
      pieces: pieces(),
      together: () => watcher.value,
      outcome: () => outcomeOf(watcher.value, false),
    };
  },
});

/** A change for the worse outweighs a target that could not be measured: cron has one number. */
function outcomeOf({ paths, changes }: Watched, isPartial: boolean): Outcome {
  const problem = changes.some(({ kind }) => kind === 'worse');
  const last = paths.map(({ readings }) => readings.at(-1));
  return {
    problem,
    failed: !problem && (isPartial || last.some((one) => one === undefined || 'error' in one)),
    undecided: last.some((one) => one !== undefined && !('error' in one) && one.low !== one.high),
  };
}

async function targetsOf({ words, targets: file, expect }: Arguments<typeof options>) {
  const named = words.map((target) => ({ target, expected: expect ?? null }));
  if (file === undefined) {
    if (named.length > 0) return named;
    throw new MtucalcError('usage', 'nothing to watch: HOST is missing', 'mtucalc watch HOST, or --targets FILE');
  }
  // A pipe or a device tells no length, and may have no end.
  const pieces: Buffer[] = await createReadStream(file, { end: LARGEST_LIST })
    .toArray()
    .catch((error: NodeJS.ErrnoException) => {
      throw new MtucalcError('file', `cannot read ${file}: ${whyUnreadable(error)}`, 'name a file this user may read');
    });
  const text = Buffer.concat(pieces);
  if (text.length > LARGEST_LIST)
    throw new MtucalcError('too-many', `${file} has more than ${LARGEST_LIST} octets, the most for a list of targets`);
  const listed = targetsIn(text.toString('utf8'), file);
  if (named.length + listed.length === 0) throw new MtucalcError('incomplete', `${file} names no target`);
  return [...named, ...listed.map((one) => ({ ...one, expected: one.expected ?? expect ?? null }))];
}

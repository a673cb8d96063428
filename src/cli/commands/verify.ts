import { probeApart } from '../../app/probe-apart.js';
import { verifyHost } from '../../app/verify-host.js';
import { closeReserve } from '../../io/raw-sockets.js';
import { calculate } from '../../mtu/calculate.js';
import type { Ledger } from '../../probe/ledger.js';
import type { Batch } from '../../probe/plan/plan.js';
import { hasProblem } from '../../report/gravity.js';
import { reporterOf } from '../../report/index.js';
import { command } from '../command.js';
import { describe, fromOption } from '../from.js';
import { texts } from '../option.js';
import { outOf, outOption } from '../out-option.js';
import { outputOptions } from '../output-options.js';
import { asLesserUser, isRoot, probeOptions, probeRequestOf, probeWords } from '../probe-options.js';
import { Progress } from '../probe-progress.js';
import { profileOptions } from '../profile-options.js';
import { onStop } from '../signals.js';
import { snippetOptions, undoOf } from '../snippet-options.js';

export const verify = command({
  name: 'verify',
  answers: 'verify',
  summary: 'computes a tunnel, measures it, and names the layer that makes the difference',
  positionals: [{ name: 'HOST', describe: 'a host behind the tunnel', required: true }],
  options: {
    ...profileOptions,
    ...fromOption,
    ...probeOptions,
    emit: texts({
      describe: 'print configuration for the measured path instead: routeros,nftables,…',
      group: 'Snippet:',
    }),
    ...snippetOptions,
    ...outOption,
    ...outputOptions,
  },
  examples: [
    ['mtucalc verify 10.2.0.1 --cipher aes256 --wan pppoe', 'does the tunnel carry what was computed?'],
    ['ip xfrm state | mtucalc verify 10.2.0.1 --from -', 'the tunnel as the gateway describes it'],
    ['mtucalc verify 10.2.0.1 --tunnel wireguard --emit nftables', 'a clamp for what was measured'],
  ],
  async run(args, terminal) {
    if (args.emit.length > 0) {
      const [{ choicesOfWords }] = await Promise.all([
        import('../../snippet/choose.js'),
        import('../emit.js'),
        reporterOf('snippet', 'text'),
      ]);
      // A name that no box has is refused before anything is read or measured.
      choicesOfWords(args.emit);
      undoOf(args);
    }
    const { request, catalogue, notes } = await describe(args, terminal);
    for (const note of notes) terminal.stderr.write(`mtucalc: ${note}\n`);
    const host = args.words[0] as string;
    const asked = probeRequestOf(args);
    // What cannot be computed is refused while nothing has changed.
    calculate(request, catalogue);
    const out = await outOf(args, terminal);
    // Root writes the file afterwards; who measures is somebody else.
    const apart = out.out !== undefined && isRoot(terminal);
    if (!apart) await asLesserUser(terminal, [host], asked);
    const stop = new AbortController();
    const release = onStop(terminal, () => stop.abort());
    const progress = new Progress(terminal.stderr);
    try {
      const how = {
        ...asked,
        signal: stop.signal,
        onBatch: ({ why }: Batch, ledger: Ledger) => progress.tell(host, `${why}, ${ledger.entries.length} probes`),
      };
      const value = await (apart
        ? verifyHost(host, request, catalogue, how, (name) => probeApart(name, probeWords(args), stop.signal))
        : verifyHost(host, request, catalogue, how));
      progress.clear();
      const words = args.emit;
      const outcome = {
        failed: value.measured.verdict === 'unfinished',
        problem: hasProblem(value.findings),
        undecided: value.agrees === null,
      };
      if (words.length === 0 || !value.snippet) return { kind: 'verify', value, outcome, ...out };
      const { snippetAnswer } = await import('../emit.js');
      const calculation = { ...calculate(request, catalogue), ...value.snippet };
      return snippetAnswer({ words, calculation, args, outcome }, terminal);
    } finally {
      closeReserve();
      progress.clear();
      release();
    }
  },
});

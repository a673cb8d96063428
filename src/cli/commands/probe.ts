import { probeHostsApart } from '../../app/probe-apart.js';
import { probeHosts } from '../../app/probe-hosts.js';
import { probePeer } from '../../app/probe-peer.js';
import { MtucalcError } from '../../error.js';
import { closeReserve } from '../../io/raw-sockets.js';
import { pingBoxes, pingLines } from '../../probe/ping-lines.js';
import type { ProbeAnswer } from '../../probe/result.js';
import { hasProblem } from '../../report/gravity.js';
import { SCHEMA_VERSION } from '../../schema-version.js';
import type { SnippetSet } from '../../snippet/snippets.js';
import { type Answer, command, type Outcome } from '../command.js';
import { off, text } from '../option.js';
import { outOf, outOption } from '../out-option.js';
import { outputOptions } from '../output-options.js';
import { asLesserUser, isRoot, probeOptions, probeRequestOf, probeWords } from '../probe-options.js';
import { Progress } from '../probe-progress.js';
import { onStop } from '../signals.js';
import { visibleLine } from '../visible.js';

export const probe = command({
  name: 'probe',
  answers: 'probe',
  summary: 'the exact path MTU to a host, also without root, also through a black hole',
  positionals: [
    { name: 'HOST', describe: 'host name or address; several are measured at once', many: true, required: true },
  ],
  options: {
    emit: text({
      describe: `measure from a box instead: print the ping lines to paste there (${pingBoxes.join(', ')}); nothing is sent from here`,
      group: 'Probing:',
    }),
    ...probeOptions,
    peer: text({
      describe:
        'measure each direction with a far end: ssh://USER@HOST starts one there, HOST:PORT is one that runs (mtucalc listen)',
      group: 'Far end:',
    }),
    token: text({ describe: 'the token that mtucalc listen printed (MTUCALC_TOKEN)', group: 'Far end:' }),
    'peer-command': text({
      describe: 'what starts mtucalc there, for ssh://; words for the shell of the far end',
      usual: 'mtucalc, or npx mtucalc',
      group: 'Far end:',
    }),
    both: off({ describe: 'both families of each name', group: 'Path:' }),
    ...outOption,
    ...outputOptions,
  },
  examples: [
    ['mtucalc probe 192.0.2.1', 'path MTU, verdict, and where the narrow link is'],
    ['mtucalc probe -6 vpn.example.net --hops', 'IPv6, with a table of all hops'],
    ['mtucalc probe 192.0.2.1 --protocol tcp --port 443', 'where the host ignores ping (root)'],
    ['mtucalc probe 192.0.2.1 198.51.100.7 --json', 'two hosts, as JSON'],
    ['mtucalc probe 192.0.2.1 --format prometheus', 'gauges; --out FILE.prom for a textfile collector (docs/fleet.md)'],
    ['mtucalc probe 192.0.2.1 --peer ssh://admin@192.0.2.1', 'each direction on its own, and clamps both ways'],
    ['mtucalc probe 10.2.0.1 --emit routeros', 'lines for the router; mtucalc import reads what comes back'],
  ],
  async run(args, terminal) {
    if (args.emit !== undefined) return emitted(args.emit, args.words);
    const request = probeRequestOf(args);
    if (args.peer === undefined && (args.token ?? args['peer-command']) !== undefined)
      throw new MtucalcError(
        'usage',
        '--token and --peer-command go with --peer',
        '--peer HOST:PORT or --peer ssh://USER@HOST',
      );
    if (args.peer !== undefined && args.format?.toLowerCase() === 'prometheus')
      throw new MtucalcError('usage', '--peer writes text and json', 'leave --format prometheus out');
    const out = await outOf(args, terminal);
    // Root writes the file afterwards; who measures is somebody else.
    const apart = out.out !== undefined && isRoot(terminal);
    // ssh reads the keys of whoever called; both ends of such a measurement are known.
    if (args.peer === undefined && !apart) await asLesserUser(terminal, args.words, request);
    const stop = new AbortController();
    const release = onStop(terminal, () => stop.abort());
    const progress = new Progress(terminal.stderr);
    try {
      if (args.peer !== undefined) {
        const [host = '', second] = args.words;
        if (second !== undefined) throw new MtucalcError('usage', 'with --peer one HOST is measured', 'name one');
        const far = await probePeer(host, {
          ...request,
          peer: args.peer,
          token: args.token ?? terminal.env.MTUCALC_TOKEN,
          peerCommand: args['peer-command'],
          ssh: terminal.env.MTUCALC_SSH,
          signal: stop.signal,
          onStep: (says) => progress.tell(host, says),
          onBatch: ({ why }, ledger) => progress.tell(host, `${why}, ${ledger.entries.length} probes`),
        });
        progress.clear();
        const { there, back, findings } = far;
        return {
          kind: 'far',
          value: far,
          outcome: {
            problem: hasProblem(findings),
            undecided: there.pathMtu === undefined || back.pathMtu === undefined,
            failed: [there, back].some(({ verdict }) => verdict === 'unfinished'),
          },
        };
      }
      const value = apart
        ? await probeHostsApart(args.words, [...probeWords(args), ...(args.both ? ['--both'] : [])], stop.signal)
        : await probeHosts(args.words, {
            ...request,
            both: args.both,
            signal: stop.signal,
            onBatch: (host, { why }, ledger) => progress.tell(host, `${why}, ${ledger.entries.length} probes`),
            onDone: (host) => progress.done(host),
          });
      progress.clear();
      for (const one of value.results) {
        if (!('error' in one)) continue;
        const { message, hint } = one.error;
        const whose = value.results.length === 1 ? '' : `${one.host}: `;
        terminal.stderr.write(`mtucalc: ${whose}${visibleLine(message)}\n${hint === undefined ? '' : `  ${hint}\n`}`);
      }
      return { kind: 'probe', value, outcome: outcomeOf(value), ...out };
    } finally {
      closeReserve();
      progress.clear();
      release();
    }
  },
});

/** Ping lines for a box: what is pasted there measures from there. */
function emitted(box: string, hosts: readonly string[]): Answer {
  const lines = hosts.map((host) => pingLines(box.toLowerCase(), host, []));
  const [first] = lines;
  const text = lines.map((one) => one.text).join('');
  const snippet = {
    target: box.toLowerCase(),
    title: first?.title ?? box,
    version: null,
    fileName: 'mtucalc-ping.txt',
    text,
  };
  const value: SnippetSet = {
    schemaVersion: SCHEMA_VERSION,
    tunnelMtu: 1500,
    mss: { ipv4: 1460, ipv6: 1440 },
    snippets: [snippet],
    leftOut: [],
  };
  return { kind: 'snippet', value };
}

function outcomeOf({ results }: ProbeAnswer): Outcome {
  const measured = results.flatMap((one) => ('error' in one ? [] : [one]));
  return {
    failed: measured.length < results.length || measured.some(({ verdict }) => verdict === 'unfinished'),
    problem: measured.some(({ findings }) => hasProblem(findings)),
    undecided: measured.some(({ pathMtu }) => pathMtu === undefined),
  };
}

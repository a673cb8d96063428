import { probeHost } from '../../app/probe-host.js';
import { errorValue, MtucalcError } from '../../error.js';
import type { ProbeResult, RefusedHost } from '../../probe/result.js';
import { hasProblem } from '../../report/gravity.js';
import { SCHEMA_VERSION } from '../../schema-version.js';
import { command, type Outcome } from '../command.js';
import { outputOptions } from '../output-options.js';
import { probeOptions, probeRequestOf } from '../probe-options.js';
import { Progress } from '../probe-progress.js';

/** Hosts measured at the same time. */
const AT_ONCE = 8;

export const probe = command({
  name: 'probe',
  answers: 'probe',
  summary: 'the exact path MTU to a host, also without root, also through a black hole',
  positionals: [
    { name: 'HOST', describe: 'host name or address; several are measured at once', many: true, required: true },
  ],
  options: { ...probeOptions, ...outputOptions },
  examples: [
    ['mtucalc probe 192.0.2.1', 'path MTU, verdict, and where the narrow link is'],
    ['mtucalc probe -6 vpn.example.net --hops', 'IPv6, with a table of all hops'],
    ['mtucalc probe 192.0.2.1 --protocol tcp --port 443', 'where the host ignores ping (root)'],
    ['mtucalc probe 192.0.2.1 198.51.100.7 --json', 'two hosts, as JSON'],
  ],
  async run(args, terminal) {
    const request = probeRequestOf(args);
    const stop = new AbortController();
    const interrupt = (): void => stop.abort();
    terminal.once?.('SIGINT', interrupt);
    const progress = new Progress(terminal.stderr);
    const hosts = [...new Set(args.words)];
    try {
      const measured = await inTurns(hosts, async (host): Promise<ProbeResult | RefusedHost> => {
        try {
          return await probeHost(host, {
            ...request,
            signal: stop.signal,
            onBatch: ({ why }, ledger) => progress.tell(host, `${why}, ${ledger.entries.length} probes`),
          });
        } catch (error) {
          if (!(error instanceof MtucalcError)) throw error;
          return { host, error: errorValue(error) };
        } finally {
          progress.done(host);
        }
      });
      progress.clear();
      for (const one of measured) {
        if (!('error' in one)) continue;
        const { message, hint } = one.error;
        const whose = measured.length === 1 ? '' : `${one.host}: `;
        terminal.stderr.write(`mtucalc: ${whose}${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
      }
      return {
        kind: 'probe',
        value: { schemaVersion: SCHEMA_VERSION, results: measured },
        outcome: outcomeOf(measured),
      };
    } finally {
      progress.clear();
      terminal.removeListener?.('SIGINT', interrupt);
    }
  },
});

function outcomeOf(measured: readonly (ProbeResult | RefusedHost)[]): Outcome {
  const results = measured.flatMap((one) => ('error' in one ? [] : [one]));
  return {
    failed: results.length < measured.length || results.some(({ verdict }) => verdict === 'unfinished'),
    problem: results.some(({ findings }) => hasProblem(findings)),
    undecided: results.some(({ pathMtu }) => pathMtu === undefined),
  };
}

/** Results in the order of the hosts, a few under way at a time. */
async function inTurns<T>(hosts: readonly string[], measure: (host: string) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(hosts.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < hosts.length; i = next++) results[i] = await measure(hosts[i] as string);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, hosts.length) }, worker));
  return results;
}

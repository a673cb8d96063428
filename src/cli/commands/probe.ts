import { probeHost } from '../../app/probe-host.js';
import { MtucalcError } from '../../error.js';
import type { ProbeResult } from '../../probe/result.js';
import { palette, printJson, type Terminal } from '../../report/terminal.js';
import { probeText } from '../../report/text/probe.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { probeOptions, probeRequestOf } from '../probe-options.js';
import { Progress } from '../probe-progress.js';

/** Hosts measured at the same time. */
const AT_ONCE = 8;

interface Failed {
  readonly host: string;
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
}

export const probe = command({
  name: 'probe',
  summary: 'the exact path MTU to a host, also without root, also through a black hole',
  positionals: [
    { name: 'HOST', describe: 'host name or address; several are measured at once', many: true, required: true },
  ],
  options: { ...probeOptions, ...commonOptions },
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
      const measured = await inTurns(hosts, async (host): Promise<ProbeResult | Failed> => {
        try {
          return await probeHost(host, {
            ...request,
            signal: stop.signal,
            onBatch: ({ why }, ledger) => progress.tell(host, `${why}, ${ledger.entries.length} probes`),
          });
        } catch (error) {
          if (!(error instanceof MtucalcError) || hosts.length === 1) throw error;
          const { code, message, hint } = error;
          return { host, error: { code, message, ...(hint === undefined ? {} : { hint }) } };
        } finally {
          progress.done(host);
        }
      });
      progress.clear();
      print(terminal, measured, args.json);
      return exitCode(measured);
    } finally {
      progress.clear();
      terminal.removeListener?.('SIGINT', interrupt);
    }
  },
});

function print(terminal: Terminal, measured: readonly (ProbeResult | Failed)[], json: boolean): void {
  if (json) {
    printJson(terminal, measured.length === 1 ? measured[0] : measured);
    return;
  }
  const colour = palette(terminal.stdout, terminal.env);
  const texts = measured.flatMap((one) => ('error' in one ? [] : [probeText(one, colour)]));
  terminal.stdout.write(texts.join('\n'));
  for (const one of measured) {
    if ('error' in one) {
      const { message, hint } = one.error;
      terminal.stderr.write(`mtucalc: ${one.host}: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
    }
  }
}

function exitCode(measured: readonly (ProbeResult | Failed)[]): number {
  if (measured.some((one) => 'error' in one || one.verdict === 'unfinished')) return 2;
  return measured.some((one) => !('error' in one) && one.findings.some(({ severity }) => severity === 'problem'))
    ? 1
    : 0;
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

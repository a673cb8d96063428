import type { CaptureValue } from '../../analyze/capture-value.js';
import { MtucalcError } from '../../error.js';
import { analyzeFiles, type CaptureOutcome } from '../../io/analyze-files.js';
import { totalsText } from '../analyze-text.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { ProgressBar } from '../progress.js';
import { palette, printJson, type Terminal } from '../terminal.js';

export const analyze = command({
  name: 'analyze',
  summary:
    'What a capture shows: did PMTUD work, where is the clamp, what is fragmented, and the number that fixes it.',
  positionals: [
    { name: 'file', describe: 'pcap or pcapng, also gzip; - is standard input', many: true, required: true },
  ],
  options: {
    reader: {
      type: 'string',
      choices: ['own', 'pcap-parser'] as const,
      default: 'own',
      describe: 'pcap-parser: an independent second reader, for clean classic pcap only',
    },
    resync: { type: 'boolean', default: false, describe: 'look for the next record behind damage and read on' },
    ...commonOptions,
  },
  examples: [
    ['mtucalc analyze lan.pcap', 'one capture'],
    ['tcpdump -i eth0 -s 128 -w - | mtucalc analyze -', 'while it is being recorded; Ctrl-C ends it'],
  ],
  async run(args, terminal) {
    const reader = args.reader === 'pcap-parser' ? 'pcap-parser' : 'own';
    const outcomes = await readAll(args.words, { reader, resync: args.resync === true }, terminal);
    const values = outcomes.filter((outcome): outcome is CaptureValue => !(outcome instanceof MtucalcError));
    const refused = outcomes.filter((outcome): outcome is MtucalcError => outcome instanceof MtucalcError);
    if (values.length === 0) throw refused[0]!;
    for (const { message, hint } of refused) terminal.stderr.write(`mtucalc: ${message}\n${hint ? `  ${hint}\n` : ''}`);
    if (args.json) printJson(terminal, jsonOf(outcomes));
    else
      terminal.stdout.write(
        values.map((value) => totalsText(value, palette(terminal.stdout, terminal.env))).join('\n'),
      );
    return 0;
  },
});

async function readAll(
  files: readonly string[],
  how: { readonly reader: 'own' | 'pcap-parser'; readonly resync: boolean },
  terminal: Terminal,
): Promise<CaptureOutcome[]> {
  const bar = new ProgressBar(terminal);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  terminal.once?.('SIGINT', abort);
  try {
    const progress = bar.show.bind(bar);
    return await analyzeFiles(files, { ...how, progress, signal: stop.signal, stdin: terminal.stdin });
  } finally {
    terminal.removeListener?.('SIGINT', abort);
    bar.clear();
  }
}

/** One file: its value. Several: a list, with a reason where one could not be read. */
function jsonOf(outcomes: readonly CaptureOutcome[]): unknown {
  const shown = outcomes.map((outcome) =>
    outcome instanceof MtucalcError ? { error: { code: outcome.code, message: outcome.message } } : outcome,
  );
  return shown.length === 1 ? { schemaVersion: 1, ...shown[0] } : { schemaVersion: 1, files: shown };
}

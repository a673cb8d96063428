import type { CaptureValue } from '../../analyze/capture-value.js';
import { compareCaptures } from '../../analyze/pair/two-captures.js';
import { twoVerdict } from '../../analyze/pair/two-verdict.js';
import { analyzeFiles, type CaptureOutcome } from '../../app/analyze-files.js';
import { MtucalcError } from '../../error.js';
import type { Finding } from '../../finding.js';
import { mayWrite, writeFiles } from '../../io/write-files.js';
import { type AnalyzedCapture, analyzed, hasProblem, nameOf, reportPart } from '../../report/analyze-value.js';
import { reportHtml } from '../../report/html/page.js';
import { palette, printJson, type Terminal, width } from '../../report/terminal.js';
import { totalsText } from '../../report/text/analyze.js';
import { printable } from '../../report/text/printable.js';
import { togetherText } from '../../report/text/together.js';
import { verdictText } from '../../report/text/verdict.js';
import { type Arguments, command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { describe, fromOption } from '../from.js';
import { choice, once } from '../option.js';
import { isDescribed, profileOptions } from '../profile-options.js';
import { ProgressBar } from '../progress.js';

const options = {
  before: {
    type: 'string',
    requiresArg: true,
    describe: 'capture of the inner side (LAN); with --after: what happens in between',
    group: 'Two captures:',
  },
  after: { type: 'string', requiresArg: true, describe: 'capture of the outer side (WAN)', group: 'Two captures:' },
  report: { type: 'string', requiresArg: true, describe: 'write a self-contained HTML page with plots and evidence' },
  force: { type: 'boolean', default: false, describe: 'with --report: replace a file that mtucalc did not write' },
  reader: {
    type: 'string',
    requiresArg: true,
    describe: 'own (usual) or pcap-parser: an independent second reader, for clean classic pcap only',
  },
  resync: { type: 'boolean', default: false, describe: 'look for the next record behind damage and read on' },
  ...profileOptions,
  ...fromOption,
  ...commonOptions,
} as const;

export const analyze = command({
  name: 'analyze',
  summary:
    'What a capture shows: did PMTUD work, where is the clamp, what is fragmented, and the number that fixes it.',
  positionals: [{ name: 'file', describe: 'pcap or pcapng, also gzip; - is standard input', many: true }],
  options,
  examples: [
    ['mtucalc analyze lan.pcap', 'one capture'],
    ['tcpdump -i eth0 -s 128 -w - | mtucalc analyze -', 'while it is being recorded; Ctrl-C ends it'],
    ['mtucalc analyze --before lan.pcap --after wan.pcap', 'what the gateway in between does'],
    ['mtucalc analyze lan.pcap -c aes256-sha256 -w pppoe', 'expected against seen'],
    ['mtucalc analyze lan.pcap --report lan.html', 'a page to hand on'],
  ],
  async run(args, terminal) {
    const { request, catalogue, notes } = await describe(args, terminal);
    for (const note of notes) terminal.stderr.write(`${note}\n`);
    const beside = { catalogue, request: isDescribed(request) ? request : undefined };
    const pair = pairOf(args);
    const report = once(args, 'report');
    if (report === '-')
      throw new MtucalcError(
        'out',
        'the page needs a file: standard output has the text',
        'mtucalc analyze FILE --report page.html',
      );
    const force = args.force === true;
    if (report !== undefined) await mayWrite(report, { force });
    const outcomes = await readAll(pair ?? args.words, args, terminal);
    const refused = outcomes.filter((outcome): outcome is MtucalcError => outcome instanceof MtucalcError);
    const values = outcomes.filter((outcome): outcome is CaptureValue => !(outcome instanceof MtucalcError));
    const last = values.length === 0 || pair ? refused.pop() : undefined;
    for (const { message, hint } of refused) terminal.stderr.write(`mtucalc: ${message}\n${hint ? `  ${hint}\n` : ''}`);
    if (last) throw last;
    const captures = new Map(values.map((value) => [value, analyzed(value, beside)]));
    const [first, second] = values;
    const shown = [...captures.values()];
    const two = pair && first && second ? compareCaptures(first.facts, second.facts, catalogue) : undefined;
    const together = two && { two, verdict: twoVerdict(two, shown[0]!.verdict, shown[1]!.verdict) };
    const findings: Finding[] = [...(two?.findings ?? []), ...shown.flatMap((capture) => capture.findings)];
    if (together) {
      if (args.json)
        printJson(terminal, { schemaVersion: 1, verdict: together.verdict, ...two, before: shown[0], after: shown[1] });
      else {
        const paint = palette(terminal.stdout, terminal.env);
        terminal.stdout.write(`${togetherText(together.verdict, together.two, paint, width(terminal.stdout))}\n`);
      }
    } else if (args.json) {
      const all = outcomes.map((outcome) =>
        outcome instanceof MtucalcError
          ? { error: { code: outcome.code, message: outcome.message } }
          : captures.get(outcome)!,
      );
      printJson(terminal, all.length === 1 ? { schemaVersion: 1, ...all[0] } : { schemaVersion: 1, files: all });
    }
    if (!args.json) terminal.stdout.write(shown.map((capture) => textOf(capture, terminal)).join('\n'));
    if (report !== undefined) {
      const text = reportHtml(shown.map(reportPart), together);
      await writeFiles([{ path: report, text, mode: 0o600 }], { force });
      terminal.stderr.write(`mtucalc: wrote ${printable(report)}\n`);
    }
    return hasProblem(findings) ? 1 : 0;
  },
});

function textOf(capture: AnalyzedCapture, { stdout, env }: Terminal): string {
  const paint = palette(stdout, env);
  return `${verdictText(nameOf(capture.file), capture, paint, width(stdout))}\n${totalsText(capture, paint)}`;
}

/** `--before` and `--after` go together, and instead of files. */
function pairOf(args: Arguments<typeof options>): readonly [string, string] | undefined {
  const before = once(args, 'before');
  const after = once(args, 'after');
  if (before === undefined && after === undefined) {
    if (args.words.length > 0) return undefined;
    throw new MtucalcError('usage', 'file is missing: pcap or pcapng, also gzip; - is standard input');
  }
  if (before === undefined || after === undefined) {
    throw new MtucalcError(
      'usage',
      `--${before === undefined ? 'after' : 'before'} alone compares nothing`,
      'give both: mtucalc analyze --before lan.pcap --after wan.pcap',
    );
  }
  if (args.words.length > 0)
    throw new MtucalcError('usage', `'${args.words[0]}' is not expected beside --before and --after`);
  return [before, after];
}

async function readAll(
  files: readonly string[],
  args: Arguments<typeof options>,
  terminal: Terminal,
): Promise<CaptureOutcome[]> {
  const bar = new ProgressBar(terminal);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  const how = {
    reader: choice(args, 'reader', ['own', 'pcap-parser']) ?? 'own',
    resync: args.resync === true,
  };
  terminal.once?.('SIGINT', abort);
  try {
    const progress = bar.show.bind(bar);
    // To look at standard input opens it.
    const stdin = files.includes('-') ? { stdin: terminal.stdin } : {};
    return await analyzeFiles(files, { ...how, ...stdin, progress, signal: stop.signal });
  } finally {
    terminal.removeListener?.('SIGINT', abort);
    bar.clear();
  }
}

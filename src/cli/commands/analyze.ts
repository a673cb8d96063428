import { answerOf } from '../../analyze/answer.js';
import { type FilterRequest, FrameFilter } from '../../analyze/filter.js';
import { type AnalyzeFilesOptions, all, analyzeEach, analyzePair, judgeEach } from '../../app/analyze-files.js';
import { traceCaptures } from '../../app/trace-captures.js';
import { MtucalcError } from '../../error.js';
import { capturesBelow, type FoundCaptures } from '../../io/captures-below.js';
import { calculate } from '../../mtu/calculate.js';
import { isDescribed } from '../../mtu/calculation.js';
import { AnalyzeOutcome } from '../analyze-outcome.js';
import { CaptureReading } from '../capture-reading.js';
import { type Arguments, command } from '../command.js';
import { exportOption, exportsOf } from '../export-option.js';
import { describe, fromOption } from '../from.js';
import { off, oneOf, text, texts, whole } from '../option.js';
import { outOf, outOption } from '../out-option.js';
import { outputOptions } from '../output-options.js';
import { profileOptions } from '../profile-options.js';
import { redactOption } from '../redact-option.js';
import { reportOf, reportOption } from '../report-option.js';
import type { Terminal } from '../terminal.js';

const options = {
  before: text({
    describe: 'capture of the inner side (LAN); with --after: what happens in between',
    group: 'Two captures:',
  }),
  after: text({ describe: 'capture of the outer side (WAN)', group: 'Two captures:' }),
  host: texts({ describe: 'judge only what has this address at either end; several: any of them', group: 'Filter:' }),
  net: texts({ describe: 'the same for a network, 10.1.0.0/16', group: 'Filter:' }),
  port: texts({ describe: 'judge only this TCP or UDP port, of either end', group: 'Filter:' }),
  flow: whole(1, 999_999_999_999, {
    describe: 'judge only the flow that this frame belongs to, from there on (the number of a flow in the table)',
    group: 'Filter:',
  }),
  since: text({ describe: 'from here on: seconds since the first frame, or 2026-03-01T10:00:00Z', group: 'Filter:' }),
  until: text({ describe: 'up to here', group: 'Filter:' }),
  ...reportOption,
  reader: oneOf(['own', 'pcap-parser'], {
    describe: 'own (usual) or pcap-parser: an independent second reader, for clean classic pcap only',
  }),
  resync: off({ describe: 'look for the next record behind damage and read on' }),
  ...profileOptions,
  ...fromOption,
  ...redactOption,
  ...exportOption,
  out: outOption.out,
  ...outputOptions,
} as const;

export const analyze = command({
  name: 'analyze',
  answers: 'analyze',
  summary:
    'What a capture shows: did PMTUD work, where is the clamp, what is fragmented, and the number that fixes it.',
  positionals: [
    { name: 'file', describe: 'pcap or pcapng, also gzip; a folder: all below it; - is standard input', many: true },
  ],
  options,
  examples: [
    ['mtucalc analyze lan.pcap', 'one capture'],
    ['tcpdump -i eth0 -s 128 -w - | mtucalc analyze -', 'while it is being recorded; Ctrl-C ends it'],
    ['mtucalc analyze --before lan.pcap --after wan.pcap', 'what the gateway in between does'],
    ['mtucalc analyze lan.pcap -c aes256-sha256 -w pppoe', 'expected against seen'],
    ['mtucalc analyze lan.pcap --report lan.html', 'a page to hand on'],
    ['mtucalc analyze day/ --export-flows day.parquet', 'a folder of captures as rows for DuckDB'],
    ['mtucalc analyze busy.pcap --host 10.1.0.2 --port 443', 'one connection of many'],
  ],
  async run(args, terminal) {
    const { request, catalogue, notes } = await describe(args, terminal);
    for (const note of notes) terminal.stderr.write(`${note}\n`);
    // What cannot be computed is refused before a capture is read.
    if (isDescribed(request)) calculate(request, catalogue);
    const pair = pairOf(args);
    const known = { catalogue, request: isDescribed(request) ? request : undefined };
    const drawn = args.report !== undefined || args.format?.toLowerCase() === 'html';
    const found = await capturesBelow(args.words);
    const { files } = found;
    if (drawn && files.length > MOST_DRAWN)
      throw new MtucalcError(
        'too-many',
        `a page holds ${MOST_DRAWN} captures at most; these are ${files.length}`,
        'without --report and --format html there is no limit',
      );
    const out = await outOf(args, terminal);
    const page = await reportOf('analyze', args, terminal);
    // To look at standard input opens it.
    const stdin = [...args.words, args.before, args.after].includes('-') ? { stdin: terminal.stdin } : {};
    const { reader = 'own', resync } = args;
    const reading = new CaptureReading(terminal, { reader, resync, filter: filterOf(args), ...stdin });
    const outcome = new AnalyzeOutcome(terminal);
    const taken = [...files, args.before, args.after, args.report, args.out];
    const beside = { force: args.force, redact: args.redact, pair: pair !== undefined, taken };
    const rows = await exportsOf(args, beside, terminal);
    if (rows?.everyFlow) reading.keepSmall();
    tellPassed(found, terminal);
    const each = (how: AnalyzeFilesOptions) =>
      rows
        ? rows.each(judgeEach(files, { ...how, ...known, everyFlow: rows.everyFlow }))
        : analyzeEach(files, { ...how, ...known });
    if (!pair && !drawn) {
      const pieces = reading.each((how) => outcome.each(each(how), files.length));
      return { kind: 'analyze', pieces, together: answerOf, outcome: () => outcome.value, ...out };
    }
    const { value, traces } = await reading.whole(async (how) => {
      const answer = await (pair ? analyzePair(...pair, { ...how, ...known }) : all(each(how)).then(answerOf));
      return { value: answer, traces: drawn ? await traceCaptures(answer, how) : [] };
    });
    for (const result of value.results) outcome.note(result);
    if (!pair) outcome.unread(files.length - value.results.length);
    return {
      kind: 'analyze',
      value,
      shows: { traces },
      outcome: outcome.value,
      ...(outcome.isRead ? page : {}),
      ...out,
    };
  },
});

/** What of folders was not read. */
function tellPassed({ files, others, links }: FoundCaptures, terminal: Terminal): void {
  const passed = [
    ...(others > 0 ? [`${others} of other names`] : []),
    ...(links > 0 ? [`${links} links, which are not followed`] : []),
  ];
  if (passed.length > 0)
    terminal.stderr.write(
      `mtucalc: ${files.length === 1 ? 'one capture' : `${files.length} captures`}; passed over: ${passed.join(', ')}\n`,
    );
}

/** Captures of which a page is drawn: a plot of ten thousand points and more each, and all of it in one text. */
const MOST_DRAWN = 200;

/** `--before` and `--after` go together, and instead of files. */
function pairOf(args: Arguments<typeof options>): readonly [string, string] | undefined {
  const { before, after } = args;
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

function filterOf({ host, net, port, flow, since, until }: Arguments<typeof options>): FilterRequest {
  const ports = port
    .flatMap((words) => words.split(','))
    .map((word) => {
      const value = /^\d{1,5}$/.test(word) ? Number(word) : Number.NaN;
      if (value <= 65_535) return value;
      throw new MtucalcError('bad-value', `--port ${word.slice(0, 40)} is no port`, 'give a number from 0 to 65535');
    });
  const filter = { host, net, port: ports, flow, since, until };
  // What is wrong with it is said once, before any file is read.
  new FrameFilter(filter);
  return filter;
}

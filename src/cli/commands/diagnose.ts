import { Readable } from 'node:stream';
import type { StandardInput } from '../../app/analyze-files.js';
import { diagnose as diagnoseThings, namesTunnel } from '../../app/diagnose.js';
import { probeApart } from '../../app/probe-apart.js';
import { probeHost } from '../../app/probe-host.js';
import { type Symptom, symptoms } from '../../diagnose/questions.js';
import { MtucalcError } from '../../error.js';
import { type CalcRequest, isDescribed } from '../../mtu/calculation.js';
import type { Catalogue } from '../../mtu/catalogue.js';
import type { ProbeResult } from '../../probe/result.js';
import { hasProblem } from '../../report/gravity.js';
import { command } from '../command.js';
import { flag, type OptionValues, oneOf, text } from '../option.js';
import { outputOptions } from '../output-options.js';
import { probeOptions, probeRequestOf, probeWords } from '../probe-options.js';
import { Progress } from '../probe-progress.js';
import { catalogueOf, profileOptions, requestOf } from '../profile-options.js';
import { redactOption } from '../redact-option.js';
import { reportOf, reportOption } from '../report-option.js';
import { onStop } from '../signals.js';
import type { Terminal } from '../terminal.js';
import { visibleLine } from '../visible.js';

export const diagnose = command({
  name: 'diagnose',
  answers: 'diagnose',
  summary: 'Everything you have, put together: the cause, the evidence, the lines to paste and how to check them.',
  positionals: [
    {
      name: 'thing',
      describe:
        'captures, also as text; device output, measurements, configurations; - for standard input: what each is, its content says. A name that is no file is a host, and its path is measured',
      many: true,
    },
  ],
  options: {
    box: text({
      describe: 'the box to write lines for: a target of mtucalc snippet; by default the box that was shown',
      group: 'Answer:',
    }),
    symptom: oneOf(
      symptoms.map(({ word }) => word),
      {
        describe: `what you see (${symptoms.map(({ word }) => word).join(', ')}): adds the commands that look at just that`,
        group: 'Answer:',
      },
    ),
    hosts: flag({
      describe: '--no-hosts: every name is a file, nothing is sent; so it is where the word diagnose is left out',
      group: 'Probes:',
    }),
    ...profileOptions,
    ...probeOptions,
    ...reportOption,
    ...redactOption,
    ...outputOptions,
  },
  examples: [
    [
      'mtucalc diagnose export.rsc lan.pcap',
      'what fits by the export, what the capture shows, and where the two disagree',
    ],
    ['mtucalc diagnose paste.txt -w pppoe', 'whatever stands in a text'],
    ['mtucalc diagnose export.rsc 10.2.0.1', 'the path to a host behind the tunnel beside what fits'],
    ['xclip -o | mtucalc diagnose -', 'what stands in the clipboard'],
    ['mtucalc diagnose export.rsc lan.pcap --report answer.html', 'a page to hand on'],
    [
      'mtucalc diagnose -c aes256-sha256 -w pppoe --box routeros',
      'the numbers and the lines of a tunnel that is named',
    ],
    ['mtucalc diagnose', 'asks at most four questions on a terminal'],
    ['mtucalc paste.txt', 'the same without the word: a first word that is a file is diagnosed'],
  ],
  async run(args, terminal) {
    const catalogue = await catalogueOf(args);
    const request = requestOf(args);
    const said = {
      names: args.words,
      request,
      box: args.box,
      symptom: args.symptom,
      stdin: terminal.stdin as StandardInput,
    };
    const page = await reportOf('diagnose', args, terminal);
    const { names, ...known } =
      args.words.length > 0 || namesTunnel(request) ? said : await askedFor(terminal, catalogue, said);
    const value = await whileMeasuring(args, terminal, (probe) =>
      diagnoseThings(names, { ...known, catalogue, probe: args.hosts === false ? undefined : probe }),
    );
    const measured = value.carries.filter(({ verdict }) => verdict !== null);
    return {
      kind: 'diagnose',
      value,
      ...page,
      outcome: {
        failed: measured.some(({ verdict }) => verdict === 'unfinished'),
        problem: hasProblem(value.findings),
        undecided:
          (value.cause === null && value.happens.some(({ verdict }) => verdict === 'inconclusive')) ||
          measured.some(({ arrived, refused }) => arrived === null || refused !== arrived + 1),
      },
    };
  },
});

/**
 * What a person at a terminal answers, who has named nothing.
 * @throws MtucalcError elsewhere: nobody is asked through a pipe.
 */
async function askedFor(
  terminal: Terminal,
  catalogue: Catalogue,
  given: { readonly request: CalcRequest; readonly box: string | undefined; readonly symptom: Symptom | undefined },
) {
  if (isDescribed(given.request))
    throw new MtucalcError(
      'usage',
      'no tunnel is named, and no thing that shows one',
      'add --cipher or --tunnel, name a file, or - for standard input',
    );
  if (!terminal.stdin.isTTY || !terminal.stdout.isTTY)
    throw new MtucalcError(
      'usage',
      'nothing to diagnose: name captures, texts, configurations or a host, or - for standard input',
      'for example: mtucalc diagnose export.rsc lan.pcap; on a terminal it asks',
    );
  const { dialog } = await import('../diagnose-dialog.js');
  const { line, pasted, ...known } = await dialog(terminal, catalogue, given);
  terminal.stderr.write(`\nThe same without asking: ${visibleLine(line)}\n\n`);
  return {
    ...known,
    names: pasted === undefined ? [] : ['-'],
    stdin: Readable.from(pasted === undefined ? [] : [Buffer.from(pasted)]) as StandardInput,
  };
}

type Probe = (host: string) => Promise<ProbeResult>;

/** Measures as `mtucalc probe` does; Ctrl-C ends the measuring, and what is known by then is told. */
async function whileMeasuring<T>(
  args: OptionValues<typeof probeOptions>,
  terminal: Terminal,
  run: (probe: Probe) => Promise<T>,
): Promise<T> {
  const request = probeRequestOf(args);
  const stop = new AbortController();
  const progress = new Progress(terminal.stderr);
  const probe: Probe = async (host) => {
    const release = onStop(terminal, () => stop.abort());
    try {
      // Root has files to read and a page to write, and stays root for that alone.
      if (terminal.getuid?.() === 0) {
        progress.tell(host, 'measuring');
        return await probeApart(host, probeWords(args), stop.signal);
      }
      return await probeHost(host, {
        ...request,
        signal: stop.signal,
        onBatch: ({ why }, ledger) => progress.tell(host, `${why}, ${ledger.entries.length} probes`),
      });
    } finally {
      progress.done(host);
      release();
    }
  };
  try {
    return await run(probe);
  } finally {
    progress.clear();
  }
}

import { diagnose as diagnoseThings } from '../../app/diagnose.js';
import { MtucalcError } from '../../error.js';
import { hasProblem } from '../../report/gravity.js';
import { command } from '../command.js';
import { text } from '../option.js';
import { outputOptions } from '../output-options.js';
import { catalogueOf, profileOptions, requestOf } from '../profile-options.js';
import { redactOption } from '../redact-option.js';

export const diagnose = command({
  name: 'diagnose',
  answers: 'diagnose',
  summary: 'Everything you have, put together: the cause, the evidence, the lines to paste and how to check them.',
  positionals: [
    {
      name: 'thing',
      describe:
        'captures, also as text; device output, measurements, configurations; - for standard input. What each is, its content says',
      many: true,
    },
  ],
  options: {
    box: text({
      describe: 'the box to write lines for: a target of mtucalc snippet; by default the box that was shown',
      group: 'Answer:',
    }),
    ...profileOptions,
    ...redactOption,
    ...outputOptions,
  },
  examples: [
    [
      'mtucalc diagnose export.rsc lan.pcap',
      'what fits by the export, what the capture shows, and where the two disagree',
    ],
    ['mtucalc diagnose paste.txt -w pppoe', 'whatever stands in a text'],
    ['xclip -o | mtucalc diagnose -', 'what stands in the clipboard'],
    ['mtucalc paste.txt', 'the same without the word: a first word that is a file is diagnosed'],
  ],
  async run(args, terminal) {
    const names = args.words.length > 0 ? args.words : ['-'];
    if (args.words.length === 0 && terminal.stdin.isTTY) {
      throw new MtucalcError(
        'usage',
        'nothing to diagnose: name captures, texts or configurations, or - to paste into the terminal (end with Ctrl-D)',
        'for example: mtucalc diagnose export.rsc lan.pcap',
      );
    }
    const value = await diagnoseThings(names, {
      catalogue: await catalogueOf(args),
      request: requestOf(args),
      box: args.box,
      stdin: terminal.stdin,
    });
    return {
      kind: 'diagnose',
      value,
      outcome: {
        problem: hasProblem(value.findings),
        undecided: value.cause === null && value.happens.some(({ verdict }) => verdict === 'inconclusive'),
      },
    };
  },
});

import { deviceFormats, findFormat } from '../../device/formats/index.js';
import { importPaste } from '../../device/import-paste.js';
import { decodePaste } from '../../device/paste.js';
import { MtucalcError } from '../../error.js';
import { readPasteInput } from '../../io/paste-input.js';
import { checkNames } from '../../mtu/check-names.js';
import { hasProblem } from '../../report/gravity.js';
import { command } from '../command.js';
import { off, text } from '../option.js';
import { outputOptions } from '../output-options.js';
import { catalogueOf, profileOptions, requestOf } from '../profile-options.js';
import { redactOption } from '../redact-option.js';

export const importCommand = command({
  name: 'import',
  answers: 'import',
  summary: 'From pasted device output to the profile, tunnel MTU and MSS. Keys in the input are never kept or shown.',
  positionals: [
    {
      name: 'file',
      describe: `device output, - for standard input; recognised: ${deviceFormats.map(({ id, title }) => `${id} (${title})`).join(', ')}`,
    },
  ],
  options: {
    'from-format': text({
      describe: `read as this format: ${deviceFormats.map(({ id }) => id).join(', ')}`,
      group: 'Input:',
    }),
    clipboard: off({ describe: 'read what stands in the clipboard', group: 'Input:' }),
    verbose: off({ describe: 'list the lines that were understood', group: 'Input:' }),
    ...profileOptions,
    ...redactOption,
    ...outputOptions,
  },
  examples: [
    ['ip -s xfrm state | mtucalc import -', 'the SAs of this host'],
    ['swanctl --list-sas --raw | mtucalc import - --wan pppoe', 'strongSwan behind PPPoE'],
    ['mtucalc import show-crypto.txt', 'a saved session of a Cisco router'],
    ['mtucalc import export.rsc --nat-t --json', 'RouterOS export as JSON'],
  ],
  async run(args, terminal) {
    const path = args.words[0];
    if (path === undefined && !args.clipboard && terminal.stdin.isTTY) {
      throw new MtucalcError(
        'usage',
        'no input: name a file, or - to paste into the terminal (end with Ctrl-D)',
        'for example: ip xfrm state | mtucalc import -',
      );
    }
    const catalogue = await catalogueOf(args);
    const overrides = requestOf(args);
    const format = args['from-format'];
    // Nothing is pasted only to hear that a word was wrong.
    if (format !== undefined) findFormat(format);
    checkNames(overrides, catalogue);
    const { text, from } = args.clipboard ? await clipboard(path) : await readPasteInput(path ?? '-', terminal.stdin);
    const value = importPaste(text, catalogue, { from, format, overrides });
    return {
      kind: 'import',
      value,
      shows: { verbose: args.verbose },
      outcome: {
        problem: hasProblem([...value.findings, ...('calculation' in value ? value.calculation.warnings : [])]),
        undecided: 'rows' in value && value.rows.some(({ missing }) => missing !== null),
      },
    };
  },
});

async function clipboard(path: string | undefined): Promise<{ text: string; from: string }> {
  if (path !== undefined)
    throw new MtucalcError('usage', `--clipboard and ${path.slice(0, 60)} are two inputs`, 'give one of them');
  const { readClipboard } = await import('../../io/clipboard.js');
  return { text: decodePaste(readClipboard(), 'the clipboard'), from: 'the clipboard' };
}

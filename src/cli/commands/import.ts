import { deviceFormats } from '../../device/formats/index.js';
import { importDevice } from '../../device/import.js';
import { MtucalcError } from '../../error.js';
import { readPasteInput } from '../../io/paste-input.js';
import { palette, printJson, width } from '../../report/terminal.js';
import { importText } from '../../report/text/import.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { once } from '../option.js';
import { catalogueOf, profileOptions, requestOf } from '../profile-options.js';

export const importCommand = command({
  name: 'import',
  summary: 'From pasted device output to the profile, tunnel MTU and MSS. Keys in the input are never kept or shown.',
  positionals: [
    {
      name: 'file',
      describe: `device output, - for standard input; recognised: ${deviceFormats.map(({ id, title }) => `${id} (${title})`).join(', ')}`,
    },
  ],
  options: {
    format: {
      type: 'string',
      requiresArg: true,
      describe: `read as this format: ${deviceFormats.map(({ id }) => id).join(', ')}`,
      group: 'Input:',
    },
    verbose: { type: 'boolean', describe: 'list the lines that were understood', default: false, group: 'Input:' },
    ...profileOptions,
    ...commonOptions,
  },
  examples: [
    ['ip -s xfrm state | mtucalc import -', 'the SAs of this host'],
    ['swanctl --list-sas --raw | mtucalc import - --wan pppoe', 'strongSwan behind PPPoE'],
    ['mtucalc import show-crypto.txt', 'a saved session of a Cisco router'],
    ['mtucalc import export.rsc --nat-t --json', 'RouterOS export as JSON'],
  ],
  async run(args, terminal) {
    const path = args.words[0];
    if (path === undefined && terminal.stdin.isTTY) {
      throw new MtucalcError(
        'usage',
        'no input: name a file, or - to paste into the terminal (end with Ctrl-D)',
        'for example: ip xfrm state | mtucalc import -',
      );
    }
    const { text, from } = await readPasteInput(path ?? '-', terminal.stdin);
    const { value } = importDevice(text, await catalogueOf(args), {
      from,
      format: once(args, 'format'),
      overrides: requestOf(args),
    });
    if (args.json) printJson(terminal, value);
    else
      terminal.stdout.write(
        importText(value, {
          verbose: args.verbose,
          colour: palette(terminal.stdout, terminal.env),
          columns: width(terminal.stdout),
        }),
      );
    const all = [...value.findings, ...value.calculation.warnings];
    return all.some(({ severity }) => severity === 'problem') ? 1 : 0;
  },
});

import { deviceFormats } from '../../device/formats/index.js';
import { MtucalcError } from '../../error.js';
import { readPasteInput } from '../../io/paste-input.js';
import { findLanguage, formats } from '../../lint/formats.js';
import { lint as lintConfiguration } from '../../lint/lint.js';
import type { LintProfile } from '../../lint/rule.js';
import { isDescribed } from '../../mtu/calculation.js';
import { hasProblem } from '../../report/gravity.js';
import { ipsecStyles } from '../../snippet/plan.js';
import { command } from '../command.js';
import { calculationOf, type DescribedArguments, fromOption } from '../from.js';
import { type OptionTable, type OptionValues, oneOf, text, texts } from '../option.js';
import { outputOptions } from '../output-options.js';
import { profileOptions, requestOf } from '../profile-options.js';
import type { Terminal } from '../terminal.js';

/** Findings that say: not all of it was judged. */
const unread = new Set(['unread', 'not-all-followed']);

const group = 'Configuration:';

/** The tunnel as the options or --from describe it, and what is said of the gateway. */
const gatewayOptions = {
  ipsec: oneOf(ipsecStyles, { group, describe: 'how the gateway does IPsec: policy, xfrm, vti or libipsec' }),
  'tunnel-if': text({ group, describe: 'name of the tunnel interface' }),
  'wan-if': text({ group, describe: 'name of the interface towards the Internet' }),
} as const satisfies OptionTable;

type Args = DescribedArguments & OptionValues<typeof gatewayOptions>;

/** The language of the configuration, and the format of what `--from` names: their words differ. */
function languagesOf(words: readonly string[]): { readonly configuration?: string; readonly device?: string } {
  const isOurs = (word: string): boolean => formats.some(({ id }) => id === word);
  const device = words.filter((word) => !isOurs(word) && deviceFormats.some(({ id }) => id === word));
  // A word that neither knows is the configuration's, and refused before anything is read.
  const configuration = words.filter((word) => !device.includes(word));
  for (const word of configuration) findLanguage(word);
  if (configuration.length > 1 || device.length > 1) {
    throw new MtucalcError(
      'usage',
      '--from-format is given twice for one input',
      'one for the configuration, one for --from',
    );
  }
  return {
    ...(configuration[0] === undefined ? {} : { configuration: configuration[0] }),
    ...(device[0] === undefined ? {} : { device: device[0] }),
  };
}

async function profileOf(args: Args, terminal: Pick<Terminal, 'stdin'>): Promise<LintProfile> {
  const said = {
    style: args.ipsec,
    tunnelIf: args['tunnel-if'],
    wanIf: args['wan-if'],
    natT: args['nat-t'],
  };
  const { inner, outer } = requestOf(args);
  if (!isDescribed(requestOf(args)) && args.from === undefined) return { ...said, inner };
  const { mss, tunnelMtu, linkMtu, described } = await calculationOf(args, terminal);
  return { ...said, inner, outer, mss, tunnelMtu, linkMtu, layers: described.layers };
}

export const lint = command({
  name: 'lint',
  answers: 'lint',
  summary: 'What breaks tunnels in a configuration you have; exit 1 if there is a problem.',
  positionals: [{ name: 'file', describe: `${formats.map(({ title }) => title).join(', ')}; - for standard input` }],
  options: {
    ...gatewayOptions,
    ...profileOptions,
    ...fromOption,
    'from-format': texts({
      group,
      describe: `language of the configuration, where it is not recognised: ${formats.map(({ id }) => id).join(', ')}; or the format of --from`,
    }),
    ...outputOptions,
  },
  examples: [
    ['mtucalc lint export.rsc', 'what is wrong whatever the tunnel'],
    ['mtucalc lint export.rsc -c aes256-sha256 -w pppoe', 'and whether its MSS fits this tunnel'],
    ['mtucalc lint export.rsc --from export.rsc', 'the same, the tunnel taken from the export itself'],
    ['iptables-save | mtucalc lint - --ipsec xfrm --tunnel-if ipsec0', 'the running rules of a route-based gateway'],
  ],
  async run(args, terminal) {
    const path = args.words[0];
    if (path === undefined && terminal.stdin.isTTY) {
      throw new MtucalcError(
        'usage',
        'no configuration: name a file, or - for standard input',
        'for example: nft list ruleset | mtucalc lint -',
      );
    }
    if ((path ?? '-') === '-' && args.from === '-') {
      throw new MtucalcError(
        'usage',
        'both the configuration and --from are standard input',
        'name a file for one of them',
      );
    }
    const { configuration, device } = languagesOf(args['from-format']);
    const profile = await profileOf({ ...args, 'from-format': device }, terminal);
    const input = await readPasteInput(path ?? '-', terminal.stdin, 'a configuration');
    const result = lintConfiguration(input.text, profile, { file: input.from, format: configuration });
    return {
      kind: 'lint',
      value: result,
      outcome: {
        problem: hasProblem(result.findings),
        undecided: result.findings.some(
          ({ code, severity }) => unread.has(code) || (code === 'unfinished' && severity !== 'info'),
        ),
      },
    };
  },
});

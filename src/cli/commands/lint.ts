import { MtucalcError } from '../../error.js';
import { readPasteInput } from '../../io/paste-input.js';
import { formats } from '../../lint/formats.js';
import { lint as lintConfiguration } from '../../lint/lint.js';
import type { LintProfile } from '../../lint/rule.js';
import { palette, printJson, type Terminal, width } from '../../report/terminal.js';
import { lintText } from '../../report/text/lint.js';
import { ipsecStyles } from '../../snippet/plan.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { calculationOf, fromOption } from '../from.js';
import { choice, flag, once } from '../option.js';
import { isDescribed, profileOptions, requestOf } from '../profile-options.js';

type Args = Readonly<Record<string, unknown>>;

async function profileOf(args: Args, terminal: Pick<Terminal, 'stdin'>): Promise<LintProfile> {
  const said = {
    style: choice(args, 'ipsec', ipsecStyles),
    tunnelIf: once(args, 'tunnel-if'),
    wanIf: once(args, 'wan-if'),
    natT: flag(args, 'nat-t'),
  };
  if (!isDescribed(requestOf(args)) && once(args, 'from') === undefined) return said;
  const { mss, tunnelMtu } = await calculationOf(args, terminal);
  return { ...said, mss, tunnelMtu };
}

const text = { type: 'string', requiresArg: true, group: 'Configuration:' } as const;

export const lint = command({
  name: 'lint',
  summary: 'What breaks tunnels in a configuration you have; exit 1 if there is a problem.',
  positionals: [{ name: 'file', describe: `${formats.map(({ title }) => title).join(', ')}; - for standard input` }],
  options: {
    format: { ...text, describe: `read as this: ${formats.map(({ id }) => id).join(', ')}` },
    ipsec: { ...text, describe: 'how the gateway does IPsec: policy, xfrm, vti or libipsec' },
    'tunnel-if': { ...text, describe: 'name of the tunnel interface' },
    'wan-if': { ...text, describe: 'name of the interface towards the Internet' },
    ...profileOptions,
    ...fromOption,
    ...commonOptions,
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
    if ((path ?? '-') === '-' && once(args, 'from') === '-') {
      throw new MtucalcError(
        'usage',
        'both the configuration and --from are standard input',
        'name a file for one of them',
      );
    }
    const profile = await profileOf(args, terminal);
    const input = await readPasteInput(path ?? '-', terminal.stdin);
    const result = lintConfiguration(input.text, profile, { file: input.from, format: once(args, 'format') });
    if (args.json) printJson(terminal, result);
    else terminal.stdout.write(lintText(result, palette(terminal.stdout, terminal.env), width(terminal.stdout)));
    return result.findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
  },
});

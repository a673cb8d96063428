import { MtucalcError } from '../../error.js';
import { readPasteInput } from '../../io/paste-input.js';
import { calculate } from '../../mtu/calculate.js';
import { formats } from '../../snippet/lint/formats.js';
import { lint as lintConfiguration } from '../../snippet/lint/lint.js';
import type { LintProfile } from '../../snippet/lint/rule.js';
import { ipsecStyles } from '../../snippet/plan.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { lintText } from '../lint-text.js';
import { choice, flag, once } from '../option.js';
import { catalogueOf, isDescribed, profileOptions, requestOf } from '../profile-options.js';
import { palette, printJson, width } from '../terminal.js';

type Args = Readonly<Record<string, unknown>>;

async function profileOf(args: Args): Promise<LintProfile> {
  const request = requestOf(args);
  const said = {
    style: choice(args, 'ipsec', ipsecStyles),
    tunnelIf: once(args, 'tunnel-if'),
    wanIf: once(args, 'wan-if'),
    natT: flag(args, 'nat-t'),
  };
  if (!isDescribed(request)) return said;
  const { mss, tunnelMtu } = calculate(request, await catalogueOf(args));
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
    ...commonOptions,
  },
  examples: [
    ['mtucalc lint export.rsc', 'what is wrong whatever the tunnel'],
    ['mtucalc lint export.rsc -c aes256-sha256 -w pppoe', 'and whether its MSS fits this tunnel'],
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
    const profile = await profileOf(args);
    const input = await readPasteInput(path ?? '-', terminal.stdin);
    const result = lintConfiguration(input.text, profile, { file: input.from, format: once(args, 'format') });
    if (args.json) printJson(terminal, result);
    else terminal.stdout.write(lintText(result, palette(terminal.stdout, terminal.env), width(terminal.stdout)));
    return result.findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
  },
});

import { catalogue } from '../../../ciphers/index.js';
import { MtucalcError } from '../../error.js';
import { identify as identifyNumber } from '../../mtu/identify.js';
import { shown } from '../../mtu/nearest.js';
import { type Observed, observedIn } from '../../mtu/observed.js';
import { command } from '../command.js';
import { once, wholeNumber } from '../option.js';
import { outputOptions } from '../output-options.js';

const limits = [1, 65535] as const;

export const identify = command({
  name: 'identify',
  answers: 'identify',
  summary: 'Which stacks give exactly an observed tunnel MTU, MSS, ping size or overhead pair.',
  positionals: [
    {
      name: 'number',
      many: true,
      describe:
        'what was seen: 1422 (MTU, MSS or ping size), "74(44)" (ASA), "58-73" (overhead), or the line that holds it',
    },
  ],
  options: {
    mtu: { type: 'string', requiresArg: true, describe: 'read it as a tunnel MTU or as the MTU in an ICMP message' },
    mss: { type: 'string', requiresArg: true, describe: 'read it as a TCP MSS' },
    ping: { type: 'string', requiresArg: true, describe: 'read it as the largest ping payload (ping -s) that passes' },
    wan: { type: 'string', alias: 'w', requiresArg: true, describe: 'only this access link' },
    'link-mtu': { type: 'string', alias: 'm', requiresArg: true, describe: 'only this link MTU' },
    most: { type: 'string', requiresArg: true, describe: 'show at most this many stacks a reading', default: '8' },
    ...outputOptions,
  },
  examples: [
    ['mtucalc identify 1422', 'what is behind a tunnel MTU (or MSS) of 1422'],
    ['mtucalc identify --ping 1394', 'the largest ping -s that passes'],
    ['mtucalc identify "74(44)"', "Cisco ASA's ipsec overhead"],
    ['mtucalc identify "Frag needed and DF set (mtu = 1422)"', 'a line as it was printed'],
  ],
  async run(args) {
    const value = identifyNumber(observedOf(args), catalogue, {
      wan: once(args, 'wan'),
      linkMtu: wholeNumber(args, 'link-mtu', [68, 65535]),
    });
    const most = wholeNumber(args, 'most', [1, 10000]) ?? 8;
    return { kind: 'identify', value, shows: { most } };
  },
});

function observedOf(args: Readonly<Record<string, unknown>> & { readonly words: readonly string[] }): Observed {
  const given: Observed[] = [];
  if (args.words.length > 0) {
    // A message pasted without quotes comes in as many words.
    const text = args.words.join(' ');
    const observed = observedIn(text);
    if (observed === undefined) {
      throw new MtucalcError(
        'bad-value',
        `no one number of octets is found in ${shown(text)}`,
        'for example mtucalc identify 1422, identify "mtu = 1422", identify "74(44)" or identify "58-73"',
      );
    }
    given.push(observed);
  }
  for (const as of ['mtu', 'mss', 'ping'] as const) {
    const value = wholeNumber(args, as, limits);
    if (value !== undefined) given.push({ as, value });
  }
  if (given.length !== 1) {
    throw new MtucalcError(
      'incomplete',
      given.length === 0 ? 'no number given' : 'several numbers given, one is meant',
      'for example mtucalc identify 1422, or identify --ping 1394',
    );
  }
  return given[0] as Observed;
}

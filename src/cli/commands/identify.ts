import { catalogue } from '../../../ciphers/index.js';
import { MtucalcError } from '../../error.js';
import { identify as identifyNumber, type Observed } from '../../mtu/identify.js';
import { shown } from '../../mtu/nearest.js';
import { command } from '../command.js';
import { once, wholeNumber } from '../option.js';
import { outputOptions } from '../output-options.js';

const limits = [1, 65535] as const;

export const identify = command({
  name: 'identify',
  answers: 'identify',
  summary: 'Which stacks give exactly an observed tunnel MTU, MSS, ping size or overhead pair.',
  positionals: [{ name: 'number', describe: 'what was seen: 1422 (MTU or MSS), or a pair such as "74(44)"' }],
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
  const [word] = args.words;
  const given: Observed[] = [];
  if (word !== undefined) {
    const pair = /^(\d{1,4})\s*\((\d{1,4})\)$/.exec(word.trim());
    if (pair) given.push({ as: 'pair', overhead: Number(pair[1]), header: Number(pair[2]) });
    else if (/^\d{1,5}$/.test(word)) given.push({ as: 'any', value: Number(word) });
    else
      throw new MtucalcError(
        'bad-value',
        `${shown(word)} is no number of octets`,
        'for example mtucalc identify 1422, or identify "74(44)"',
      );
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

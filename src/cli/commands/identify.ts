import { catalogue } from '../../../ciphers/index.js';
import { MtucalcError } from '../../error.js';
import { identify as identifyNumber } from '../../mtu/identify.js';
import { shown } from '../../mtu/nearest.js';
import { type Observed, observedIn } from '../../mtu/observed.js';
import { command } from '../command.js';
import { text, whole } from '../option.js';
import { outputOptions } from '../output-options.js';

const USUAL_MOST = 8;

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
    mtu: whole(1, 65535, { describe: 'read it as a tunnel MTU or as the MTU in an ICMP message' }),
    mss: whole(1, 65535, { describe: 'read it as a TCP MSS' }),
    ping: whole(1, 65535, { describe: 'read it as the largest ping payload (ping -s) that passes' }),
    wan: text({ alias: 'w', describe: 'only this access link' }),
    'link-mtu': whole(68, 65535, { alias: 'm', describe: 'only this link MTU' }),
    most: whole(1, 10_000, { describe: 'show at most this many stacks a reading', usual: String(USUAL_MOST) }),
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
      wan: args.wan,
      linkMtu: args['link-mtu'],
    });
    const { most = USUAL_MOST } = args;
    return { kind: 'identify', value, shows: { most } };
  },
});

type Seen = { readonly [K in 'mtu' | 'mss' | 'ping']: number | undefined } & { readonly words: readonly string[] };

function observedOf(args: Seen): Observed {
  const given: Observed[] = [];
  if (args.words.length > 0) {
    // A message pasted without quotes comes in as many words.
    const line = args.words.join(' ');
    const observed = observedIn(line);
    if (observed === undefined) {
      throw new MtucalcError(
        'bad-value',
        `no one number of octets is found in ${shown(line)}`,
        'for example mtucalc identify 1422, identify "mtu = 1422", identify "74(44)" or identify "58-73"',
      );
    }
    given.push(observed);
  }
  for (const as of ['mtu', 'mss', 'ping'] as const) {
    const value = args[as];
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

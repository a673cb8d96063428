import { MtucalcError } from '../../error.js';
import { type Axis, axes, compare as compareChoices } from '../../mtu/compare.js';
import { shown } from '../../mtu/nearest.js';
import { splitProposals } from '../../mtu/proposals.js';
import { command } from '../command.js';
import { choice, every, once } from '../option.js';
import { outputOptions } from '../output-options.js';
import { catalogueOf, profileOptions, requestOf } from '../profile-options.js';

/** What is compared where nothing is named: the suites and links met most. */
const usual = {
  cipher: ['aes256gcm16', 'chacha20poly1305', 'aes256-sha1', 'aes256-sha256', 'aes256-sha512', '3des-sha1'],
  'nat-t': ['off', 'on'],
  wan: ['ethernet', 'pppoe'],
  outer: ['4'],
  tunnel: ['ipsec'],
} as const;

const show = ['mtu', 'mss4', 'mss6'] as const;

export const compare = command({
  name: 'compare',
  answers: 'compare',
  summary: 'A matrix of suites, NAT-T and WANs, the limiting values marked.',
  positionals: [],
  options: {
    ...profileOptions,
    rows: { type: 'string', requiresArg: true, describe: `axes down: ${axes.join(', ')}`, default: 'cipher' },
    columns: {
      type: 'string',
      requiresArg: true,
      describe: 'axes across, the last running fastest',
      default: 'wan,nat-t',
    },
    show: {
      type: 'string',
      requiresArg: true,
      describe: 'what stands in the cells: mtu, mss4 or mss6',
      default: 'mtu',
    },
    ...outputOptions,
  },
  examples: [
    ['mtucalc compare', 'the usual suites on Ethernet and PPPoE'],
    ['mtucalc compare -c aes256-sha1,aes128gcm16 -w ethernet,pppoe,lte', 'your own rows and columns'],
    [
      'mtucalc compare -c aes256gcm16 --rows tunnel --columns outer,nat-t -t ipsec,gre-ipsec,vxlan-ipsec',
      'tunnels side by side',
    ],
  ],
  async run(args) {
    const catalogue = await catalogueOf(args);
    const rowAxes = axesOf('rows', once(args, 'rows') ?? 'cipher');
    const columnAxes = axesOf('columns', once(args, 'columns') ?? 'wan,nat-t');
    const used = new Set([...rowAxes, ...columnAxes]);
    const list = (axis: Axis): readonly string[] => {
      const said = every(args, axis).join(',');
      const parts = axis === 'cipher' ? splitProposals(said, catalogue) : said.split(',').map((part) => part.trim());
      const given = said === '' ? [] : parts;
      return given.length > 0 && axis !== 'nat-t' ? given : usual[axis];
    };
    const nat = args['nat-t'];
    const choices = {
      cipher: list('cipher'),
      'nat-t': nat === undefined ? usual['nat-t'] : nat ? ['on'] : ['off'],
      wan: list('wan'),
      outer: args.outer === undefined && used.has('outer') ? ['4', '6'] : list('outer'),
      tunnel: list('tunnel'),
    };
    const fixed = Object.fromEntries(Object.entries(args).filter(([name]) => !used.has(name as Axis)));
    if (args['link-mtu'] !== undefined && used.has('wan')) {
      if (rowAxes.includes('wan') || args.columns !== 'wan,nat-t')
        throw new MtucalcError(
          'usage',
          '--link-mtu and the wan axis contradict each other',
          'take wan out of --rows and --columns',
        );
      columnAxes.splice(columnAxes.indexOf('wan'), 1);
      used.delete('wan');
    }
    const base = requestOf(fixed);
    const tunnelled = used.has('tunnel') || base.tunnel !== undefined || base.stack !== undefined;
    const value = compareChoices(
      tunnelled || used.has('cipher') ? base : { ...base, cipher: base.cipher ?? usual.cipher.join(',') },
      rowAxes,
      columnAxes,
      choices,
      catalogue,
    );
    return { kind: 'compare', value, shows: { cells: choice(args, 'show', show) ?? 'mtu' } };
  },
});

function axesOf(name: string, text: string): Axis[] {
  return text.split(',').map((word) => {
    const axis = axes.find((known) => known === word.trim().toLowerCase());
    if (!axis)
      throw new MtucalcError('unknown-name', `--${name} ${shown(word)} is no axis`, `choose from ${axes.join(', ')}`);
    return axis;
  });
}

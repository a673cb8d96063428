import { MtucalcError } from '../../error.js';
import { type Axis, axes, compare as compareChoices } from '../../mtu/compare.js';
import { shown } from '../../mtu/nearest.js';
import { splitProposals } from '../../mtu/proposals.js';
import { findTunnel, isIpsec, isOpenvpn } from '../../mtu/tunnel.js';
import { command } from '../command.js';
import { oneOf, text, texts } from '../option.js';
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

const USUAL_ROWS = 'cipher';
const USUAL_COLUMNS = 'wan,nat-t';

export const compare = command({
  name: 'compare',
  answers: 'compare',
  summary: 'A matrix of suites, NAT-T and WANs, the limiting values marked.',
  positionals: [],
  options: {
    ...profileOptions,
    // Along an axis there are several.
    wan: texts(profileOptions.wan),
    tunnel: texts(profileOptions.tunnel),
    outer: texts(profileOptions.outer),
    rows: text({ describe: `axes down: ${axes.join(', ')}`, usual: USUAL_ROWS }),
    columns: text({
      describe: 'axes across, the last running fastest',
      usual: USUAL_COLUMNS,
    }),
    show: oneOf(['mtu', 'mss4', 'mss6'], { describe: 'what stands in the cells: mtu, mss4 or mss6', usual: 'mtu' }),
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
    const suites = args.cipher.length > 0;
    const tunnels = args.tunnel.flatMap((word) => word.split(',')).map((word) => findTunnel(word.trim(), catalogue));
    const plain = tunnels.length > 0 && !tunnels.some(isIpsec);
    // Several tunnels stand below each other without being asked to, and so does one that has no suites.
    const several =
      (tunnels.length > 1 || (plain && !suites && !tunnels.some(isOpenvpn))) && !args.columns?.includes('tunnel');
    const rowAxes = axesOf('rows', args.rows ?? (several ? (suites ? 'cipher,tunnel' : 'tunnel') : USUAL_ROWS));
    const columnAxes = axesOf('columns', args.columns ?? (plain ? 'wan' : USUAL_COLUMNS));
    const used = new Set([...rowAxes, ...columnAxes]);
    const listed = (words: readonly string[], otherwise: readonly string[]): readonly string[] => {
      const all = words.flatMap((word) => word.split(',')).map((word) => word.trim());
      return all.length > 0 ? all : otherwise;
    };
    const nat = args['nat-t'];
    const choices = {
      cipher: args.cipher.length > 0 ? splitProposals(args.cipher.join(','), catalogue) : usual.cipher,
      'nat-t': nat === undefined ? usual['nat-t'] : nat ? ['on'] : ['off'],
      wan: listed(args.wan, usual.wan),
      outer: listed(args.outer, used.has('outer') ? ['4', '6'] : usual.outer).map(versionOf),
      tunnel: listed(args.tunnel, usual.tunnel),
    };
    if (args['link-mtu'] !== undefined && used.has('wan')) {
      if (rowAxes.includes('wan') || args.columns !== undefined)
        throw new MtucalcError(
          'usage',
          '--link-mtu and the wan axis contradict each other',
          'take wan out of --rows and --columns',
        );
      columnAxes.splice(columnAxes.indexOf('wan'), 1);
      used.delete('wan');
    }
    // What is no axis is the same everywhere, and makes sense once.
    const same = (axis: 'wan' | 'tunnel' | 'outer'): string | undefined =>
      used.has(axis) ? undefined : text({ describe: '' }).read(args[axis], axis);
    const outer = same('outer');
    const base = requestOf({
      ...args,
      cipher: used.has('cipher') ? [] : args.cipher,
      'nat-t': used.has('nat-t') ? undefined : nat,
      wan: same('wan'),
      tunnel: same('tunnel'),
      outer: outer === undefined ? undefined : versionOf(outer) === '6' ? 6 : 4,
    });
    const tunnelled = used.has('tunnel') || base.tunnel !== undefined || base.stack !== undefined;
    const value = compareChoices(
      tunnelled || used.has('cipher') ? base : { ...base, cipher: base.cipher ?? usual.cipher.join(',') },
      rowAxes,
      columnAxes,
      choices,
      catalogue,
    );
    return { kind: 'compare', value, shows: { cells: args.show ?? 'mtu' } };
  },
});

const versionOf = (word: string): string => String(profileOptions.outer.read([word], 'outer'));

function axesOf(name: string, words: string): Axis[] {
  return words.split(',').map((word) => {
    const axis = axes.find((known) => known === word.trim().toLowerCase());
    if (!axis)
      throw new MtucalcError('unknown-name', `--${name} ${shown(word)} is no axis`, `choose from ${axes.join(', ')}`);
    return axis;
  });
}

import { MtucalcError } from '../../error.js';
import { type Axis, axes, type Comparison, compare as compareChoices } from '../../mtu/compare.js';
import { shown } from '../../mtu/nearest.js';
import { splitProposals } from '../../mtu/proposals.js';
import { type Palette, palette, printJson } from '../../report/terminal.js';
import { table } from '../../report/text/table.js';
import { command } from '../command.js';
import { commonOptions } from '../common-options.js';
import { choice, every, once } from '../option.js';
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
    ...commonOptions,
  },
  examples: [
    ['mtucalc compare', 'the usual suites on Ethernet and PPPoE'],
    ['mtucalc compare -c aes256-sha1,aes128gcm16 -w ethernet,pppoe,lte', 'your own rows and columns'],
    [
      'mtucalc compare -c aes256gcm16 --rows tunnel --columns outer,nat-t -t ipsec,gre-ipsec,vxlan-ipsec',
      'tunnels side by side',
    ],
  ],
  async run(args, terminal) {
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
          'compare',
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
    if (args.json) printJson(terminal, value);
    else
      terminal.stdout.write(
        compareText(value, choice(args, 'show', show) ?? 'mtu', palette(terminal.stdout, terminal.env)),
      );
    return 0;
  },
});

function axesOf(name: string, text: string): Axis[] {
  return text.split(',').map((word) => {
    const axis = axes.find((known) => known === word.trim().toLowerCase());
    if (!axis)
      throw new MtucalcError('compare', `--${name} ${shown(word)} is no axis`, `choose from ${axes.join(', ')}`);
    return axis;
  });
}

function compareText(
  { rows, columns, cells, smallest }: Comparison,
  what: (typeof show)[number],
  colour: Palette,
): string {
  const label = (point: Readonly<Record<string, string>>): string =>
    Object.entries(point)
      .map(([axis, text]) =>
        axis === 'nat-t' ? (text === 'on' ? 'NAT-T' : 'no NAT-T') : axis === 'outer' ? `IPv${text}` : text,
      )
      .join(' ');
  const lines = rows.map((row, i) => [
    label(row as Record<string, string>),
    ...columns.map((_, j) => {
      const cell = cells[i * columns.length + j];
      if (!cell || cell.tunnelMtu === null || cell.mss === null) return '-';
      const text = String(what === 'mtu' ? cell.tunnelMtu : what === 'mss4' ? cell.mss.ipv4 : cell.mss.ipv6);
      return cell.limiting ? colour.yellow(`*${text}`) : text;
    }),
  ]);
  const drawn = table(['', ...columns.map((column) => label(column as Record<string, string>))], lines, {
    right: columns.map((_, j) => j + 1),
    colour,
  });
  const title = { mtu: 'Tunnel MTU', mss4: 'MSS for IPv4', mss6: 'MSS for IPv6' }[what];
  const whys = [...new Set(cells.flatMap(({ why }) => (why ? [why] : [])))].slice(0, 5);
  const possible = cells.filter(({ tunnelMtu }) => tunnelMtu !== null).length;
  const end = `* limits: tunnel MTU ${smallest} is safe for ${possible === cells.length ? 'all of them' : `the ${possible} of ${cells.length} that are possible`}`;
  return `${title}, octets\n${drawn}\n${end}\n${whys.map((why) => `- ${why}\n`).join('')}`;
}

import type { Calculation } from '../../mtu/calculation.js';
import type { Part } from '../../mtu/layer.js';
import type { Look } from '../look.js';
import type { Palette } from '../palette.js';
import { tableWithin } from './table.js';
import { indented, wrapPieces, wrapText } from './wrap.js';

/** The answer first, then how it comes about, then what was assumed. */
export function calcText(value: Calculation, { colour, columns }: Look): string {
  const { linkMtu, tunnelMtu, mss, steps, slack, nextStep, described, packet, overhead } = value;
  const prose = (text: string): string[] => wrapText(text, columns);
  const lines = [
    ...prose(
      `${colour.bold(`Tunnel MTU ${tunnelMtu}`)}, safe TCP MSS ${colour.bold(String(mss.ipv4))} (IPv4) and ${colour.bold(String(mss.ipv6))} (IPv6)`,
    ),
    ...wrapPieces(
      [
        described.suite ?? described.tunnel,
        ...(described.natT === null ? [] : [described.natT ? 'NAT-T' : 'no NAT-T']),
        `${described.wan}, link MTU ${linkMtu}`,
      ],
      ' · ',
      columns,
    ),
    '',
  ];
  if (value.limiting !== null) {
    const same = value.alternatives.every(({ what, tunnelMtu: other }) => what !== 'suite' || other === tunnelMtu);
    lines.push(
      ...prose(same ? 'Every proposal gives the same.' : `Safe for every proposal; ${value.limiting} limits.`),
      '',
    );
  }
  if (steps.length > 0) {
    const link = [`${described.wan} link`, '', '', String(linkMtu), described.wanSource];
    const rows = steps.map(({ layer, room, overhead: taken, source }) => [
      layer,
      String(room),
      signed(taken),
      String(room - taken),
      source,
    ]);
    lines.push(
      tableWithin(columns, ['layer', 'available', 'overhead', 'left', 'source'], [link, ...rows], {
        right: [1, 2, 3],
        colour,
        fold: [4],
      }),
      '',
    );
    lines.push(...bar(packet, colour, columns), '');
    const range =
      overhead.least === overhead.most
        ? `Every packet grows by ${overhead.least} octets`
        : `A packet grows by ${overhead.least} to ${overhead.most} octets, whatever its size${value.assumptions.some(({ what }) => what === 'tfc') ? ', TFC padding apart' : ''}`;
    lines.push(
      ...prose(
        `${range}; ${slack === 0 ? 'none of the link MTU is' : `${slack} of the link MTU ${slack === 1 ? 'is' : 'are'}`} left unused.`,
      ),
    );
    const next = [
      ...(nextStep.below
        ? [`a link MTU of ${nextStep.below.linkMtu} would drop it to ${nextStep.below.tunnelMtu}`]
        : []),
      ...(nextStep.above ? [`${nextStep.above.linkMtu} would raise it to ${nextStep.above.tunnelMtu}`] : []),
    ].join(', ');
    lines.push(...prose(`${next.charAt(0).toUpperCase()}${next.slice(1)}.`), '');
  }
  if (value.assumptions.length > 0)
    lines.push(
      colour.bold('Assumed'),
      ...value.assumptions.flatMap(({ says }) => indented(says, columns, '    ', '  ')),
      '',
    );
  const suites = value.alternatives.filter(({ what }) => what === 'suite');
  if (suites.length > 0) {
    lines.push(
      colour.bold('Other proposals'),
      ...suites.flatMap(({ choice, tunnelMtu: mtu, mss: other }) =>
        indented(`${choice}: tunnel MTU ${mtu}, MSS ${other.ipv4}/${other.ipv6}`, columns, '    ', '  '),
      ),
      '',
    );
  }
  for (const { says, fix } of value.warnings)
    lines.push(
      ...prose(`${colour.yellow('Warning:')} ${says}`),
      ...(fix ? indented(fix, columns).map(colour.dim) : []),
      '',
    );
  return `${lines.join('\n').trimEnd()}\n`;
}

const signed = (overhead: number): string => (overhead < 0 ? `+${-overhead}` : overhead === 0 ? '0' : `-${overhead}`);

const paints = ['cyan', 'yellow', 'green'] as const;

/** The full-size packet on one line, widths to scale, and a legend where names do not fit in. */
export function bar(packet: readonly Part[], colour: Palette, columns: number): string[] {
  const total = packet.reduce((sum, { octets }) => sum + octets, 0);
  const room = Math.max(24, Math.min(columns, 100) - packet.length - 1);
  const scaled = packet.map(({ octets }) => Math.max(1, Math.round((octets / total) * room)));
  // A header of a few octets takes a whole cell: the largest part gives them up.
  const largest = scaled.indexOf(Math.max(...scaled));
  const spare = room - scaled.reduce((sum, cells) => sum + cells, 0);
  let drawn = '|';
  packet.forEach(({ name, octets }, i) => {
    const cells = (scaled[i] ?? 1) + (i === largest ? spare : 0);
    const label = `${name} ${octets}`.length <= cells ? `${name} ${octets}` : name.length <= cells ? name : '';
    const left = Math.floor((cells - label.length) / 2);
    const fill = name === 'inner' ? ' ' : name === 'pad' ? '.' : '=';
    const cell =
      label === '' ? fill.repeat(cells) : `${fill.repeat(left)}${label}${fill.repeat(cells - label.length - left)}`;
    const paint = name === 'inner' ? colour.bold : colour[paints[i % paints.length] as (typeof paints)[number]];
    drawn += `${paint(cell)}|`;
  });
  const legend = packet.map(({ name, octets }) => `${name} ${octets}`);
  return [drawn, ...wrapPieces(legend, ' | ', columns), `= ${total} octets on the link`];
}

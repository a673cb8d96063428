import type { Calculation } from '../../mtu/calculation.js';
import type { Part } from '../../mtu/layer.js';
import type { Look } from '../look.js';
import type { Palette } from '../palette.js';
import { table } from './table.js';

/** The answer first, then how it comes about, then what was assumed. */
export function calcText(value: Calculation, { colour, columns }: Look): string {
  const { linkMtu, tunnelMtu, mss, steps, slack, nextStep, described, packet, overhead } = value;
  const lines = [
    `${colour.bold(`Tunnel MTU ${tunnelMtu}`)}, safe TCP MSS ${colour.bold(String(mss.ipv4))} (IPv4) and ${colour.bold(String(mss.ipv6))} (IPv6)`,
    [
      described.suite ?? described.tunnel,
      ...(described.natT === null ? [] : [described.natT ? 'NAT-T' : 'no NAT-T']),
      `${described.wan}, link MTU ${linkMtu}`,
    ].join(' · '),
    '',
  ];
  if (value.limiting !== null) {
    const same = value.alternatives.every(({ what, tunnelMtu: other }) => what !== 'suite' || other === tunnelMtu);
    lines.push(same ? 'Every proposal gives the same.' : `Safe for every proposal; ${value.limiting} limits.`, '');
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
      table(['layer', 'room', 'overhead', 'left', 'source'], [link, ...rows], { right: [1, 2, 3], colour }),
      '',
    );
    lines.push(...bar(packet, colour, columns), '');
    const range =
      overhead.least === overhead.most
        ? `Every packet grows by ${overhead.least} octets`
        : `A packet grows by ${overhead.least} to ${overhead.most} octets, whatever its size${value.assumptions.some(({ what }) => what === 'tfc') ? ', TFC padding apart' : ''}`;
    lines.push(
      `${range}; ${slack === 0 ? 'none of the link MTU is' : `${slack} of the link MTU ${slack === 1 ? 'is' : 'are'}`} left unused.`,
    );
    const next = [
      ...(nextStep.below
        ? [`a link MTU of ${nextStep.below.linkMtu} would drop it to ${nextStep.below.tunnelMtu}`]
        : []),
      ...(nextStep.above ? [`${nextStep.above.linkMtu} would raise it to ${nextStep.above.tunnelMtu}`] : []),
    ].join(', ');
    lines.push(`${next.charAt(0).toUpperCase()}${next.slice(1)}.`, '');
  }
  if (value.assumptions.length > 0)
    lines.push(colour.bold('Assumed'), ...value.assumptions.map(({ says }) => `  ${says}`), '');
  const suites = value.alternatives.filter(({ what }) => what === 'suite');
  if (suites.length > 0) {
    lines.push(
      colour.bold('Other proposals'),
      ...suites.map(
        ({ choice, tunnelMtu: mtu, mss: other }) => `  ${choice}: tunnel MTU ${mtu}, MSS ${other.ipv4}/${other.ipv6}`,
      ),
      '',
    );
  }
  for (const { says, fix } of value.warnings)
    lines.push(`${colour.yellow('Warning:')} ${says}${fix ? `\n  ${colour.dim(fix)}` : ''}`, '');
  return `${lines.join('\n').trimEnd()}\n`;
}

const signed = (overhead: number): string => (overhead < 0 ? `+${-overhead}` : overhead === 0 ? '0' : `-${overhead}`);

const paints = ['cyan', 'yellow', 'green'] as const;

/** The full-size packet on one line, widths to scale, and a legend where names do not fit in. */
export function bar(packet: readonly Part[], colour: Palette, columns: number): string[] {
  const total = packet.reduce((sum, { octets }) => sum + octets, 0);
  const room = Math.max(24, Math.min(columns, 100) - packet.length - 1);
  let drawn = '|';
  packet.forEach(({ name, octets }, i) => {
    const cells = Math.max(1, Math.round((octets / total) * room));
    const label = `${name} ${octets}`.length <= cells ? `${name} ${octets}` : name.length <= cells ? name : '';
    const left = Math.floor((cells - label.length) / 2);
    const fill = name === 'inner' ? ' ' : name === 'pad' ? '.' : '=';
    const cell =
      label === '' ? fill.repeat(cells) : `${fill.repeat(left)}${label}${fill.repeat(cells - label.length - left)}`;
    const paint = name === 'inner' ? colour.bold : colour[paints[i % paints.length] as (typeof paints)[number]];
    drawn += `${paint(cell)}|`;
  });
  return [drawn, packet.map(({ name, octets }) => `${name} ${octets}`).join(' | '), `= ${total} octets on the link`];
}

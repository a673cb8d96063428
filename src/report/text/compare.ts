import type { Comparison } from '../../mtu/compare.js';
import type { Look } from '../look.js';
import { table } from './table.js';

/** The matrix, the limiting values marked, and why cells are empty. */
export function compareText(
  { rows, columns, cells, smallest }: Comparison,
  { colour, shows: { cells: what = 'mtu' } = {} }: Look,
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

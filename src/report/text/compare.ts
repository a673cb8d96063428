import type { Comparison } from '../../mtu/compare.js';
import type { Look } from '../look.js';
import { table } from './table.js';
import { indented, visibleLength, wrapText } from './wrap.js';

/** The matrix, the limiting values marked, and why cells are empty. */
export function compareText(
  { rows, columns, cells, smallest }: Comparison,
  { colour, columns: width, shows: { cells: what = 'mtu' } = {} }: Look,
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
  const head = ['', ...columns.map((column) => label(column as Record<string, string>))];
  const drawn = blocks(head, lines, width)
    .map((block) =>
      table(
        block.map((j) => head[j] ?? ''),
        lines.map((line) => block.map((j) => line[j] ?? '')),
        { right: block.map((_, at) => at).slice(1), colour },
      ),
    )
    .join('\n');
  const title = { mtu: 'Tunnel MTU', mss4: 'MSS for IPv4', mss6: 'MSS for IPv6' }[what];
  const whys = [...new Set(cells.flatMap(({ why }) => (why ? [why] : [])))].slice(0, 5);
  const possible = cells.filter(({ tunnelMtu }) => tunnelMtu !== null).length;
  const end = `* limits: tunnel MTU ${smallest} is safe for ${possible === cells.length ? 'all of them' : `the ${possible} of ${cells.length} that are possible`}`;
  const below = [...wrapText(end, width), ...whys.flatMap((why) => indented(why, width, '  ', '- '))];
  return `${title}, octets\n${drawn}\n${below.join('\n')}\n`;
}

/** The columns in groups that fit beside the row labels; a matrix too wide for the screen stands in several parts. */
function blocks(head: readonly string[], lines: readonly (readonly string[])[], width: number): number[][] {
  const widths = head.map((text, j) =>
    Math.max(visibleLength(text), ...lines.map((line) => visibleLength(line[j] ?? ''))),
  );
  const parts: number[][] = [];
  let room = 0;
  for (let j = 1; j < head.length; j++) {
    room -= (widths[j] ?? 0) + 2;
    if (room >= 0) parts.at(-1)?.push(j);
    else {
      parts.push([0, j]);
      room = width - (widths[0] ?? 0) - (widths[j] ?? 0) - 2;
    }
  }
  return parts;
}

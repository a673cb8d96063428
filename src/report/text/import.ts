import type { ImportAnswer, Imported, ImportedRow, MeasuredPaste } from '../../device/imported.js';
import type { Finding } from '../../finding.js';
import { cipherText } from '../../mtu/proposals.js';
import type { Look } from '../look.js';
import type { Palette } from '../palette.js';
import { calcText } from './calc.js';
import { tableWithin } from './table.js';
import { indented, wrapPieces, wrapText } from './wrap.js';

/** What a paste came to: its tunnels, or what it measured. */
export const importText = (value: ImportAnswer, look: Look): string =>
  'calculation' in value ? tunnelsText(value, look) : measuredText(value, look);

/** Each path in a row, then what follows. */
function measuredText({ formats, paths, findings, assumptions }: MeasuredPaste, { colour, columns }: Look): string {
  const figure = (value: number | null): string => (value === null ? '-' : String(value));
  const table = tableWithin(
    columns,
    ['to', 'arrived', 'refused', 'MTU named', 'MSS v4/v6'],
    paths.map(({ to, arrived, refused, ptb, mss }) => [
      to ?? '?',
      figure(arrived),
      figure(refused),
      figure(ptb),
      mss === null ? '-' : `${mss.ipv4}/${mss.ipv6}`,
    ]),
    { right: [1, 2, 3], colour },
  );
  const lines = [
    ...wrapText(`Read ${listed(formats)}: sizes are whole IP packets, octets.`, columns),
    '',
    ...(paths.length > 0 ? [table, ''] : []),
    ...findings.flatMap((finding) => findingLines(finding, colour, columns)),
    ...assumptions.flatMap(({ says }) => indented(says, columns, '    ', '  ')),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The limiting figure first, then every SA, then what was compared and taken for granted. */
function tunnelsText(value: Imported, look: Look): string {
  const { colour, columns, shows } = look;
  const { rows, limiting, calculation, formats, link } = value;
  // The answer leads; the rest of the calculation follows the SAs. Its assumptions stand in the list below.
  const [answer = '', ...budget] = calcText({ ...calculation, assumptions: [] }, look)
    .trimEnd()
    .split('\n');
  const lines = [
    answer,
    ...wrapText(`Read ${listed(formats)}: ${counted(rows)}. Link MTU ${value.linkMtu} from ${link}.`, columns),
    '',
    tableWithin(
      columns,
      ['', 'line', 'tunnel', 'suite', 'mode', 'NAT-T', 'outer', 'tunnel MTU', 'MSS v4/v6'],
      shownRows(value).map((row) => cells(row, rows.length > 1 && row === rows[limiting])),
      { right: [1, 7], colour, fold: [3, 2] },
    ),
    '',
  ];
  const left = rows.length - MOST_ROWS;
  if (left > 0) lines.push(...wrapText(`${left} more rows, none with less room; --json lists them all.`, columns), '');
  if (rows.length > 1)
    lines.push(
      ...wrapText(
        `> limits: its value is safe for every row${rows.some(({ missing }) => missing !== null) ? ' that has a figure' : ''}. In full:`,
        columns,
      ),
      '',
    );
  lines.push(...budget, '');
  if (value.findings.length > 0)
    lines.push(...value.findings.flatMap((finding) => findingLines(finding, colour, columns)), '');
  if (value.assumptions.length > 0)
    lines.push(
      colour.bold('Assumed and left aside'),
      ...value.assumptions.flatMap(({ says }) => indented(says, columns, '    ', '  ')),
      '',
    );
  // Broken as a shell continues a line, so that it can be copied whole.
  const same = wrapPieces(['Same as:', ...commandLine(value)], ' ', columns - INDENT.length - CONTINUED.length);
  lines.push(
    ...same.map((line, at) => colour.dim(`${at > 0 ? INDENT : ''}${line}${at < same.length - 1 ? CONTINUED : ''}`)),
  );
  if (shows?.verbose)
    lines.push(
      '',
      colour.bold('Understood'),
      ...value.understood.flatMap(({ line, says }) => indented(`line ${line}: ${says}`, columns, '    ', '  ')),
    );
  return `${lines.join('\n').trimEnd()}\n`;
}

const INDENT = '  ';
const CONTINUED = ' \\';

/** A page of rows; the rest is for `--json`. */
const MOST_ROWS = 40;

/** All rows in the order of the paste, or those with the least room where they are too many. */
function shownRows({ rows }: Imported): readonly ImportedRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  const room = ({ tunnelMtu }: ImportedRow): number => tunnelMtu ?? 0;
  return [...rows].sort((a, b) => room(a) - room(b)).slice(0, MOST_ROWS);
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

function counted(rows: readonly ImportedRow[]): string {
  const words = {
    sa: ['SA', 'SAs'],
    proposal: ['proposal', 'proposals'],
    wireguard: ['WireGuard peer', 'WireGuard peers'],
    tunnel: ['tunnel', 'tunnels'],
  } as const;
  return (Object.keys(words) as (keyof typeof words)[])
    .map((kind) => [kind, rows.filter((row) => row.kind === kind).reduce((sum, { count }) => sum + count, 0)] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${words[kind][count === 1 ? 0 : 1]}`)
    .join(', ');
}

function cells(row: ImportedRow, limits: boolean): string[] {
  const between = row.between[0] ?? '';
  const tunnel = [row.name, between, row.directions.join('+'), row.count > 1 ? `${row.count} SAs` : '']
    .filter(Boolean)
    .join(' ');
  const payload = row.payload === 'ip' || row.protocol === 'none' ? '' : ` + ${row.payload.toUpperCase()}`;
  return [
    limits ? '>' : '',
    String(row.line),
    tunnel,
    `${row.suite}${payload}`,
    row.mode ?? '-',
    row.natT === null ? (row.protocol === 'esp' ? '?' : '-') : row.natT ? 'yes' : 'no',
    row.outer === null ? '?' : `IPv${row.outer}`,
    row.tunnelMtu === null ? '-' : String(row.tunnelMtu),
    row.mss === null ? '-' : `${row.mss.ipv4}/${row.mss.ipv6}`,
  ];
}

const marks = { info: '', warning: 'Warning: ', problem: 'Problem: ' } as const;

function findingLines({ severity, says, fix }: Finding, colour: Palette, columns: number): string[] {
  const mark =
    severity === 'info' ? '' : severity === 'warning' ? colour.yellow(marks.warning) : colour.red(marks.problem);
  return [...wrapText(`${mark}${says}`, columns), ...(fix ? indented(fix, columns).map(colour.dim) : [])];
}

/** The options that ask the calculator the same, each with its value. */
function commandLine({ request, linkMtu }: Imported): string[] {
  const word = (text: string): string => (/^[\w.,:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const parts = ['mtucalc'];
  if (request.stack !== undefined) parts.push(`--stack ${word(request.stack)}`);
  if (request.tunnel !== undefined && request.tunnel !== 'ipsec') parts.push(`--tunnel ${word(request.tunnel)}`);
  const { cipher } = request;
  const suite = typeof cipher === 'object' ? cipher : undefined;
  if (cipher !== undefined && suite?.encr !== null) parts.push(`--cipher ${word(cipherText(cipher))}`);
  if (request.ah) parts.push('--ah');
  const auth = request.auth ?? suite?.ah?.id;
  if (auth !== undefined) parts.push(`--auth ${word(auth)}`);
  if (request.mode !== undefined) parts.push(`--mode ${request.mode}`);
  if (request.natT !== undefined) parts.push(request.natT ? '--nat-t' : '--no-nat-t');
  if (request.outer !== undefined) parts.push(`--outer ${request.outer}`);
  return [...parts, `--link-mtu ${linkMtu}`];
}

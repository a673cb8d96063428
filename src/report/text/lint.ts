import { formats } from '../../lint/formats.js';
import type { LintResult } from '../../lint/lint.js';
import type { LintFinding } from '../../lint/rule.js';
import type { Walk } from '../../lint/walks.js';
import type { Look } from '../look.js';
import { indented, wrapText } from './wrap.js';

/** Ways through the rules that are shown; --json has them all. */
const MOST_PATHS = 12;

const counted = (count: number, one: string): string[] =>
  count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`];

const INDENT = '  ';
/** Of what goes on in the next line, so that it is not taken for a line of its own. */
const HANGING = '       ';

const ends = {
  interface: { out: 'LAN to tunnel', in: 'tunnel to LAN' },
  wan: { out: 'LAN to WAN', in: 'WAN to LAN' },
  hosts: { out: 'one way', in: 'the other way' },
} as const;

/** "IPv4, wg0, LAN to tunnel: SYN, SYN/ACK: line 12 -> 1360": what ends alike stands together. */
function walkLines(walks: readonly Walk[]): string[] {
  const together = new Map<string, Set<string>>();
  for (const { family, tunnel, kind, way, between, packet, state, mss, lines } of walks) {
    const where = `IPv${family}, ${tunnel}, ${ends[kind][way]}${between === '' ? '' : ` (${between})`}`;
    const end =
      state === 'clamped'
        ? `line ${lines[0]} -> ${mss === 'pmtu' ? 'the MTU of the route' : mss}`
        : state === 'stopped'
          ? `taken by line ${lines[0]} before the clamp of line ${lines[1]}`
          : 'no clamp';
    const key = `${where}\n${end}`;
    together.set(key, (together.get(key) ?? new Set()).add(packet));
  }
  const all = [...together].map(([key, packets]) => {
    const [where, end] = key.split('\n');
    return `${where}: ${[...packets].sort().join(', ')}: ${end}`;
  });
  return all.length > MOST_PATHS
    ? [...all.slice(0, MOST_PATHS), `and ${all.length - MOST_PATHS} more (--json has them)`]
    : all;
}

/** Findings by line, each with the line itself and what to write instead. */
const NOT_COMPARED =
  'The numbers were not compared with what fits: say which tunnel it is (-c, -t, -w), or --from FILE where a file says it, this one perhaps.';

export function lintText(result: LintResult, { colour, columns }: Look): string {
  const { file, format, read, findings, walks, compared } = result;
  const title = formats.find(({ id }) => id === format)?.title ?? format;
  const seen = [
    ...counted(read.clamps, 'clamp'),
    ...counted(read.sourceNats, 'source NAT rule'),
    ...counted(read.fastPaths, 'fast path rule'),
    ...counted(read.interfaces, 'interface'),
    ...counted(read.settings, 'setting'),
  ];
  const what = seen.length > 0 ? seen.join(', ') : 'nothing that concerns MTU or MSS';
  const about = `${file}: ${title}, ${read.understood} of ${read.lines} lines read, ${what}`;
  const paths = walkLines(walks).flatMap((line) => indented(line, columns, HANGING, INDENT).map(colour.dim));
  const head = `${[...wrapText(about, columns), ...paths].join('\n')}\n`;
  // Only numbers can be too large for a tunnel that was not described.
  const numbers = read.interfaces > 0 || walks.some(({ mss }) => typeof mss === 'number');
  const open = compared || !numbers ? '' : `\n${wrapText(NOT_COMPARED, columns).map(colour.dim).join('\n')}\n`;
  if (findings.length === 0) {
    const whole = read.understood === read.lines && open === '';
    return `${head}${whole ? colour.green('no findings') : `no findings in the ${read.understood} lines that were read`}\n${open}`;
  }
  const paint = { problem: colour.red, warning: colour.yellow, info: colour.cyan };
  const entry = ({ line, severity, says, fix, evidence, code }: LintFinding): string => {
    const places = evidence.flatMap(({ value, from }) =>
      indented(`${from}: ${value}`, columns, HANGING, INDENT).map(colour.dim),
    );
    const cure = fix === undefined ? [] : indented(`fix: ${fix}`, columns, HANGING, INDENT);
    const title = `${paint[severity](severity)} ${colour.bold(`line ${line}`)} ${colour.dim(`[${code}]`)}`;
    return `\n${[title, ...indented(says, columns, INDENT), ...places, ...cure].join('\n')}\n`;
  };
  return head + findings.map(entry).join('') + open;
}

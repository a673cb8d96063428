import type { Diagnosed, Placed } from '../../diagnose/answer.js';
import type { Look } from '../look.js';
import type { Palette } from '../palette.js';
import { printable } from './printable.js';
import { indented, wrapText } from './wrap.js';

/** Findings shown beside the cause; the rest is for `--json`. */
const MOST = 12;
const EVIDENCE = 4;

/** One page: cause, evidence, the lines to paste, how to check it afterwards. */
export function diagnoseText(value: Diagnosed, { colour, columns }: Look): string {
  const { cause, findings, target, paste, check } = value;
  const lines: string[] = [];
  if (cause) {
    lines.push(...wrapText(`${colour.bold('Cause')}: ${cause.says}`, columns), ...where(cause, colour));
    lines.push(...evidenceOf(cause).flatMap((says) => indented(says, columns, '    ', '  ')));
    if (cause.fix) lines.push(...indented(cause.fix, columns).map(colour.dim));
  } else
    lines.push(
      ...wrapText(
        `${colour.bold('No cause found')} in what was given. That is no all-clear: see below what was not shown.`,
        columns,
      ),
    );
  lines.push(
    '',
    colour.bold('Put together'),
    ...summary(value).flatMap((says) => indented(says, columns, '    ', '  ')),
  );
  const others = findings.filter((one) => one !== cause && (one.severity !== 'info' || one.of === null));
  if (others.length > 0) {
    lines.push('', colour.bold('Also'));
    for (const one of others.slice(0, MOST))
      lines.push(
        ...indented(
          `${one.severity}: ${one.says}${one.of === null ? '' : ` (${printable(one.of)})`}`,
          columns,
          '    ',
          '  ',
        ),
      );
    if (others.length > MOST) lines.push(`  and ${others.length - MOST} more; --json has them all`);
  }
  if (target)
    lines.push(
      '',
      ...wrapText(
        `${colour.bold('Set')}: MTU ${target.mtu}, MSS ${target.mss.ipv4} (IPv4) and ${target.mss.ipv6} (IPv6), from ${printable(target.from)}.`,
        columns,
      ),
    );
  if (paste) lines.push('', colour.bold(`For ${paste.title}`), '', paste.text.trimEnd());
  lines.push('', colour.bold('Check afterwards'), ...check.map((line) => `  ${printable(line)}`));
  return `${lines.join('\n')}\n`;
}

const where = ({ of, code }: Placed, colour: Palette): string[] => [
  colour.dim(`  ${code}${of === null ? ', from all of it together' : `, in ${printable(of)}`}`),
];

const evidenceOf = ({ evidence }: Placed): string[] =>
  evidence.slice(0, EVIDENCE).map(({ value, from }) => `${value}: ${from}`);

const ways = { path: 'to', peer: "to the tunnel's far end", self: 'to this very host,' } as const;

function summary({ things, fits, happens, carries }: Diagnosed): string[] {
  const figure = (value: number | null, word: string): string[] => (value === null ? [] : [`${value} ${word}`]);
  return [
    ...things.map(
      ({ name, kinds, formats }) =>
        `${printable(name === '-' ? 'standard input' : name)}: ${kinds.join(', ')} (${formats.join(', ')})`,
    ),
    fits
      ? `fits: ${fits.tunnelMtu} octets, MSS ${fits.mss.ipv4}/${fits.mss.ipv6}: ${fits.says} on a link of ${fits.linkMtu}`
      : 'what fits is not known: show the SAs or the tunnel (mtucalc import --help), or give --cipher and --wan',
    ...happens.map(({ verdict, says, of }) => `happens: ${verdict}: ${says} (${printable(of)})`),
    ...carries.map(
      ({ to, arrived, refused, ptb, verdict, way }) =>
        `carries: ${ways[way]} ${printable(to ?? 'a host')}: ${verdict === null ? '' : `${verdict}: `}${[...figure(arrived, 'arrive'), ...figure(refused, 'are refused'), ...figure(ptb, 'was named')].join(', ') || 'nothing proven'}`,
    ),
    ...(happens.length === 0 && carries.length === 0
      ? ['what the path carries is not known: a capture, or ping with DF, shows it (mtucalc probe HOST measures it)']
      : []),
  ];
}

import type { Diagnosed, Placed } from '../../diagnose/answer.js';
import { besides, summaryRows } from '../diagnose-rows.js';
import type { Look } from '../look.js';
import type { Palette } from '../palette.js';
import { printable } from './printable.js';
import { indented, wrapText } from './wrap.js';

/** Findings shown beside the cause; the rest is for `--json`. */
const MOST = 12;
const EVIDENCE = 4;

/** One page: cause, evidence, the lines to paste, how to check it afterwards. */
export function diagnoseText(value: Diagnosed, { colour, columns }: Look): string {
  const { cause, target, paste, check } = value;
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
    ...summaryRows(value).flatMap(([what, says]) => indented(printable(`${what}: ${says}`), columns, '    ', '  ')),
  );
  const others = besides(value);
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

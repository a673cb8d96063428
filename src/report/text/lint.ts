import { formats } from '../../lint/formats.js';
import type { LintResult } from '../../lint/lint.js';
import type { LintFinding } from '../../lint/rule.js';
import type { Look } from '../look.js';
import { indented, wrapText } from './wrap.js';

const counted = (count: number, one: string): string[] =>
  count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`];

const INDENT = '  ';
/** Of what goes on in the next line, so that it is not taken for a line of its own. */
const HANGING = '       ';

/** Findings by line, each with the line itself and what to write instead. */
export function lintText({ file, format, read, findings }: LintResult, { colour, columns }: Look): string {
  const title = formats.find(({ id }) => id === format)?.title ?? format;
  const seen = [
    ...counted(read.clamps, 'clamp'),
    ...counted(read.sourceNats, 'source NAT rule'),
    ...counted(read.fastPaths, 'fast path rule'),
    ...counted(read.settings, 'setting'),
  ];
  const about = `${file}: ${title}, ${seen.length > 0 ? seen.join(', ') : 'nothing that concerns MTU or MSS'}`;
  const head = `${wrapText(about, columns).join('\n')}\n`;
  if (findings.length === 0) return `${head}${colour.green('no findings')}\n`;
  const paint = { problem: colour.red, warning: colour.yellow, info: colour.cyan };
  const entry = ({ line, severity, says, fix, evidence, code }: LintFinding): string => {
    const places = evidence.flatMap(({ value, from }) =>
      indented(`${from}: ${value}`, columns, HANGING, INDENT).map(colour.dim),
    );
    const cure = fix === undefined ? [] : indented(`fix: ${fix}`, columns, HANGING, INDENT);
    const title = `${paint[severity](severity)} ${colour.bold(`line ${line}`)} ${colour.dim(`[${code}]`)}`;
    return `\n${[title, ...indented(says, columns, INDENT), ...places, ...cure].join('\n')}\n`;
  };
  return head + findings.map(entry).join('');
}

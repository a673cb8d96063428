import { formats } from '../../lint/formats.js';
import type { LintResult } from '../../lint/lint.js';
import type { LintFinding } from '../../lint/rule.js';
import type { Look } from '../look.js';

function wrapped(text: string, indent: string, columns: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}

const counted = (count: number, one: string): string[] =>
  count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`];

/** Findings by line, each with the line itself and what to write instead. */
export function lintText({ file, format, read, findings }: LintResult, { colour, columns }: Look): string {
  const title = formats.find(({ id }) => id === format)?.title ?? format;
  const seen = [
    ...counted(read.clamps, 'clamp'),
    ...counted(read.sourceNats, 'source NAT rule'),
    ...counted(read.fastPaths, 'fast path rule'),
    ...counted(read.settings, 'setting'),
  ];
  const head = `${file}: ${title}, ${seen.length > 0 ? seen.join(', ') : 'nothing that concerns MTU or MSS'}\n`;
  if (findings.length === 0) return `${head}${colour.green('no findings')}\n`;
  const paint = { problem: colour.red, warning: colour.yellow, info: colour.cyan };
  const entry = ({ line, severity, says, fix, evidence, code }: LintFinding): string => {
    const places = evidence.map(({ value, from }) => `  ${colour.dim(`${from}: ${value}`)}\n`).join('');
    return `\n${paint[severity](severity)} ${colour.bold(`line ${line}`)} ${colour.dim(`[${code}]`)}\n  ${wrapped(says, '  ', columns)}\n${places}${fix ? `  fix: ${wrapped(fix, '       ', columns)}\n` : ''}`;
  };
  return head + findings.map(entry).join('');
}

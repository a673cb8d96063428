import type { Severity } from '../../finding.js';
import type { LintResult } from '../../lint/lint.js';
import type { LintFinding } from '../../lint/rule.js';

const command: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  problem: 'error',
  warning: 'warning',
  info: 'notice',
};

/** A workflow command ends at the line end; in properties `:` and `,` part them (GitHub, Workflow commands). */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** One annotation for each finding, at its line. */
export function lintGithub({ file, findings, read }: LintResult): string {
  const annotation = ({ severity, line, code, says, fix }: LintFinding): string =>
    `::${command[severity]} file=${property(file)},line=${line},title=${property(code)}::${data(fix === undefined ? says : `${says}\nfix: ${fix}`)}\n`;
  const unread =
    read.understood < read.lines
      ? `::notice file=${property(file)}::${read.understood} of ${read.lines} lines read\n`
      : '';
  return findings.map(annotation).join('') + unread;
}

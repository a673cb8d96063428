import type { Command } from './command.js';

const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

const exitCodes = [
  ['0', 'no problem found, which is no all-clear'],
  ['1', 'a finding of severity problem'],
  ['2', 'could not do it: usage, privilege, file'],
  ['3', 'undecided: an interval, inconclusive, something not read (with --strict only)'],
  ['70', 'a bug in mtucalc; --debug shows the stack'],
] as const;

/** The manual page, in man(7) macros, from the definitions that parse the command line. */
export function manPage(commands: readonly Command[], version: string): string {
  const lines = [
    `.TH MTUCALC 1 "" "mtucalc ${version}" "User Commands"`,
    '.SH NAME',
    'mtucalc \\- predict, configure, measure and explain the MTU and TCP MSS of tunnels',
    '.SH SYNOPSIS',
    '.B mtucalc',
    '[\\fICOMMAND\\fR] [\\fIOPTION\\fR]...',
    '.SH DESCRIPTION',
    'Without a command it is \\fBcalc\\fR. All lengths are octets; an MTU is the size of an IP packet, header included.',
    '.SH COMMANDS',
  ];
  for (const { name, summary, positionals, options, examples } of commands) {
    const words = positionals.map(
      ({ name: word, many, required }) =>
        `${required ? '' : '['}\\fI${escaped(word)}\\fR${many ? '...' : ''}${required ? '' : ']'}`,
    );
    lines.push(`.SS mtucalc ${[escaped(name), ...words].join(' ')}`, escaped(summary));
    for (const { name: word, describe } of positionals)
      lines.push('.TP', `\\fI${escaped(word)}\\fR`, escaped(describe));
    for (const [option, { alias, isSwitch, describe }] of Object.entries(options)) {
      const short = typeof alias === 'string' && alias.length === 1 ? `\\fB\\-${alias}\\fR, ` : '';
      lines.push(
        '.TP',
        `${short}\\fB\\-\\-${escaped(option)}\\fR${isSwitch ? '' : ' \\fIVALUE\\fR'}`,
        escaped(describe),
      );
    }
    for (const [line, says] of examples) lines.push('.PP', escaped(says), '.RS', '.nf', escaped(line), '.fi', '.RE');
  }
  lines.push('.SH EXIT STATUS');
  for (const [code, says] of exitCodes) lines.push('.TP', `.B ${code}`, escaped(says));
  lines.push('.SH ENVIRONMENT', '.TP', '.B NO_COLOR', 'no colour, as on a pipe (no\\-color.org)');
  lines.push('.SH SEE ALSO', 'ping(8), tracepath(8), ip\\-xfrm(8), nft(8), swanctl.conf(5)');
  return `${lines.join('\n')}\n`;
}

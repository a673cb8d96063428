import { visible } from '../../src/cli/visible.js';
import type { Printed } from './family.js';

/** Whatever a reader cannot see, but line break and tab: controls, formats, other line ends (Unicode 15, 4.5). */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Nearly all that is printed: no need to look for the rest of Unicode in it. */
const PLAIN = /^[\n\t\u0020-\u007e]*$/;
const UNSEEN_ALL = new RegExp(UNSEEN.source, 'gu');
/** A tag or an attribute that only an input can have brought. */
const FOREIGN_MARKUP = /<(?:script|img|iframe|object)\b|<svg onload|\son\w+\s*=\s*[^"\s]*mtucalc_evil[^&]*>/i;
/** A command at the beginning of a line, or in a substitution of a shell. */
const FOREIGN_COMMAND = /^mtucalc_evil|^(?!\s*(?:#|!|;|\/\/|REM)).*(?<!\\)(?:\$\(mtucalc_evil|`mtucalc_evil)/m;
const NO_NUMBER = /\b(?:NaN|undefined|Infinity|\[object Object\])\b/;

/** What is wrong with something printed, whatever the input; undefined where all holds. */
export function broken({ format, text }: Printed, input: string): string | undefined {
  const isPlain = PLAIN.test(text);
  const left = isPlain ? text : visible(text);
  const unseen = isPlain ? null : UNSEEN.exec(left);
  if (unseen) return `${format}: U+${(unseen[0].codePointAt(0) as number).toString(16)} is printed raw`;
  if (format === 'html' && FOREIGN_MARKUP.test(text.replace(/<style>[\s\S]*?<\/style>/, '')))
    return `html: ${FOREIGN_MARKUP.exec(text)?.[0]}`;
  if (format === 'json' || format === 'sarif') JSON.parse(left);
  if (
    format === 'github' &&
    text.split('\n').some((line) => line !== '' && !/^::(?:error|warning|notice) file=/.test(line))
  )
    return 'github: a line that is no annotation of ours';
  if (format === 'configuration' && FOREIGN_COMMAND.test(text))
    return `configuration: ${FOREIGN_COMMAND.exec(text)?.[0]}`;
  const odd = NO_NUMBER.exec(text);
  if (odd && !input.replace(UNSEEN_ALL, '').includes(odd[0]))
    return `${format}: ${odd[0]} in ${text.slice(Math.max(0, odd.index - 60), odd.index + 20)}`;
  return undefined;
}

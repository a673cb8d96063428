import type { Finding } from '../../finding.js';
import type { Look } from '../look.js';
import { indented, wrapText } from './wrap.js';

/** One finding as a paragraph that begins with how grave it is, and its cure, dimmed, below. */
export function findingParagraph({ severity, says, fix }: Finding, { colour, columns }: Look): string[] {
  const marks = {
    problem: colour.red('Problem:'),
    warning: colour.yellow('Warning:'),
    info: colour.green('Note:'),
  };
  return [
    ...wrapText(`${marks[severity]} ${says}`, columns),
    ...(fix === undefined ? [] : indented(fix, columns).map(colour.dim)),
  ];
}

/** A host as it was named, and its address where that is another. */
export const hostAndAddress = (host: string, address: string): string =>
  host === address ? host : `${host} (${address})`;

import { unfinishedText } from '../../pasted-line.js';
import { place } from '../facts.js';
import { findingAt, type LintRule } from '../rule.js';

/** A plausible MSS that is the beginning of another one ends here: with a digit more it is a jumbo frame's. */
const MOST_OPEN = 921;

export const unfinished: LintRule = {
  code: 'unfinished',
  summary: 'the text ends with a number and without the end of its line',
  check({ unfinished: number }) {
    if (number === undefined) return [];
    const { line, digits, text } = number;
    const open = /mss|mtu|maxseg/i.test(text) && Number(digits) <= MOST_OPEN;
    return [
      findingAt(
        place(line, text),
        'unfinished',
        open ? 'warning' : 'info',
        unfinishedText(number),
        'export it anew, or end the last line',
      ),
    ];
  },
};

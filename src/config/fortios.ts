import { numberedLines, type ReadCount, Reading } from './lines.js';
import { shellWords } from './shell.js';

/** One `set` of a FortiOS configuration. */
export interface FortiosSetting {
  readonly line: number;
  readonly text: string;
  /** "system interface" */
  readonly table: string;
  /** Name behind `edit`; empty where the table has no entries. */
  readonly entry: string;
  readonly name: string;
  readonly values: readonly string[];
}

const DEEPEST = 20;

/** FortiOS: `config TABLE`, `edit ENTRY`, `set NAME VALUES`, `next`, `end`, nested. */
export function readFortios(text: string): { settings: FortiosSetting[]; count: ReadCount } {
  const settings: FortiosSetting[] = [];
  const reading = new Reading();
  const stack: { table: string; entry: string }[] = [];
  for (const { number: line, text: raw } of numberedLines(text)) {
    const body = raw.replace(/^\S+ (?:\([^)]*\) )?# /, '').trim();
    if (body === '' || body.startsWith('#')) continue;
    const [verb = '', ...words] = shellWords(body);
    const top = stack.at(-1);
    if (verb === 'config' && stack.length < DEEPEST) stack.push({ table: words.join(' '), entry: '' });
    else if (verb === 'edit' && top) top.entry = words[0] ?? '';
    else if (verb === 'next' && top) top.entry = '';
    else if (verb === 'end') stack.pop();
    else if (verb === 'set' && top)
      settings.push({ line, text: raw, ...top, name: words[0] ?? '', values: words.slice(1) });
    else if (!/^(?:unset|delete|purge|abort|move|clone|rename|append|diagnose|get|show|execute)$/.test(verb)) {
      reading.unread(line, raw, 'no command of FortiOS');
      continue;
    }
    reading.read();
  }
  return { settings, count: reading.count };
}

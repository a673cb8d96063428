import { numberedLines, type ReadCount, Reading } from './lines.js';
import { harmlessShell, shellWords } from './shell.js';

/** One section of OpenWrt's UCI, with its options. */
export interface UciSection {
  readonly line: number;
  readonly text: string;
  /** "interface", "zone" */
  readonly type: string;
  readonly name: string;
  readonly options: Map<string, { readonly line: number; readonly text: string; readonly values: string[] }>;
}

/** UCI files (`config zone`, `option mtu_fix '1'`), `uci show` and `uci set` lines. */
export function readUci(text: string): { sections: UciSection[]; count: ReadCount } {
  const sections: UciSection[] = [];
  const reading = new Reading();
  const byName = new Map<string, UciSection>();
  let current: UciSection | undefined;
  const section = (line: number, raw: string, type: string, name: string): UciSection => {
    const made: UciSection = { line, text: raw, type, name, options: new Map() };
    sections.push(made);
    return made;
  };
  const option = (
    of: UciSection,
    name: string,
    line: number,
    raw: string,
    values: readonly string[],
    list: boolean,
  ): void => {
    const before = list ? (of.options.get(name)?.values ?? []) : [];
    of.options.set(name, { line, text: raw, values: [...before, ...values] });
  };
  for (const { number: line, text: raw } of numberedLines(text)) {
    const words = shellWords(raw);
    const [first = '', second = '', ...rest] = words;
    if (words.length === 0 || /^package$/.test(first)) continue;
    const assigned = /^(?:\w+\.)([\w@[\]-]+)(?:\.(\w+))?=(.*)$/s.exec(first === 'uci' ? (rest[0] ?? '') : first);
    if (first === 'config') current = section(line, raw, second, rest[0] ?? '');
    else if ((first === 'option' || first === 'list') && current)
      option(current, second, line, raw, rest.slice(0, 1), first === 'list');
    else if (assigned) {
      const [, name = '', key, value = ''] = assigned;
      const of =
        byName.get(name) ??
        section(
          line,
          raw,
          key === undefined ? value : (/^@(\w+)/.exec(name)?.[1] ?? ''),
          name.startsWith('@') ? '' : name,
        );
      byName.set(name, of);
      if (key !== undefined) option(of, key, line, raw, shellWords(value), second === 'add_list');
    } else if (!(first === 'uci' || harmlessShell.test(raw.trim()))) {
      reading.unread(line, raw, 'no statement of UCI');
      continue;
    }
    reading.read();
  }
  return { sections, count: reading.count };
}

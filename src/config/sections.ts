import { numberedLines, type ReadCount, Reading } from './lines.js';

/** One `Key = value` of a file with sections. */
export interface SectionSetting {
  readonly line: number;
  readonly text: string;
  /** "Interface", "conn site" */
  readonly section: string;
  readonly sectionLine: number;
  readonly name: string;
  readonly value: string;
}

/** wg-quick and ipsec.conf: `[Section]` or `conn NAME` at the margin, `name = value` below. */
export function readSections(text: string): { settings: SectionSetting[]; count: ReadCount } {
  const settings: SectionSetting[] = [];
  const reading = new Reading();
  let section = '';
  let sectionLine = 0;
  for (const { number: line, text: raw } of numberedLines(text)) {
    const body = raw.replace(/^\s*#.*$|\s#.*$/, '').trimEnd();
    if (body.trim() === '') continue;
    const opened =
      /^\[([\w -]+)\]\s*$/.exec(body.trim())?.[1] ?? /^(conn|ca|config)\s+(\S+)\s*$/.exec(body)?.slice(1).join(' ');
    const [, name, value] = /^\s*([\w%-]+)\s*=\s*(.*)$/.exec(body) ?? [];
    if (opened !== undefined) {
      section = opened;
      sectionLine = line;
    } else if (name !== undefined) {
      const quoted = /^"(.*)"$/.exec(value ?? '')?.[1];
      settings.push({ line, text: raw, section, sectionLine, name, value: quoted ?? value ?? '' });
    } else if (!/^(?:version|include)\b/.test(body.trim()) || /^include\b/.test(body.trim())) {
      reading.unread(
        line,
        raw,
        /^include\b/.test(body.trim()) ? 'what the included file says is not known' : 'no setting',
      );
      continue;
    }
    reading.read();
  }
  return { settings, count: reading.count };
}

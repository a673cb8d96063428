import { numberedLines, type ReadCount, Reading } from './lines.js';

/** One rule of pf.conf, macros put in. */
export interface PfRule {
  readonly line: number;
  readonly text: string;
  readonly words: readonly string[];
}

const MOST_MACROS = 1000;

/** pf.conf: one statement a line, `\` continues it, `name = "value"` defines a macro. */
export function readPf(text: string): { rules: PfRule[]; count: ReadCount } {
  const rules: PfRule[] = [];
  const reading = new Reading();
  const macros = new Map<string, string>();
  const lines = numberedLines(text);
  for (let i = 0; i < lines.length; i++) {
    const { number: line } = lines[i] as (typeof lines)[number];
    let { text: raw } = lines[i] as (typeof lines)[number];
    while (raw.trimEnd().endsWith('\\') && i + 1 < lines.length)
      raw = `${raw.trimEnd().slice(0, -1)} ${lines[++i]?.text.trim()}`;
    const body = raw.replace(/#.*$/, '').trim();
    if (body === '') continue;
    const [, name, value] = /^([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(body) ?? [];
    if (name !== undefined) {
      if (macros.size < MOST_MACROS) macros.set(name, (value ?? '').replaceAll('"', ''));
      reading.read();
      continue;
    }
    const put = body.replace(/\$([A-Za-z_]\w*)/g, (whole, macro: string) => macros.get(macro) ?? whole);
    if (
      /^(?:match|pass|block|scrub|nat|rdr|binat|antispoof|set|table|anchor|queue|altq|no|load|rdr-anchor|nat-anchor|[{}])/.test(
        put,
      )
    ) {
      rules.push({
        line,
        text: raw,
        words: put
          .replace(/([(){},])/g, ' $1 ')
          .split(/\s+/)
          .filter(Boolean),
      });
      if (/^load\b|\$[A-Za-z_]/.test(put))
        reading.unread(
          line,
          raw,
          /^load\b/.test(put) ? 'what the loaded file says is not known' : 'a macro that has no value in this file',
        );
      else reading.read();
    } else if (/^include\b/.test(put)) reading.unread(line, raw, 'what the included file says is not known');
    else reading.unread(line, raw, 'no statement of pf');
  }
  return { rules, count: reading.count };
}

import type { Line, Paste } from '../reading.js';

/** One RouterOS command or printed record: its menu (`ip ipsec proposal`), verb and `key=value` pairs. */
export interface RouterosItem {
  readonly menu: string;
  readonly verb: string;
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/** Values that are secrets: skipped unread, whatever the command. */
const SECRET = /(?:^|-)(?:secret|password|passphrase|key)$/;

/**
 * Lines of an export with `\` continuations joined, and quoted values closed over line breaks.
 * An odd number of quotes without `\` means that the terminal wrapped inside a value.
 */
export function joinLines({ lines }: Paste): Line[] {
  const joined: Line[] = [];
  for (let i = 0; i < lines.length; i++) {
    let { text, number } = lines[i] as Line;
    let budget = 24;
    while (budget-- > 0 && i + 1 < lines.length) {
      const next = lines[i + 1]?.text ?? '';
      // A continuation breaks at a blank, or behind `=` with the value in the next line.
      if (text.endsWith('\\')) text = text.slice(0, -1) + next.replace(/^\s+/, '');
      else if (quotes(text) % 2 === 1) text = `${text} ${next.trim()}`;
      else break;
      i++;
    }
    joined.push({ number, text });
  }
  return joined;
}

function quotes(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') count++;
  }
  return count;
}

/** `key=value`, `key="value"` and `key=[…]`/`key=(…)` pairs of one line; values of secrets are never kept. */
export function pairs(text: string): Map<string, string> {
  const values = new Map<string, string>();
  const pattern = /([a-z][a-z0-9.-]{0,40})=(?:"((?:[^"\\]|\\.)*)"?|(\([^)]{0,500}\)|\[[^\]]{0,500}\]|[^\s"]*))/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, key = '', quoted, bare] = match;
    // That there is a secret may matter; what it is does not.
    values.set(key, SECRET.test(key) ? '' : (quoted ?? bare ?? ''));
  }
  return values;
}

/** The commands of an export or script: v6 and v7 (`/ip/ipsec/proposal`), a menu in its own line or in each line. */
export function readCommands(paste: Paste): RouterosItem[] {
  const items: RouterosItem[] = [];
  let menu = '';
  for (const { text, number } of joinLines(paste)) {
    const line = text.trim().replace(/^\[[^\]]*\]\s*(?:\/?[a-z -]*)?>\s*/i, '');
    if (line.startsWith('#')) continue;
    const [, path = '', verb, rest = ''] =
      /^((?:\/?[a-z0-9][a-z0-9-]*[ /]+|\/)*?)(add|set|remove|enable|disable|print)\b(.*)$/.exec(line.slice(0, 200)) ??
      [];
    if (verb === undefined) {
      if (/^\/[a-z0-9][a-z0-9 /-]*$/.test(line)) menu = normal(line);
      continue;
    }
    const here = normal(path);
    // A path of its own stands for this line only, unless the line before was the menu.
    items.push({
      menu: here === '' ? menu : here,
      verb,
      line: number,
      values: pairs(rest === '' ? '' : line.slice(path.length + verb.length)),
    });
  }
  return items;
}

const normal = (path: string): string => path.replace(/[/\s]+/g, ' ').trim();

import { numberedLines, type ReadCount, Reading } from './lines.js';
import type { PathStatement } from './paths.js';

/** netplan's YAML: nested maps of `key: value` by indentation; what else YAML can say is counted as not read. */
export function readNetplan(text: string): { statements: PathStatement[]; count: ReadCount } {
  const statements: PathStatement[] = [];
  const reading = new Reading();
  const stack: { indent: number; key: string }[] = [];
  for (const { number: line, text: raw } of numberedLines(text)) {
    const body = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    if (body.trim() === '' || /^(?:---|\.\.\.)$/.test(body)) continue;
    const indent = body.length - body.trimStart().length;
    while (stack.length > 0 && (stack.at(-1)?.indent ?? 0) >= indent && !/^\s*- /.test(body)) stack.pop();
    const [, key, value] = /^\s*(?:- )?["']?([\w.:/@-]+?)["']?:(?:\s+(.*))?$/.exec(body) ?? [];
    if (key !== undefined && !/\t/.test(raw.slice(0, indent))) {
      const scalar = (value ?? '').replace(/^["']|["']$/g, '');
      if (scalar === '') stack.push({ indent, key });
      else statements.push({ line, text: raw, path: [...stack.map((one) => one.key), key, scalar] });
      if (/^[{&*|>]/.test(scalar)) reading.unread(line, raw, 'YAML of a kind that is not read here');
      else reading.read();
    } else if (/^\s*- \S/.test(body)) reading.read();
    else reading.unread(line, raw, 'no key of netplan');
  }
  return { statements, count: reading.count };
}

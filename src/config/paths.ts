import { type NumberedLine, numberedLines, type ReadCount, Reading } from './lines.js';

/** One leaf of a configuration tree, as the words that lead to it. */
export interface PathStatement {
  readonly line: number;
  readonly text: string;
  /** "interfaces", "vti", "vti0", "ip", "adjust-mss", "1382" */
  readonly path: readonly string[];
}

const DEEPEST = 40;
const MOST = 50_000;
const WORDS = /"((?:[^"\\]|\\.)*)"?|'([^']*)'?|(\/\*.*?\*\/)|([{};])|\[([^\]]*)\]|([^\s"'{};[\]]+)/g;

/**
 * VyOS, EdgeOS and Junos: `set a b c` lines, or the same tree in braces, with `;` or line ends behind the leaves.
 * `delete` takes away what stands below its path; other commands (configure, commit, save) say nothing.
 */
export function readPaths(text: string | readonly NumberedLine[]): { statements: PathStatement[]; count: ReadCount } {
  let statements: PathStatement[] = [];
  const reading = new Reading();
  const stack: string[][] = [];
  for (const { number: line, text: raw } of typeof text === 'string' ? numberedLines(text) : text) {
    const body = raw.replace(/^\s*\S*[>#$%]\s+(?=set |delete |show )/, '').trim();
    if (body === '' || /^(?:#|\/\*|\*|\/\/|!)/.test(body) || statements.length > MOST) continue;
    const command = /^(set|delete|deactivate)\s+(.*)$/.exec(body);
    if (command) {
      const path = wordsOf(command[2] as string);
      if (command[1] === 'set') statements.push({ line, text: raw, path });
      else statements = statements.filter((other) => !path.every((word, index) => other.path[index] === word));
      reading.read();
      continue;
    }
    if (
      /^(?:configure|config|commit|save|exit|edit|top|up|show|run|compare|load|private|\[edit.*\])\b|^\[edit/.test(body)
    ) {
      reading.read();
      continue;
    }
    if (stack.length === 0 && !/[{}]/.test(body)) {
      reading.unread(line, raw, 'no statement of a tree');
      continue;
    }
    let words: string[] = [];
    for (const [, double, single, comment, sign, list, bare] of body.matchAll(WORDS)) {
      if (comment !== undefined) continue;
      if (sign === '{') {
        if (stack.length < DEEPEST) stack.push(words);
        words = [];
      } else if (sign === '}' || sign === ';') {
        if (words.length > 0) statements.push({ line, text: raw, path: [...stack.flat(), ...words] });
        words = [];
        if (sign === '}') stack.pop();
      } else words.push(double ?? single ?? list ?? bare ?? '');
    }
    if (words.length > 0) statements.push({ line, text: raw, path: [...stack.flat(), ...words] });
    reading.read();
  }
  return { statements, count: reading.count };
}

const wordsOf = (text: string): string[] =>
  [...text.matchAll(WORDS)].flatMap(([, double, single, , , list, bare]) => {
    const word = double ?? single ?? list ?? bare;
    return word === undefined ? [] : [word];
  });

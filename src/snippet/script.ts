/** Collects lines of a configuration and comments in its own language. */
export interface Script {
  /** A remark, wrapped; always a comment, whatever it contains. */
  say(...remarks: readonly string[]): void;
  /** Commands for the reader to copy: comments too, each in one line of its own however long. */
  show(...commands: readonly string[]): void;
  add(...lines: readonly string[]): void;
  blank(): void;
  text(): string;
}

const WIDTH = 112;

/**
 * Printable ASCII only: a name out of a user's file may hold line breaks, and a backslash at the end of a comment
 * continues it in some of the languages.
 */
const harmless = (remark: string): string =>
  remark
    .replaceAll('§', 'section ')
    .replaceAll('→', '->')
    .replaceAll('…', '...')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replaceAll('\\', '/')
    // Where a text is pasted, a question mark opens the help of IOS and RouterOS, even in a comment.
    .replaceAll('?', '')
    .trim();

function wrapped(remark: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of remark.split(/ +/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

export function script(comment: string): Script {
  const lines: string[] = [];
  return {
    say(...remarks) {
      for (const remark of remarks) {
        for (const line of wrapped(harmless(remark), WIDTH - comment.length - 1)) lines.push(`${comment} ${line}`);
      }
    },
    show: (...commands) => void lines.push(...commands.map((command) => `${comment}     ${harmless(command)}`)),
    add: (...more) => void lines.push(...more),
    blank() {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
    },
    text: () => `${lines.join('\n').replace(/\n+$/, '')}\n`,
  };
}

/** Octets of colour take no room on the screen. */
export const visibleLength = (text: string): number =>
  text.includes('\u001b') ? text.replace(/\u001b\[\d+m/g, '').length : text.length;

/** Breaks text at blanks so that no line is longer than `columns`; a longer word keeps its own line. */
export function wrapText(text: string, columns: number): string[] {
  if (visibleLength(text) <= columns) return text === '' ? [] : [text];
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const word of text.split(' ')) {
    const more = visibleLength(word);
    if (line !== '' && length + 1 + more > columns) {
      lines.push(line);
      line = word;
      length = more;
    } else {
      length = line === '' ? more : length + 1 + more;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** A paragraph whose lines begin with `indent`; the first may begin with another of the same length. */
export const indented = (text: string, columns: number, indent = '  ', first = indent): string[] =>
  wrapText(text, columns - indent.length).map((line, i) => `${i === 0 ? first : indent}${line}`);

/** Short pieces side by side, as many to a line as fit. */
export function wrapPieces(pieces: readonly string[], between: string, columns: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && visibleLength(last) + between.length + visibleLength(piece) <= columns)
      lines[lines.length - 1] = `${last}${between}${piece}`;
    else lines.push(piece);
  }
  return lines;
}

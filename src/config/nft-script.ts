import type { NumberedLine, Reading } from './lines.js';
import { harmlessShell, ShellVariables, shellCommands } from './shell.js';

const HERE = /<<-?\s*(['"]?)(\w+)\1/;
const CALL = /^\s*(?:sudo\s+)?(?:\S*\/)?nft\s+(?!-f\b|--file\b|-c\b)/;

/**
 * What of a shell script is nft: the bodies of here-documents and the calls of nft. A file that is no script is
 * returned as it is.
 */
export function nftScript(lines: readonly NumberedLine[], reading: Reading): readonly NumberedLine[] {
  const script =
    lines.some(({ text }) => CALL.test(text) || HERE.test(text)) ||
    /^#!.*\b(?:ba|da|a)?sh\b/.test(lines[0]?.text ?? '');
  if (!script) return lines;
  const variables = new ShellVariables();
  const kept: NumberedLine[] = [];
  let end: string | undefined;
  let quoted = false;
  for (let i = 0; i < lines.length; i++) {
    const { number } = lines[i] as NumberedLine;
    let { text } = lines[i] as NumberedLine;
    if (end !== undefined) {
      if (text.trim() === end) end = undefined;
      else kept.push({ number, text: quoted ? text : variables.put(text) });
      continue;
    }
    while (text.endsWith('\\') && i + 1 < lines.length)
      text = `${text.slice(0, -1)} ${(lines[++i] as NumberedLine).text}`;
    const here = HERE.exec(text);
    if (text.trim() === '' || /^\s*#/.test(text) || variables.assign(text)) continue;
    if (here) {
      end = here[2];
      quoted = here[1] !== '';
      continue;
    }
    const calls = shellCommands({ number, text }, variables).filter(({ words }) =>
      /(?:^|\/)nft$/.test(words[words[0] === 'sudo' ? 1 : 0] ?? ''),
    );
    for (const { words, open } of calls) {
      const rest = words.slice(words[0] === 'sudo' ? 2 : 1).filter((word) => !/^-[aens]+$/.test(word));
      if (/^-[fc]/.test(rest[0] ?? '')) continue;
      kept.push({ number, text: rest.join(' ') });
      if (open) reading.unread(number, text, 'a variable that has no value in this file');
    }
    // Lines of UCI are read as such beside the rules.
    if (calls.length === 0 && !harmlessShell.test(text.trim()) && !/^\s*(?:uci|ifup|ifdown)\s/.test(text))
      reading.unread(number, text, 'a line of the script that cannot be followed');
  }
  return kept;
}

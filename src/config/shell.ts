import type { NumberedLine } from './lines.js';

/** One command of a shell script, its variables put in; quotes taken off. */
export interface ShellCommand {
  readonly line: number;
  readonly text: string;
  readonly words: readonly string[];
  /** A variable in it has no value in this file, or a substitution stands there. */
  readonly open: boolean;
}

const MOST_WORDS = 400;

/** Words of one command with quotes taken off; operators (`;`, `|`, `||`, `&&`, `<<`, `>`) are words of their own. */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length && words.length < MOST_WORDS; i++) {
    const char = text[i] as string;
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\$`]/.test(text[i + 1] ?? '')) word = (word ?? '') + text[++i];
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '\\') {
      word = (word ?? '') + (text[++i] ?? '');
    } else if (char === '#' && word === undefined) {
      break;
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (/[;|&<>]/.test(char)) {
      // A digit in front of a redirection names what is redirected.
      if (word !== undefined && !(/[<>]/.test(char) && /^\d$/.test(word))) words.push(word);
      word = undefined;
      let operator = char;
      while (/[;|&<>]/.test(text[i + 1] ?? '')) operator += text[++i];
      words.push(operator);
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

const MOST_VARIABLES = 500;

/** Assignments of a script, taken in as they come. */
export class ShellVariables {
  readonly #values = new Map<string, string>();

  /** Whether the line does nothing but assign. */
  assign(text: string): boolean {
    const [, name, rest = ''] = /^\s*(?:export\s+|readonly\s+|local\s+)?([A-Za-z_]\w*)=(.*)$/.exec(text) ?? [];
    if (name === undefined) return false;
    const words = shellWords(this.put(rest));
    if (words.length > 1 && !/^[;#]/.test(words[1] as string)) return false;
    if (this.#values.size < MOST_VARIABLES) this.#values.set(name, words[0] ?? '');
    return true;
  }

  /** The text with the variables that have a value; `%i` is left. */
  put(text: string): string {
    return text.replace(/\$(?:\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|([A-Za-z_]\w*))/g, (whole, braced, otherwise, bare) => {
      const value = this.#values.get(braced ?? bare) ?? otherwise;
      return value === undefined || value.length > 500 ? whole : value;
    });
  }
}

/** The commands of one line, parted at `;`, `|`, `||`, `&&`; redirections dropped. */
export function shellCommands({ number, text }: NumberedLine, variables: ShellVariables): ShellCommand[] {
  const put = variables.put(text);
  const commands: string[][] = [[]];
  const words = shellWords(put);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (/^[<>]/.test(word)) i++;
    else if (/^[;|&]+$/.test(word)) commands.push([]);
    else (commands.at(-1) as string[]).push(word);
  }
  return commands
    .map((one) => one.filter((word, index) => index > 0 || !/^(?:then|do|else|\{|\}|!)$/.test(word)))
    .filter((one) => one.length > 0)
    .map((one) => ({ line: number, text: one.join(' '), words: one, open: one.some((word) => /[$`]/.test(word)) }));
}

/** Commands of a script that do nothing to the rules: an unread line is one that might. */
export const harmlessShell =
  /^(?:#!|(?:cat|mkdir|rm|cp|mv|chmod|chown|service|systemctl|rc-service|echo|printf|exit|return|set|unset|export|local|readonly|source|test|true|false|:|\[|fi|done|esac|else|then|do|if|elif|sysctl|modprobe|depmod|sleep|logger|fw4|fw3|apt|apt-get|netfilter-persistent|nft-restore|ip6?tables-(?:save|restore)|wg-quick|wg|swanctl|ipsec|ip|touch|cd|date|EOF|END)\b|[{}()]+$|\/etc\/init\.d\/|[\w.-]+\(\)\s*\{?$)/;

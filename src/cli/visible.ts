import type { Output, Terminal } from './terminal.js';

/**
 * What moves a cursor, hides text or turns its direction: every control and format character (Unicode 15, 4.5: zero-width
 * characters, direction marks and overrides, soft hyphen, byte order mark, tags) and line ends of other kinds; all but
 * line break and tab.
 */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/**
 * Anything but line breaks, tabs, printable Latin-1, punctuation, arrows, mathematics and lines of tables; without it nothing is
 * hidden, which is found four times as fast, and without the tables of Unicode that the other makes V8 build.
 */
const UNUSUAL = /[^\n\t -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2190-\u22ff\u2500-\u257f]/;
/** The same, and what a palette and a progress line write: a few colours, back to the start of the line, clear it. */
const HIDDEN_OR_OURS = /\u001b\[(?:1|2|22|31|32|33|36|39)m|\r\u001b\[K|(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** As JSON would write it, so that JSON stays the same value; outside the basic plane as two halves. */
const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');

/** Text with everything that could deceive a reader made visible. */
export const visible = (text: string): string => (UNUSUAL.test(text) ? text.replace(HIDDEN, escaped) : text);

/** The same in one line. */
export const visibleLine = (text: string): string =>
  visible(text).replace(/[\n\t]/g, (character) => (character === '\n' ? '\\n' : '\\t'));

const onTerminal = (text: string): string =>
  text.replace(HIDDEN_OR_OURS, (found) =>
    found.startsWith('\u001b[') || found.startsWith('\r\u001b') ? found : escaped(found),
  );

const calls = ['once', 'removeListener', 'getuid', 'setuid', 'setgid', 'setgroups'] as const;

/**
 * The one exit of text: whatever a command prints passes here, so no name, file or packet can write to the terminal
 * what a person cannot see. The streams are looked at only when something is written: to look opens them.
 */
export function guarded(terminal: Terminal): Terminal {
  let isHeard = false;
  const guard = (name: 'stdout' | 'stderr'): Output => ({
    write(text) {
      const output = terminal[name];
      if (name === 'stderr' && !isHeard) {
        isHeard = true;
        // `mtucalc … 2>&1 | head`: what nobody reads any more ends nothing that is being written.
        output.on?.('error', () => {});
      }
      return output.write(output.isTTY === true ? onTerminal(text) : visible(text));
    },
    get isTTY() {
      return terminal[name].isTTY === true;
    },
    get columns() {
      return terminal[name].columns ?? Number.NaN;
    },
  });
  return {
    get stdin() {
      return terminal.stdin;
    },
    stdout: guard('stdout'),
    stderr: guard('stderr'),
    env: terminal.env,
    ...Object.fromEntries(
      calls.flatMap((name) => (terminal[name] ? [[name, (terminal[name] as () => unknown).bind(terminal)]] : [])),
    ),
  };
}

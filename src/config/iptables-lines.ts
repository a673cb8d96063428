import type { NumberedLine } from './lines.js';

const RULE =
  /^\s*(?:\[\d+:\d+\]\s*)?(?:-[AI] \S|(?:sudo\s+)?(?:\S*\/)?(?:ip6?|ip46)tables(?:-legacy|-nft)?\s+-|\$\{?\w+\}?\s+-)/;
/** Another statement begins: nothing of the one before. */
const BEGINS = /^\s*(?:$|#|\*\w|:\S+ |COMMIT\b|\[\d+:\d+\]|(?:PostUp|PostDown|PreUp|PreDown)\b)/;
/** An option that waits for its value, or a target that waits for its name. */
const WAITS = /\s(?:!|-[a-zA-Z]|--[a-z-]+)$/;
const MOST_JOINED = 20;

/** Rules that a mail or a terminal wrapped, and lines that end in a backslash, as one line each. */
export function joinWrappedRules(lines: readonly NumberedLine[]): NumberedLine[] {
  const joined: NumberedLine[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { number } = lines[i] as NumberedLine;
    let text = (lines[i] as NumberedLine).text.trimEnd();
    for (let taken = 0; taken < MOST_JOINED && i + 1 < lines.length; taken++) {
      const next = (lines[i + 1] as NumberedLine).text.trimEnd();
      if (text.endsWith('\\') && !/^\s*#/.test(text)) text = `${text.slice(0, -1)} ${next.trim()}`;
      else if (RULE.test(text) && !BEGINS.test(next) && !RULE.test(next) && (WAITS.test(text) || goesOn(text, next)))
        text = `${text} ${next.trim()}`;
      else break;
      i++;
    }
    joined.push({ number, text });
  }
  return joined;
}

/** Whether a line can only be the rest of the rule above it. */
const goesOn = (rule: string, next: string): boolean =>
  /^\s*(?:-[a-zH-Z] |--[a-z]|! -)/.test(next) ||
  (/^\s*(?:[A-Z]{3,} --|ipsec\b|SYN\b)/.test(next) && !/\s-j\s+\S/.test(rule));

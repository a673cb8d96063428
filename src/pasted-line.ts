const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', apos: "'" };
// Elements that pages put around text; `<mss 1460>` and the like are none of them.
const ELEMENT = /<\/?(?:span|b|i|em|strong|code|pre|br|p|div|tt|font|a|li|ul|td|tr|table|blockquote)\b[^<>]{0,200}>/gi;
const PAGER = /(?:<-{1,3}|-{2,3}) ?\(?more[^-]{0,12}(?:-{1,3}>|-{2,3})[ \u0008]*/gi;

/** A line of text without what a terminal, a pager, a page or a mail program put around it. */
export function cleanLine(raw: string): string {
  let text = raw;
  if (text.includes('\u001b')) {
    // Window titles (OSC … BEL), then colours and cursor moves (CSI).
    text = text.replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, '').replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '');
    text = text.replace(/\u001b./g, '');
  }
  if (text.includes('--') || text.includes('<-')) text = text.replace(PAGER, '');
  if (text.includes('\u0008')) text = applyBackspaces(text);
  if (text.includes('<')) text = text.replace(ELEMENT, '');
  if (text.includes('&'))
    text = text.replace(/&(lt|gt|amp|quot|nbsp|apos|#39|#x27);/g, (_, name) => entities[name] ?? "'");
  text = text.replace(/[\u00a0\u2007\u202f\u3000]/g, ' ');
  text = text.replace(/[\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
  // Quoted mail.
  if (/^\s*>/.test(text)) text = text.replace(/^\s*(?:>\s?)+/, '');
  return text.trimEnd();
}

function applyBackspaces(text: string): string {
  const kept: string[] = [];
  for (const character of text) {
    if (character === '\u0008') kept.pop();
    else kept.push(character);
  }
  return kept.join('');
}

/** The number that a text ends with. */
export interface LastNumber {
  /** Line of the text, from 1. */
  readonly line: number;
  readonly digits: string;
  /** The line itself. */
  readonly text: string;
}

/**
 * A number behind which nothing stands, no end of its line either: where the text was cut it is the beginning of a
 * longer one.
 */
export function unfinishedNumber(text: string): LastNumber | undefined {
  const digits = /(?<!\d)\d{1,20}$/.exec(text.slice(-21))?.[0];
  if (digits === undefined) return undefined;
  const lines = text.split(/\r*\n|\r/);
  return { line: lines.length, digits, text: cleanLine((lines.at(-1) ?? '').slice(-2000)) };
}

export const unfinishedText = ({ digits }: LastNumber): string =>
  `the last line has no end: if the text was cut there, ${digits} is the beginning of a longer number`;

/** Characters of one line that are looked at; no form prints more. */
export const LINE_LIMIT = 16_384;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', apos: "'" };
// Elements that pages put around text; `<mss 1460>` and the like are none of them.
const ELEMENT = /<\/?(?:span|b|i|em|strong|code|pre|br|p|div|tt|font|a|li|ul|td|tr|table|blockquote)\b[^<>]{0,200}>/gi;

/** A line without what a terminal, a page or a mail program put around it. */
export function cleanLine(raw: string): string {
  let text = raw.length > LINE_LIMIT ? raw.slice(0, LINE_LIMIT) : raw;
  if (text.includes('\u001b')) {
    // Window titles (OSC … BEL), then colours and cursor moves (CSI).
    text = text.replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, '').replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '');
  }
  if (text.includes('<')) text = text.replace(ELEMENT, '');
  if (text.includes('&'))
    text = text.replace(/&(lt|gt|amp|quot|nbsp|apos|#39|#x27);/g, (_, name) => entities[name] ?? "'");
  if (text.includes('\\')) text = text.replace(/\\([{}[\]])/g, '$1');
  text = text.replace(/[\u00a0\u2007\u202f\u3000]/g, ' ');
  text = text.replace(/[\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
  // Quoted mail.
  if (/^\s*>/.test(text)) text = text.replace(/^ {0,8}(?:> ?){1,20}/, '');
  return text.trimEnd();
}

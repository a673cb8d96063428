import type { Random } from './family.js';

/** What does harm where it is written out unchanged: to a terminal, a page, a shell, a workflow log, a configuration. */
export const hostile: readonly string[] = [
  '\u001b[31m',
  '\u001b]0;mtucalc_evil\u0007',
  '\u009b2J',
  '\u202e',
  '\u2066',
  '\u061c',
  '\ufeff',
  '\u00ad',
  '\u{e0041}',
  '\u0000',
  '\u0008',
  '"><script>mtucalc_evil</script>',
  "'><img src=x onerror=mtucalc_evil>",
  '</style><svg onload=mtucalc_evil>',
  '$(mtucalc_evil)',
  '`mtucalc_evil`',
  '; mtucalc_evil #',
  '\nmtucalc_evil\n',
  '\r\nmtucalc_evil\r\n',
  '::error::mtucalc_evil',
  '\\',
  '"',
  "'",
  '{',
  '}',
  '__proto__',
  'constructor',
  'NaN',
  '-1',
  '0',
  '65536',
  '4294967296',
  '99999999999999999999',
  '1e309',
  '0x',
  '/0',
  '/129',
  '::',
  '%',
  '\t',
  ' '.repeat(300),
  'a'.repeat(9000),
  '9'.repeat(400),
  '('.repeat(200),
  '{ '.repeat(100),
];

export const pick = <T>(from: readonly T[], random: Random): T => from[random(from.length)] as T;

const LONG = 4000;

/** The text; of a long one most often some lines: what a change in it does is seen sooner in few. */
function somethingOf(text: string, random: Random): string {
  if (text.length < LONG || random(16) === 0) return text;
  const lines = text.split('\n');
  const from = random(lines.length);
  return lines.slice(from, from + 1 + random(60)).join('\n');
}

/** A copy of a text with words and lines of it changed, moved, taken out or doubled, and hostile ones put in. */
export function disturbedText(whole: string, others: readonly string[], random: Random): string {
  let text = somethingOf(whole, random);
  for (let changes = 1 + random(6); changes > 0; changes--) {
    const at = random(text.length + 1);
    const end = Math.min(text.length, at + random(random(4) === 0 ? 400 : 12));
    switch (random(9)) {
      case 0:
        text = text.slice(0, at) + pick(hostile, random) + text.slice(end);
        break;
      case 1:
        text = text.slice(0, at) + pick(hostile, random) + text.slice(at);
        break;
      case 2:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 3:
        text = text.slice(0, end) + text.slice(at);
        break;
      case 4:
        text = text.slice(0, at) + String.fromCharCode(random(4) === 0 ? random(65_536) : random(128)) + text.slice(at);
        break;
      case 5:
        text = numberChanged(text, at, random);
        break;
      case 6:
        text = linesMoved(text, random);
        break;
      case 7: {
        const other = pick(others, random);
        const from = random(other.length + 1);
        text = text.slice(0, at) + other.slice(from, from + random(400)) + text.slice(at);
        break;
      }
      default:
        text = random(4) === 0 ? text.slice(0, at) : nameChanged(text, at, random);
    }
  }
  return text.slice(0, 40_000);
}

/** Another number in place of the next one. */
const numberChanged = (text: string, at: number, random: Random): string =>
  text.slice(0, at) +
  text.slice(at).replace(/\d+/, () => pick(['0', '1', '67', '1280', '65535', '-5', '1.5', '7'.repeat(30)], random));

/** Something hostile in place of the next word. */
const nameChanged = (text: string, at: number, random: Random): string =>
  text.slice(0, at) + text.slice(at).replace(/[\w.-]+/, () => pick(hostile, random));

function linesMoved(text: string, random: Random): string {
  const lines = text.split('\n');
  const [line = ''] = lines.splice(random(lines.length), 1);
  lines.splice(random(lines.length + 1), 0, line, ...(random(3) === 0 ? [line] : []));
  return lines.join('\n');
}

/** Text of no kind. */
export const noise = (random: Random): string =>
  Array.from({ length: random(60) }, () =>
    random(3) === 0 ? pick(hostile, random) : String.fromCharCode(32 + random(95)).repeat(1 + random(4)),
  ).join(random(2) === 0 ? ' ' : '');

import { MtucalcError } from '../error.js';

/** One command of an export or script. */
export interface RouterosLine {
  readonly line: number;
  readonly text: string;
  /** "ip firewall mangle", both spellings of the path brought to one. */
  readonly menu: string;
  readonly verb: string;
  readonly properties: ReadonlyMap<string, string>;
}

const LONGEST = 20_000;

/** Joins `\` continuations; a command keeps the number of its first line. */
function* logicalLines(text: string): Generator<{ line: number; text: string }> {
  let start = 0;
  let held = '';
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (held === '') start = index + 1;
    const continued = held === '' ? raw : raw.replace(/^ +/, '');
    if (/(^|[^\\])(\\\\)*\\$/.test(raw) && !/^\s*#/.test(raw)) {
      held += continued.slice(0, -1);
      if (held.length > LONGEST)
        throw new MtucalcError(
          'lint',
          `line ${start}: a command of more than ${LONGEST} characters`,
          'is this a RouterOS export?',
        );
      continue;
    }
    yield { line: start, text: held + continued };
    held = '';
  }
  if (held !== '') yield { line: start, text: held };
}

/** Words of a command: quoted strings, [ ] and ( ) expressions stay whole. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (quoted) {
      if (char === '\\') word += char + (text[++i] ?? '');
      else {
        if (char === '"') quoted = false;
        word += char;
      }
      continue;
    }
    if (char === '"') quoted = true;
    if (char === '[' || char === '(' || char === '{') depth++;
    if (char === ']' || char === ')' || char === '}') depth = Math.max(0, depth - 1);
    if (/\s/.test(char) && depth === 0) {
      if (word !== '') words.push(word);
      word = '';
    } else word += char;
  }
  return word === '' ? words : [...words, word];
}

const unquoted = (value: string): string =>
  /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;

/** The menu a rule belongs to where a fragment does not say: by its action. */
const menuOfAction = (action: string | undefined): string =>
  /^(change-mss|mark-\w+|clear-df|change-(ttl|dscp))$/.test(action ?? '')
    ? 'ip firewall mangle'
    : /^(masquerade|src-nat|dst-nat|redirect|netmap)$/.test(action ?? '')
      ? 'ip firewall nat'
      : action === 'notrack'
        ? 'ip firewall raw'
        : action === 'fasttrack-connection'
          ? 'ip firewall filter'
          : '';

/** The command inside `:if (…) do={ … }`, which is how rules are placed above others. */
function withoutGuard(body: string): string {
  const start = body.startsWith(':if ') ? body.indexOf('do={') : -1;
  return start >= 0 && body.endsWith('}') ? body.slice(start + 4, -1).trim() : body;
}

const verbs = new Set([
  'add',
  'set',
  'remove',
  'print',
  'export',
  'move',
  'enable',
  'disable',
  'unset',
  'edit',
  'comment',
]);

/** Every command with the menu it acts in; never throws on what it does not know. */
export function readRouterosLines(text: string): RouterosLine[] {
  const commands: RouterosLine[] = [];
  let menu = '';
  for (const { line, text: full } of logicalLines(text)) {
    const body = withoutGuard(full.replace(/^\s*(?:\[[^\]]*\]\s*>\s*)?/, '').trim());
    if (body === '' || body.startsWith('#')) continue;
    const words = wordsOf(body);
    const at = words.findIndex((word) => verbs.has(word));
    if (words[0]?.startsWith('/')) {
      const path = (at < 0 ? words : words.slice(0, at)).filter((word) => !word.includes('=')).join(' ');
      menu = path.split(/[ /]+/).filter(Boolean).join(' ');
    }
    if (at < 0) continue;
    const properties = new Map<string, string>();
    for (const word of words.slice(at + 1)) {
      const [, name, value] = /^!?([a-z][a-z0-9-]*)=(.*)$/s.exec(word) ?? [];
      if (name !== undefined && properties.size < 200) properties.set(name, unquoted(value ?? ''));
    }
    commands.push({
      line,
      text: body,
      menu: menu === '' ? menuOfAction(properties.get('action')) : menu,
      verb: words[at] as string,
      properties,
    });
  }
  return commands;
}

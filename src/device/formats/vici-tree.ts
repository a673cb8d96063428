/** A section of strongSwan's configuration and vici notation: `name { key = value  list = [ a b ]  inner { … } }`. */
export interface Section {
  readonly name: string;
  /** Last value of each key; lists joined by spaces. */
  readonly values: ReadonlyMap<string, string>;
  readonly sections: readonly Section[];
  readonly line: number;
}

interface Open {
  readonly name: string;
  readonly values: Map<string, string>;
  readonly sections: Open[];
  readonly line: number;
}

const DEEPEST = 32;

const LONGEST_LIST = 10_000;

const LONGEST_VALUE = 2000;

/** Keys whose values are secrets; they are skipped unread. */
const SECRET = /^(?:secret|password|pin|psk|key|private-?key)/i;

interface Options {
  /**
   * swanctl.conf: `#` begins a comment, and a value ends with its line. Otherwise `--raw`: it ends before the next key.
   */
  readonly comments: boolean;
}

/**
 * Reads the notation as far as it goes: a cut end, stray text before and after, and lost line breaks are all usual in
 * a paste. Linear in the input.
 */
export function readTree(
  lines: readonly { readonly number: number; readonly text: string }[],
  { comments }: Options,
): Section {
  const root: Open = { name: '', values: new Map(), sections: [], line: lines[0]?.number ?? 1 };
  const stack: Open[] = [root];
  let name = '';
  let list: { key: string; text: string; depth: number } | undefined;
  for (const { text, number } of lines) {
    const source = comments ? withoutComment(text) : text;
    const pattern = /[{}[\]]|=|[^\s{}[\]=]+/g;
    for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
      const token = match[0];
      const top = stack.at(-1) as Open;
      if (list) {
        // Traffic selectors have brackets of their own: 192.0.2.1/32[gre].
        if (token === '[') list.depth++;
        if (token === ']' && list.depth-- === 0) {
          keep(top, list.key, list.text.trim());
          list = undefined;
        } else if (list.text.length < LONGEST_LIST) list.text += /^[[\]]$/.test(token) ? token : ` ${token}`;
      } else if (token === '{') {
        const section: Open = { name: name.replace(/\s*:.*$/, ''), values: new Map(), sections: [], line: number };
        top.sections.push(section);
        if (stack.length < DEEPEST) stack.push(section);
        name = '';
      } else if (token === '}') {
        if (stack.length > 1) stack.pop();
        name = '';
      } else if (token === '=') {
        const key = name.split(' ').at(-1) ?? '';
        name = '';
        const rest = source.slice(pattern.lastIndex, pattern.lastIndex + LONGEST_VALUE);
        const value = /^\s*\[/.test(rest) ? undefined : readValue(rest, comments);
        if (value === undefined) {
          list = { key, text: '', depth: 0 };
          pattern.lastIndex += rest.indexOf('[') + 1;
        } else {
          keep(top, key, value.trim());
          pattern.lastIndex += value.length;
        }
      } else name = name === '' ? token : `${name.slice(-200)} ${token}`;
    }
    // A key's `=` stands in its own line.
    if (comments) name = source.trimEnd().endsWith('{') ? '' : name;
  }
  return root;
}

const keep = (top: Open, key: string, value: string): void => {
  if (key !== '' && !SECRET.test(key)) top.values.set(key, value);
};

/** In `--raw` the next `key=`, `name {` or `}` ends a value; a distinguished name may hold spaces and capital keys. */
function readValue(rest: string, comments: boolean): string {
  const quoted = /^\s*"[^"]*"/.exec(rest);
  if (quoted) return quoted[0];
  const end = (comments ? /[{}]/ : /\s+[a-z][a-z0-9-]*=|\s+[^\s={}]{1,200}\s*\{|\}/).exec(rest);
  return end ? rest.slice(0, end.index) : rest;
}

function withoutComment(text: string): string {
  const at = text.search(/(?:^|\s)#/);
  return at < 0 ? text : text.slice(0, at);
}

/** Every section below, outermost first, with the sections around it. */
export function* walk(
  section: Section,
  around: readonly Section[] = [],
): Generator<readonly [Section, readonly Section[]]> {
  for (const inner of section.sections) {
    yield [inner, around];
    yield* walk(inner, [inner, ...around]);
  }
}

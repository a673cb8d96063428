/** Properties whose values are secrets: skipped unread, whatever the command. */
export const isSecret = (property: string): boolean => /(?:^|-)(?:secret|password|passphrase|key)$/.test(property);

/** Words of a RouterOS command: quoted strings, [ ], ( ) and { } expressions stay whole. */
export function routerosWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const { char, inside } of walk(text)) {
    if (!inside && /\s/.test(char)) {
      if (word !== '') words.push(word);
      word = '';
    } else word += char;
  }
  return word === '' ? words : [...words, word];
}

/** Commands of a script body: parted by `;` and line ends outside quotes and brackets. */
export function routerosStatements(text: string): string[] {
  const statements: string[] = [];
  let one = '';
  for (const { char, inside } of walk(text)) {
    if (!inside && (char === ';' || char === '\n')) {
      statements.push(one);
      one = '';
    } else one += char;
  }
  return [...statements, one].map((statement) => statement.trim()).filter(Boolean);
}

/** Brackets still open at the end of a text, and whether a quote is. */
export function openAtEnd(text: string): { readonly depth: number; readonly quoted: boolean } {
  let depth = 0;
  let quoted = false;
  for (const state of walk(text)) ({ depth, quoted } = state);
  return { depth, quoted };
}

interface Step {
  readonly char: string;
  readonly inside: boolean;
  readonly depth: number;
  readonly quoted: boolean;
}

function* walk(text: string): Generator<Step> {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && i + 1 < text.length) {
      yield { char, inside: true, depth, quoted };
      i++;
      yield { char: text[i] as string, inside: true, depth, quoted };
      continue;
    }
    const before = quoted || depth > 0;
    if (char === '"') quoted = !quoted;
    else if (!quoted && '[({'.includes(char)) depth++;
    else if (!quoted && '])}'.includes(char)) depth = Math.max(0, depth - 1);
    yield { char, inside: before || quoted || depth > 0, depth, quoted };
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', _: ' ' };

/** A value without its quotes; `\"`, `\$`, `\C3\BC` and the like become what they stand for. */
export function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  const bare = value.replace(/^"|"$/g, '');
  if (!bare.includes('\\')) return bare;
  const plain = bare.replace(
    /((?:\\[0-9A-F]{2})+)|\\(.)/gs,
    (_, octets: string | undefined, one: string | undefined) =>
      octets === undefined ? (escapes[one ?? ''] ?? one ?? '') : utf8(octets),
  );
  return plain;
}

function utf8(octets: string): string {
  try {
    return decodeURIComponent(octets.replaceAll('\\', '%'));
  } catch {
    return '\ufffd';
  }
}

/**
 * What the page is told, by the very names of the command line's options: a link, a command and the fields of the page
 * are three spellings of this. Pasted text and captures have no place in it.
 */
export interface Words {
  readonly [name: string]: string | undefined;
}

/** How an option stands on a command line. */
type Kind = 'text' | 'switch' | 'flag';

interface Word {
  readonly kind: Kind;
  /** The short option, where there is one. */
  readonly short?: string;
  /** What it may hold; anything else in a link is left aside. */
  readonly holds: RegExp;
}

const TEXT = /^[^\u0000-\u001f\u007f]{1,400}$/;
const text = { kind: 'text', holds: TEXT } as const;
const name = { kind: 'text', holds: /^[^\u0000-\u001f\u007f]{1,100}$/ } as const;
const version = { kind: 'text', holds: /^[46]$/ } as const;
const octets = { kind: 'text', holds: /^\d{1,5}$/ } as const;
/** yes or no: --name or --no-name. */
const flag = { kind: 'flag', holds: /^(yes|no)$/ } as const;
/** yes: --name. */
const onlyYes = { kind: 'switch', holds: /^yes$/ } as const;

/** Of the tunnel and its link: for every command. */
const profile: Readonly<Record<string, Word>> = {
  cipher: { ...text, short: '-c' },
  auth: name,
  tunnel: { ...name, short: '-t' },
  stack: text,
  mode: { kind: 'text', holds: /^(tunnel|transport)$/ },
  'nat-t': flag,
  outer: version,
  inner: version,
  ah: flag,
  tfc: octets,
  wan: { ...name, short: '-w' },
  'link-mtu': { ...octets, short: '-m' },
  impl: name,
};

/** Of the boxes: for `mtucalc snippet`. */
const box: Readonly<Record<string, Word>> = {
  ipsec: { kind: 'text', holds: /^(policy|xfrm|vti|libipsec)$/ },
  'tunnel-if': name,
  'wan-if': name,
  'lan-if': name,
  'local-net': name,
  'remote-net': name,
  undo: onlyYes,
};

/** Of the page alone. */
const page: Readonly<Record<string, Word>> = {
  /** The box whose lines are shown, as `mtucalc snippet` names it. */
  target: name,
  /** The number that is asked about, as `mtucalc identify` takes it. */
  identify: name,
};

const all: Readonly<Record<string, Word>> = { ...profile, ...box, ...page };

const VERSION = 'v1';
const LONGEST_LINK = 4000;

/** `#v1&cipher=aes256-sha256&wan=pppoe`: same words as the options, in their order. */
export function linkOf(words: Words): string {
  const parts = Object.keys(all).flatMap((key) => {
    const value = words[key];
    return value === undefined || value === '' ? [] : [`${key}=${encodeURIComponent(value)}`];
  });
  return parts.length === 0 ? '' : `#${[VERSION, ...parts].join('&')}`;
}

/** The words of a link; what no version of the page has ever written is left aside. */
export function wordsOf(link: string): Words {
  const [version, ...parts] = link.replace(/^#/, '').slice(0, LONGEST_LINK).split('&');
  if (version !== VERSION) return {};
  const words: Record<string, string> = {};
  for (const part of parts) {
    const at = part.indexOf('=');
    const key = part.slice(0, at);
    const value = decoded(part.slice(at + 1));
    if (at > 0 && Object.hasOwn(all, key) && value !== undefined && all[key]!.holds.test(value)) words[key] = value;
  }
  return words;
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const PLAIN = /^[A-Za-z0-9@%+=:,./_-]+$/;

/** A word as a POSIX shell takes it. */
const shell = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const options = (words: Words, table: Readonly<Record<string, Word>>): string[] =>
  Object.entries(table).flatMap(([key, { kind, short }]) => {
    const value = words[key];
    if (value === undefined || value === '') return [];
    if (kind !== 'text') return value === 'no' ? [`--no-${key}`] : [`--${key}`];
    return [short ?? `--${key}`, value];
  });

/** The command line that answers the same, one word each. What was pasted is a file there. */
export function argvOf(words: Words, command: 'calc' | 'snippet' | 'verify' = 'calc', pasted = false): string[] {
  const from = pasted ? '--from FILE'.split(' ') : [];
  if (command === 'snippet') {
    return ['snippet', words.target ?? 'routeros', ...from, ...options(words, profile), ...options(words, box)];
  }
  if (command === 'verify') return ['verify', 'HOST', ...from, ...options(words, profile)];
  return [...(pasted ? ['import', 'FILE'] : []), ...options(words, profile)];
}

/** The same to be copied into a shell. */
export const commandOf = (argv: readonly string[]): string => ['mtucalc', ...argv.map(shell)].join(' ');

import { type NumberedLine, numberedLines, type ReadCount, Reading, shownLine } from './lines.js';
import { joinRouterosLines } from './routeros-lines.js';
import { PrintedRecords } from './routeros-print.js';
import { isSecret, routerosStatements, routerosWords, unquoted } from './routeros-words.js';

/** One command of an export or script, or one record that `print` shows. */
export interface RouterosCommand {
  readonly line: number;
  /** The command as written, secrets hidden, cut to a readable length. */
  readonly text: string;
  /** "ip firewall mangle": all spellings of the path brought to one; empty where the text does not say. */
  readonly menu: string;
  /** A record of `print` is an `add`. */
  readonly verb: string;
  /** What stands between the verb and the properties: "[ find default=yes ]", "0", "server". */
  readonly target: string;
  /** `key=value`; the values of secrets are never kept. */
  readonly values: ReadonlyMap<string, string>;
  /** Properties whose value is a variable or expression that has no plain value in this file. */
  readonly open: readonly string[];
  /** Neither disabled=yes nor flagged X or I by `print`. */
  readonly active: boolean;
}

export interface RouterosRead {
  readonly commands: readonly RouterosCommand[];
  readonly count: ReadCount;
}

const verbs = new Set(
  'add set remove print export move enable disable unset edit comment find get reset monitor import'.split(' '),
);
const MOST_VALUES = 200;
const DEEPEST = 6;
/** `[admin@edge] /ip firewall mangle> `: who, and where. */
const PROMPT = /^\s*\[[^\]\s]{0,80}\]\s*([^>\n]{0,80})>\s*/;

/**
 * A RouterOS export, script or `print`, v6 and v7: `/ip firewall mangle add …`, `/ip/firewall/mangle/add …`, a menu in
 * a line of its own, commands inside `:if (…) do={ … }`. Never throws on what it does not know; counts it.
 */
export function readRouteros(text: string | readonly NumberedLine[]): RouterosRead {
  const commands: RouterosCommand[] = [];
  const reading = new Reading();
  const variables = new Map<string, string>();
  let menu = '';
  let print: { readonly menu: string; readonly records: PrintedRecords } | undefined;
  const endPrint = (): void => {
    const { menu: of = '', records } = print ?? {};
    for (const record of records?.records ?? []) {
      const read = commandOf(record.line, `add ${record.text}`, of);
      if (read) commands.push({ ...read, active: read.active && !/[XI]/.test(record.flags) });
    }
    print = undefined;
  };
  const take = (line: number, written: string, depth: number): boolean => {
    const statement = withValues(written, variables);
    const bodies = scriptBodies(statement);
    if (bodies.length > 0 && depth < DEEPEST)
      return bodies
        .flatMap(routerosStatements)
        .filter((one) => !one.startsWith('#'))
        .map((one) => take(line, one, depth + 1))
        .every(Boolean);
    if (assigns(statement, variables)) return true;
    const command = commandOf(line, statement, menu);
    if (command?.verb === '') menu = command.menu;
    else if (command) commands.push(command);
    return command !== undefined;
  };
  for (const { number, text: raw } of joinRouterosLines(typeof text === 'string' ? numberedLines(text) : text)) {
    const prompt = PROMPT.exec(raw);
    if (prompt?.[1]?.trim()) menu = pathOf(prompt[1]);
    const rest = prompt ? raw.slice(prompt[0].length) : raw;
    const body = rest.trim();
    if (body === '' || body.startsWith('#')) continue;
    if (print && (prompt || /^[/:]/.test(body))) endPrint();
    if (!print && PrintedRecords.startsAt(rest)) print = { menu, records: new PrintedRecords() };
    if (print?.records.take(number, rest)) {
      reading.read();
      continue;
    }
    endPrint();
    const known = routerosStatements(body).map((statement) => take(number, statement, 0));
    if (known.every(Boolean)) reading.read();
    else reading.unread(number, body, 'no RouterOS command that is known here');
    const last = commands.at(-1);
    if (last?.verb === 'print' && last.line === number) print = { menu: last.menu, records: new PrintedRecords() };
  }
  endPrint();
  return { commands, count: reading.count };
}

const MOST_VARIABLES = 500;
/** `$name`, and not `\\$name`. */
const OPEN = /(?:^|[^\\])\$["\w(]/;

/** `:local mss 1398`, `:global wan "pppoe-out1"`: a plain value is kept, an expression is not known. */
function assigns(statement: string, variables: Map<string, string>): boolean {
  const [, name, value = ''] =
    /^:(?:local|global|set)\s+([\w-]+)(?:\s+("[^"$[\]()]*"|[\w./:-]+))?$/.exec(statement) ?? [];
  if (name === undefined) return false;
  if (value !== '' && variables.size < MOST_VARIABLES) variables.set(name, unquoted(value));
  return true;
}

/** The statement with the variables that have a plain value. */
const withValues = (statement: string, variables: ReadonlyMap<string, string>): string =>
  variables.size === 0 || !statement.includes('$')
    ? statement
    : statement.replace(
        /\$(?:"([\w-]+)"|([A-Za-z]\w*))/g,
        (whole, quoted, bare) => variables.get(quoted ?? bare) ?? whole,
      );

/** "/ip/firewall/mangle", "ip firewall mangle" -> "ip firewall mangle" */
const pathOf = (path: string): string =>
  path
    .split(/[\s/]+/)
    .filter(Boolean)
    .join(' ');

/** The commands inside `:if (…) do={ … } else={ … }` and the like, which is how rules are placed above others. */
function scriptBodies(statement: string): string[] {
  if (!statement.startsWith(':')) return [];
  return routerosWords(statement).flatMap((word) => {
    const [, body] = /^(?:do=|else=|on-error=)?\{(.*)\}$/s.exec(word) ?? [];
    return body === undefined ? [] : [body];
  });
}

/** Says nothing about what packets meet: output of scripts, and verbs of menus that only run something. */
const harmless =
  /^(?::(?:put|log|delay|error|beep)\b|\/(?:tool|system|log|file|user|certificate|snmp|queue|console)[\s/])/;

/** A command, or with an empty verb a change of the menu; undefined: neither. */
function commandOf(line: number, statement: string, menu: string): RouterosCommand | undefined {
  const words = routerosWords(statement);
  const path: string[] = [];
  let at = 0;
  let verb = '';
  // The path may be "/ip firewall mangle", "/ip/firewall/mangle" or "/ip/firewall/mangle/add".
  for (; at < words.length && verb === ''; at++) {
    const word = words[at] as string;
    if (!/^[/a-z0-9.-]+$/.test(word)) {
      if (harmless.test(statement)) break;
      return undefined;
    }
    for (const part of word.split('/')) {
      if (verb !== '') return undefined;
      if (verbs.has(part) && !(part === 'export' && path.length === 0 && !statement.startsWith('/'))) verb = part;
      else if (part !== '') path.push(part);
    }
  }
  const rooted = statement.startsWith('/');
  if (verb === '') {
    return rooted || harmless.test(statement)
      ? {
          line,
          text: '',
          menu: rooted ? path.join(' ') : menu,
          verb,
          target: '',
          values: new Map(),
          open: [],
          active: true,
        }
      : undefined;
  }
  const values = new Map<string, string>();
  const open: string[] = [];
  const target: string[] = [];
  for (const word of words.slice(at)) {
    const [, name, value] = /^([a-z][a-z0-9.-]*)=(.*)$/s.exec(word) ?? [];
    if (name === undefined) target.push(word);
    else if (values.size < MOST_VALUES) {
      values.set(name, isSecret(name) ? '' : unquoted(value ?? ''));
      if (OPEN.test(value ?? '')) open.push(name);
    }
  }
  const here = rooted ? path.join(' ') : [menu, ...path].filter(Boolean).join(' ');
  return {
    line,
    text: shownLine(statement),
    menu: here === '' ? menuOfAction(values.get('action')) : here,
    verb,
    target: target.join(' '),
    values,
    open,
    active: values.get('disabled') !== 'yes',
  };
}

/** The menu a rule belongs to where a fragment does not say: by what it does. */
function menuOfAction(action = ''): string {
  if (/^(?:change-mss|mark-\w+|clear-df|change-(?:ttl|dscp))$/.test(action)) return 'ip firewall mangle';
  if (/^(?:masquerade|src-nat|dst-nat|redirect|netmap)$/.test(action)) return 'ip firewall nat';
  if (action === 'notrack') return 'ip firewall raw';
  return action === 'fasttrack-connection' ? 'ip firewall filter' : '';
}

import { readFileSync } from 'node:fs';

/**
 * A strict grammar of the RouterOS commands we print. Menus, verbs, properties and the values of enumerations are
 * RouterOS's own (fixtures/routeros-schema.json); the form of each value, and the few script constructs, are written
 * from the manual (help.mikrotik.com: Mangle, Filter, NAT, RAW, Address-lists, Scripting), not from our code.
 */
export interface RouterosCommand {
  readonly line: number;
  readonly menu: string;
  readonly verb: 'add' | 'set' | 'remove';
  readonly properties: ReadonlyMap<string, string>;
}

interface Schema {
  readonly versions: readonly string[];
  readonly menus: Readonly<
    Record<
      string,
      {
        readonly verbs: readonly string[];
        readonly properties: Readonly<
          Record<string, { verbs?: readonly string[]; versions?: readonly string[]; values?: readonly string[] }>
        >;
      }
    >
  >;
}
const schema = JSON.parse(readFileSync(new URL('fixtures/routeros-schema.json', import.meta.url), 'utf8')) as Schema;

const STRING = '"(?:[^"\\\\$\\x00-\\x1f\\x7f-\\uffff]|\\\\(?:["\\\\$?_abfnrtv]|[0-9A-F]{2}))*"';
const IPV4 = '(?:\\d{1,3}\\.){3}\\d{1,3}(?:/(?:[0-9]|[12][0-9]|3[0-2]))?';
const IPV6 = '[0-9a-f:]*:[0-9a-f:]*/(?:12[0-8]|1[01][0-9]|[0-9]{1,2})';
const NUMBER = '(?:[0-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
const MTU = `(?:auto|${NUMBER})`;
const LABEL = '[a-zA-Z0-9][a-zA-Z0-9_-]*';

/** The form of a value where RouterOS's own enumeration does not give it. */
const forms: Readonly<Record<string, string>> = {
  address: `${IPV4}|${IPV6}`,
  comment: STRING,
  'connection-mark': `!?${LABEL}`,
  'dst-address': `${IPV4}|${IPV6}`,
  'dst-address-list': `!?${LABEL}`,
  'in-interface': STRING,
  'ipsec-policy': '(?:in|out),(?:ipsec|none)',
  list: LABEL,
  'max-mru': MTU,
  'max-mtu': MTU,
  mtu: MTU,
  'new-connection-mark': LABEL,
  'new-mss': NUMBER,
  'out-interface': STRING,
  'packet-size': `${NUMBER}-${NUMBER}`,
  passthrough: 'yes|no',
  protocol: 'tcp',
  'src-address': `${IPV4}|${IPV6}`,
  'src-address-list': `!?${LABEL}`,
  'tcp-flags': 'syn',
  'tcp-mss': `${NUMBER}-${NUMBER}`,
  chain: 'forward|prerouting|srcnat',
};

/** What an action needs beside it. */
const needs: Readonly<Record<string, readonly string[]>> = {
  'change-mss': ['chain', 'protocol', 'tcp-flags', 'tcp-mss', 'new-mss'],
  'mark-connection': ['chain', 'new-connection-mark', 'passthrough'],
  'clear-df': ['chain'],
  notrack: ['chain'],
  accept: ['chain', 'ipsec-policy'],
};

const EXPRESSION = `(?:chain="[a-z]+"|action="[a-z-]+"|comment~"\\^mtucalc(?: ${LABEL}: )?"|(?:new-)?connection-mark="!?[a-z-]+"|dynamic=no|list="[a-z-]+"|(?:src|dst)-address-list="![a-z-]+"|name=${STRING}|(?:mtu|max-mtu|max-mru)=${NUMBER})`;
const CONDITION = `${EXPRESSION}(?: and ${EXPRESSION})*`;
const MENU = '/[a-z0-9]+(?: [a-z0-9-]+){1,2}';
const PUT = ':put "[A-Za-z0-9 ,:-]*"';
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
type Fail = (why: string) => never;

function menuOf(path: string, fail: Fail) {
  return schema.menus[path.slice(1)] ?? fail(`unknown menu ${path}`);
}

function properties(text: string, path: string, verb: 'add' | 'set', fail: Fail): Map<string, string> {
  const menu = menuOf(path, fail);
  if (!menu.verbs.includes(verb)) fail(`${path} has no ${verb}`);
  const found = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const [match, name = '', value = ''] =
      new RegExp(`^([a-z-]+)=(${STRING}|[^ "{}\\[\\];$?\\\\]+)(?: |$)`).exec(rest) ??
      fail(`no property at: ${rest.slice(0, 40)}`);
    const known = menu.properties[name] ?? fail(`${path} has no property ${name}`);
    if (known.versions) fail(`${name} is in ${known.versions.join(', ')} alone`);
    if (known.verbs && !known.verbs.includes(verb)) fail(`${name} is not for ${verb}`);
    if (found.has(name)) fail(`${name} twice`);
    const form = forms[name];
    const right = form ? whole(form).test(value) : known.values?.includes(value);
    if (!right) fail(`${name} cannot be ${value}`);
    if (known.values && /^(?:action|passthrough)$/.test(name) && !known.values.includes(value))
      fail(`${name} has no value ${value}`);
    found.set(name, value);
    rest = rest.slice((match as string).length);
  }
  const action = found.get('action');
  if (verb === 'add' && menu.properties.action !== undefined) {
    const missing = (needs[action ?? ''] ?? fail('no action')).filter((name) => !found.has(name));
    if (missing.length > 0) fail(`${action} needs ${missing.join(', ')}`);
  }
  return found;
}

/** `:if ([:len [… find where …]] > 0) do={ … add … place-before=… } else={ … add … }`; both ways add the same. */
function guarded(line: string, fail: Fail): { menu: string; body: string } | undefined {
  const find = `\\[(${MENU}) find where (${CONDITION})\\]`;
  const match = new RegExp(
    `^:if \\(\\[:len ${find}\\] > 0\\) do=\\{ (${MENU}) add (.*?) place-before=\\[:pick ${find} 0\\] \\}(?: else=\\{ (${MENU}) add (.*) \\})?$`,
  ).exec(line);
  if (!match) return undefined;
  const [, lengthMenu, lengthCondition, menu = '', body = '', pickMenu, pickCondition, elseMenu, elseBody] = match;
  if (lengthMenu !== menu || pickMenu !== menu || lengthCondition !== pickCondition)
    fail('counts and places by different finds');
  if (elseMenu !== undefined && (elseMenu !== menu || elseBody !== body)) fail('adds one thing or another');
  if (!lengthCondition?.includes(`chain="${/ chain=([a-z]+)/.exec(` ${body}`)?.[1]}"`)) fail('places in another chain');
  return { menu, body };
}

/**
 * Every command of a snippet, those for the reader to copy too; throws at the first thing that is not of the grammar.
 */
export function parseRouteros(text: string): RouterosCommand[] {
  const commands: RouterosCommand[] = [];
  let current = '';
  for (const [index, raw] of text.split('\n').entries()) {
    const fail = (why: string): never => {
      throw new Error(`line ${index + 1}: ${why}: ${raw}`);
    };
    if (!/^[\x20-\x7e]*$/.test(raw)) fail('not printable ASCII');
    const shown = /^# {5}(\/.* set .*)$/.exec(raw)?.[1];
    const line = shown ?? raw;
    if (line === '' || line.startsWith('#')) continue;
    const push = (menu: string, verb: RouterosCommand['verb'], found: Map<string, string>): void => {
      if (shown === undefined) commands.push({ line: index + 1, menu, verb, properties: found });
    };
    /** `MENU set [find where …] property=value`, or `!property`. */
    const simple = (command: string): boolean => {
      const [, menu = '', verb, , body = ''] =
        new RegExp(`^(${MENU}) (remove|set)(?: \\[find where (${CONDITION})\\]| \\$r)?(?: (.*))?$`).exec(command) ?? [];
      if (verb === undefined) return false;
      const known = menuOf(menu, fail);
      if (!known.verbs.includes(verb) && verb !== 'set') fail(`${menu} has no ${verb}`);
      if (verb === 'remove' && body !== '') fail('remove takes no properties');
      const unset = /^!([a-z-]+)$/.exec(body)?.[1];
      if (unset !== undefined && !(unset in known.properties)) fail(`no property ${unset}`);
      push(
        menu,
        verb as 'set' | 'remove',
        verb === 'set' && unset === undefined ? properties(body, menu, 'set', fail) : new Map(),
      );
      return true;
    };
    const rule = guarded(line, fail);
    const empty = new RegExp(`^:if \\(\\[:len \\[${MENU} find where ${CONDITION}\\]\\] = 0\\) do=\\{ (.*) \\}$`).exec(
      line,
    )?.[1];
    const each = new RegExp(
      `^:foreach r in=\\[(${MENU}) find where ${CONDITION}\\] do=\\{ :if \\(\\[:len \\[(${MENU}) get \\$r ([a-z-]+)\\]\\] = 0\\) do=\\{ (.*) \\} else=\\{ ${PUT} \\} \\}$`,
    ).exec(line);
    if (rule) push(rule.menu, 'add', properties(rule.body, rule.menu, 'add', fail));
    else if (each) {
      const [, menu = '', getMenu, property = '', inner = ''] = each;
      if (menu !== getMenu || !inner.startsWith(`${menu} `)) fail('gets and sets in different menus');
      if (!(property in menuOf(menu, fail).properties)) fail(`no property ${property}`);
      if (!simple(inner)) fail('no command inside');
    } else if (empty !== undefined) {
      if (!simple(empty)) fail('no command inside');
    } else if (simple(line)) continue;
    else if (line.startsWith('/')) {
      menuOf(line, fail);
      current = line;
    } else if (line.startsWith('add ')) {
      if (current === '') fail('add outside a menu');
      push(current, 'add', properties(line.slice(4), current, 'add', fail));
    } else fail('no command of ours');
  }
  return commands;
}

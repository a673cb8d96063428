/**
 * A strict grammar of the RouterOS commands we print: menu path, verb, property names and the form of each value,
 * written from the manual (help.mikrotik.com: Mangle, Filter, NAT, RAW, Address-lists, Scripting), not from our code.
 */
export interface RouterosCommand {
  readonly line: number;
  readonly menu: string;
  readonly verb: 'add' | 'set' | 'remove';
  readonly properties: ReadonlyMap<string, string>;
}

const STRING = '"(?:[^"\\\\$\\x00-\\x1f\\x7f-\\uffff]|\\\\(?:["\\\\$?_abfnrtv]|[0-9A-F]{2}))*"';
const IPV4 = '(?:\\d{1,3}\\.){3}\\d{1,3}(?:/(?:[0-9]|[12][0-9]|3[0-2]))?';
const IPV6 = '[0-9a-f:]*:[0-9a-f:]*/(?:12[0-8]|1[01][0-9]|[0-9]{1,2})';
const RANGE = '(?:[0-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

const matchers = (address: string): Record<string, string> => ({
  chain: 'forward|prerouting|postrouting|input|output|srcnat|dstnat',
  comment: STRING,
  'connection-mark': '!?[a-z][a-z0-9-]*',
  'dst-address': address,
  'dst-address-list': '[a-z][a-z0-9-]*',
  'in-interface': STRING,
  'ipsec-policy': '(?:in|out),(?:ipsec|none)',
  'out-interface': STRING,
  'packet-size': `${RANGE}-${RANGE}`,
  protocol: 'tcp',
  'src-address': address,
  'src-address-list': '[a-z][a-z0-9-]*',
  'tcp-flags': 'syn',
  'tcp-mss': `${RANGE}-${RANGE}`,
});

const mangle = {
  action: 'change-mss|mark-connection|clear-df',
  'new-mss': RANGE,
  'new-connection-mark': '[a-z][a-z0-9-]*',
  passthrough: 'yes|no',
};

const menus: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/ip firewall mangle': { ...matchers(IPV4), ...mangle },
  '/ipv6 firewall mangle': { ...matchers(IPV6), ...mangle, action: 'change-mss|mark-connection' },
  '/ip firewall filter': { ...matchers(IPV4), action: 'accept' },
  '/ipv6 firewall filter': { ...matchers(IPV6), action: 'accept' },
  '/ip firewall nat': { ...matchers(IPV4), action: 'accept' },
  '/ip firewall raw': { ...matchers(IPV4), action: 'notrack' },
  '/ipv6 firewall raw': { ...matchers(IPV6), action: 'notrack' },
  '/ip firewall address-list': { address: IPV4, comment: STRING, list: '[a-z][a-z0-9-]*' },
  '/ipv6 firewall address-list': { address: IPV6, comment: STRING, list: '[a-z][a-z0-9-]*' },
};

/** Which properties an action needs, and which only make sense with it. */
const needs: Readonly<Record<string, readonly string[]>> = {
  'change-mss': ['chain', 'protocol', 'tcp-flags', 'tcp-mss', 'new-mss'],
  'mark-connection': ['chain', 'new-connection-mark', 'passthrough'],
  'clear-df': ['chain'],
  notrack: ['chain'],
  accept: ['chain', 'ipsec-policy'],
};

const EXPRESSION = '(?:chain="[a-z]+"|action="[a-z-]+"|comment~"\\^mtucalc"|connection-mark="!?[a-z-]+"|dynamic=no)';
const CONDITION = `${EXPRESSION}(?: and ${EXPRESSION})*`;
const MENU = '/[a-z0-9]+(?: [a-z-]+){2}';
const one = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

function properties(text: string, menu: string, fail: (why: string) => never): Map<string, string> {
  const known = menus[menu] ?? fail(`unknown menu ${menu}`);
  const found = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const [whole, name = '', value = ''] =
      new RegExp(`^([a-z-]+)=(${STRING}|[^ "{}\\[\\];$?\\\\]+)(?: |$)`).exec(rest) ??
      fail(`no property at: ${rest.slice(0, 40)}`);
    const form = known[name] ?? fail(`${menu} has no property ${name}`);
    if (found.has(name)) fail(`${name} twice`);
    if (!one(form).test(value)) fail(`${name} cannot be ${value}`);
    found.set(name, value);
    rest = rest.slice((whole as string).length);
  }
  return found;
}

/** Every command of a snippet; throws at the first thing that is not of the grammar. */
export function parseRouteros(text: string): RouterosCommand[] {
  const commands: RouterosCommand[] = [];
  let current = '';
  for (const [index, line] of text.split('\n').entries()) {
    const fail = (why: string): never => {
      throw new Error(`line ${index + 1}: ${why}: ${line}`);
    };
    if (!/^[\x20-\x7e]*$/.test(line)) fail('not printable ASCII');
    if (line === '' || line.startsWith('#')) continue;
    const add = (menu: string, body: string): void => {
      const found = properties(body, menu, fail);
      const action = found.get('action');
      if (menus[menu]?.action !== undefined) {
        const missing = (needs[action ?? ''] ?? fail('no action')).filter((name) => !found.has(name));
        if (missing.length > 0) fail(`${action} needs ${missing.join(', ')}`);
      }
      commands.push({ line: index + 1, menu, verb: 'add', properties: found });
    };
    const guarded = new RegExp(
      `^:if \\(\\[:len \\[(${MENU}) find where (${CONDITION})\\]\\] > 0\\) do=\\{ (${MENU}) add (.*) place-before=\\[:pick \\[(${MENU}) find where (${CONDITION})\\] 0\\] \\}$`,
    ).exec(line);
    const inline = new RegExp(`^(${MENU}) (remove|set) \\[find where (${CONDITION})\\](?: (.*))?$`).exec(line);
    if (guarded) {
      const [, lengthMenu, lengthCondition, menu = '', body = '', pickMenu, pickCondition] = guarded;
      if (lengthMenu !== menu || pickMenu !== menu || lengthCondition !== pickCondition)
        fail('counts and places by different finds');
      add(menu, body);
    } else if (inline) {
      const [, menu = '', verb, , body = ''] = inline;
      if (!(menu in menus)) fail(`unknown menu ${menu}`);
      if (verb === 'remove' && body !== '') fail('remove takes no properties');
      if (verb === 'set' && !/^![a-z-]+$/.test(body)) properties(body, menu, fail);
      if (verb === 'set' && body.startsWith('!') && !(body.slice(1) in (menus[menu] as object)))
        fail(`no property ${body}`);
      commands.push({ line: index + 1, menu, verb: verb as 'set' | 'remove', properties: new Map() });
    } else if (line.startsWith('/')) {
      if (!(line in menus)) fail('unknown menu');
      current = line;
    } else if (line.startsWith('add ')) {
      if (current === '') fail('add outside a menu');
      add(current, line.slice(4));
    } else fail('no command of ours');
  }
  return commands;
}

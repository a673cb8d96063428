import type { RouterosCommand } from '../config/routeros.js';
import { TCP_FLAG } from '../packet/tcp.js';
import { wordTable } from '../word-table.js';
import { type AddressRange, type AddressSet, parseRange } from './addresses.js';
import { mssIn } from './octets.js';
import { isMss } from './routeros-open.js';
import {
  type Action,
  type Base,
  chainKey,
  type Hook,
  type Role,
  type Rule,
  type Ruleset,
  type State,
  spansOf as spans,
  type Test,
} from './ruleset.js';

const hooks: Readonly<Record<string, Hook>> = wordTable({
  prerouting: 'prerouting',
  input: 'input',
  forward: 'forward',
  output: 'output',
  postrouting: 'postrouting',
  srcnat: 'postrouting',
  dstnat: 'prerouting',
});
const priorities: Readonly<Record<string, number>> = wordTable({ raw: -300, mangle: -150, filter: 0, nat: 100 });

/** What rules of RouterOS refer to: address lists, interface lists. */
export interface RouterosNames {
  readonly addressLists: ReadonlyMap<string, AddressSet>;
  readonly interfaceLists: ReadonlyMap<string, readonly string[]>;
}

export function namesOf(commands: readonly RouterosCommand[]): RouterosNames {
  const addressLists = new Map<string, AddressRange[]>();
  const interfaceLists = new Map<string, string[]>();
  for (const { menu, verb, active, values } of commands) {
    if (verb !== 'add' || !active) continue;
    const list = values.get('list') ?? '';
    if (/^ip(?:v6)? firewall address-list$/.test(menu)) {
      const range = parseRange(values.get('address') ?? '');
      // A host name resolves on the box alone: it is a member that no packet here has.
      addressLists.set(list, [...(addressLists.get(list) ?? []), ...(range ? [range] : [])]);
    } else if (menu === 'interface list member') {
      interfaceLists.set(list, [...(interfaceLists.get(list) ?? []), values.get('interface') ?? '']);
    }
  }
  return { addressLists, interfaceLists };
}

/** The firewall menus of RouterOS as one set; the two IP versions have tables of their own. */
export function rulesOfRouteros(commands: readonly RouterosCommand[], names: RouterosNames): Ruleset {
  const chains = new Map<string, Rule[]>();
  const bases: Base[] = [];
  for (const command of commands) {
    const [, six, menu] = /^ip(v6)? firewall (filter|mangle|nat|raw)$/.exec(command.menu) ?? [];
    if (menu === undefined || command.verb !== 'add' || !command.active) continue;
    const family = six === undefined ? 4 : 6;
    const table = `${menu}${family}`;
    const chain = command.values.get('chain') ?? '';
    const key = chainKey(table, chain);
    const rules = chains.get(key) ?? [];
    if (!chains.has(key)) {
      chains.set(key, rules);
      const hook = hooks[chain];
      const priority = chain === 'dstnat' ? -100 : (priorities[menu] ?? 0);
      if (hook)
        bases.push({ table, chain, hook, priority, family, newOnly: menu === 'nat', policy: 'accept', line: 0 });
    }
    const rule = ruleOf(command, family, names);
    // "place-before": a snippet puts its rules above what is there.
    if (command.values.has('place-before')) rules.splice(placed(rules, command), 0, rule);
    else rules.push(rule);
  }
  return { chains, bases };
}

/** Rules that the same paste placed first stay first. */
function placed(rules: readonly Rule[], { values }: RouterosCommand): number {
  const said = values.get('place-before') ?? '';
  if (/^\d+$/.test(said)) return Math.min(Number(said), rules.length);
  const [, wanted] = /action="?([\w-]+)/.exec(said) ?? [];
  const at = wanted === undefined ? 0 : rules.findIndex(({ text }) => text.includes(`action=${wanted}`));
  return Math.max(0, at);
}

/** Properties that match nothing. */
const silent =
  /^(?:action|chain|comment|disabled|log|log-prefix|place-before|passthrough|new-.*|to-(?:addresses|ports)|jump-target|reject-with|address-list|address-list-timeout|hw-offload|sniff-.*|route-dst|copy-from|numbers|randomise-ports|same-not-by-dst|ttl|.*invalid)$/;

function ruleOf({ line, text, values, open }: RouterosCommand, family: 4 | 6, names: RouterosNames): Rule {
  const tests: Test[] = [];
  for (const [name, raw] of values) {
    if (silent.test(name) || raw === '') continue;
    if (open.includes(name)) {
      tests.push(unknown(`${name}=${raw}`));
      continue;
    }
    const not = raw.startsWith('!');
    const test = testOf(name, not ? raw.slice(1).trim() : raw, family, names);
    if (Array.isArray(test)) tests.push(...test);
    else if (test) tests.push(not && test.on !== 'unknown' ? ({ ...test, not: true } as Test) : test);
  }
  return { line, text, tests, actions: actionsOf(values, open) };
}

const unknown = (text: string): Test => ({ on: 'unknown', text });
const conventional: Readonly<Record<string, readonly Role[]>> = wordTable({
  LAN: ['lan'],
  WAN: ['wan'],
  all: ['lan', 'wan', 'tunnel'],
  dynamic: [],
});

function testOf(
  name: string,
  value: string,
  family: 4 | 6,
  { addressLists, interfaceLists }: RouterosNames,
): Test | Test[] | undefined {
  switch (name) {
    case 'protocol':
      return {
        on: 'protocol',
        is: [
          { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6', 'ipsec-esp': 'esp' }[value] ??
            (family === 6 && value === 'icmp' ? 'icmpv6' : value),
        ],
      };
    case 'in-interface':
    case 'out-interface':
      return {
        on: name.startsWith('in') ? 'in' : 'out',
        names: value === 'all-ppp' ? ['ppp*', 'pppoe-*', 'l2tp-*', '<*', 'sstp-*', 'pptp-*', 'ovpn-*'] : [value],
      };
    case 'in-interface-list':
    case 'out-interface-list': {
      const on = name.startsWith('in') ? 'in' : 'out';
      const members = interfaceLists.get(value);
      if (members) return { on, names: members, roles: value === 'WAN' && members.length === 0 ? ['wan'] : [] };
      const roles = conventional[value];
      return roles ? { on, names: [], roles } : unknown(`${name}=${value}`);
    }
    case 'src-address':
    case 'dst-address': {
      const range = parseRange(value);
      return range ? { on: name === 'src-address' ? 'from' : 'to', set: [range] } : unknown(`${name}=${value}`);
    }
    case 'src-address-list':
    case 'dst-address-list': {
      const set = addressLists.get(value);
      return set ? { on: name === 'src-address-list' ? 'from' : 'to', set } : unknown(`${name}=${value}`);
    }
    case 'tcp-flags': {
      const said = value.split(',');
      const bit = (flag: string): number => TCP_FLAG[flag.replace('!', '') as keyof typeof TCP_FLAG] ?? 0;
      const mask = said.reduce((bits, flag) => bits | bit(flag), 0);
      return {
        on: 'flags',
        mask,
        value: said.filter((flag) => !flag.startsWith('!')).reduce((bits, flag) => bits | bit(flag), 0),
      };
    }
    case 'tcp-mss':
      return { on: 'mss', spans: spans(value, '-') ?? [] };
    case 'packet-size':
      return { on: 'size', spans: spans(value, '-') ?? [] };
    case 'src-port':
      return { on: 'source-port', spans: spans(value, '-') ?? [] };
    case 'dst-port':
      return { on: 'destination-port', spans: spans(value, '-') ?? [] };
    case 'port':
    case 'any-port':
      return { on: 'port', spans: spans(value, '-') ?? [] };
    case 'connection-state':
      return {
        on: 'state',
        is: value
          .split(',')
          .filter((state): state is State => /^(?:new|established|related|invalid|untracked)$/.test(state)),
      };
    case 'connection-mark':
    case 'packet-mark':
      return { on: name === 'packet-mark' ? 'mark' : 'connection-mark', value: value === 'no-mark' ? '0' : value };
    case 'ipsec-policy': {
      const [way, policy] = value.split(',');
      return { on: 'ipsec', way: way === 'in' ? 'in' : 'out', is: policy === 'ipsec' };
    }
    case 'icmp-options': {
      const [type, code] = value.split(':');
      const whole = code === undefined || /^0-255$/.test(code);
      return { on: 'icmp', types: [{ type: Number(type), ...(whole ? {} : { code: Number(code?.split('-')[0]) }) }] };
    }
    default:
      return unknown(`${name}=${value}`);
  }
}

function actionsOf(values: ReadonlyMap<string, string>, open: readonly string[]): Action[] {
  const action = values.get('action') ?? 'accept';
  const on: Action[] = values.get('passthrough') === 'no' ? [{ do: 'accept' }] : [];
  const mss = values.get('new-mss') ?? '';
  switch (action) {
    case 'accept':
    case 'return':
    case 'drop':
      return [{ do: action }];
    case 'reject':
    case 'tarpit':
      return [{ do: 'drop' }];
    case 'jump':
      return [{ do: 'jump', chain: values.get('jump-target') ?? '' }];
    case 'change-mss':
      if (!isMss(mss) && !open.includes('new-mss')) return [{ do: 'continue' }];
      return [{ do: 'clamp', to: /^\d+$/.test(mss) ? mssIn(mss) : 'pmtu' }, ...on];
    case 'mark-connection':
      return [{ do: 'connection-mark', value: values.get('new-connection-mark') ?? '' }, ...on];
    case 'mark-packet':
      return [{ do: 'mark', value: values.get('new-packet-mark') ?? '' }, ...on];
    case 'clear-df':
      return [{ do: 'clear-df' }, ...on];
    case 'notrack':
      return [{ do: 'notrack' }, ...on];
    case 'fasttrack-connection':
      return [{ do: 'fasttrack' }];
    case 'masquerade':
    case 'src-nat':
    case 'netmap':
    case 'same':
      return [{ do: 'source-nat' }, { do: 'accept' }];
    case 'dst-nat':
    case 'redirect':
      return [{ do: 'accept' }];
    default:
      return /^mark-|^change-|^set-|^strip-/.test(action) && on.length > 0 ? on : [{ do: 'continue' }];
  }
}

import type { IptablesRule, IptablesTable } from '../config/iptables.js';
import { parseRange } from './addresses.js';
import {
  type Action,
  ALL_FLAGS,
  type Base,
  chainKey,
  flagBits,
  type Hook,
  type Rule,
  type Ruleset,
  type Span,
  type State,
  type Test,
} from './ruleset.js';

const hooks: Readonly<Record<string, Hook>> = {
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
};
const priorities: Readonly<Record<string, number>> = { raw: -300, mangle: -150, filter: 0, security: 50, nat: 100 };

/** The rules of iptables and ip6tables in one set; two tables of a name are told apart by their family. */
export function rulesOfIptables(tables: readonly IptablesTable[]): Ruleset {
  const chains = new Map<string, Rule[]>();
  const bases: Base[] = [];
  for (const { name, family, chains: all } of tables) {
    const table = `${name}${family}`;
    for (const chain of all.values()) {
      chains.set(
        chainKey(table, chain.name),
        chain.rules.map((rule) => ruleOf(rule, family)),
      );
      const hook = hooks[chain.name];
      if (hook === undefined) continue;
      const priority = name === 'nat' && hook === 'prerouting' ? -100 : (priorities[name] ?? 0);
      const policy = chain.policy === 'DROP' ? 'drop' : 'accept';
      bases.push({
        table,
        chain: chain.name,
        hook,
        priority,
        family,
        newOnly: name === 'nat',
        policy,
        line: chain.line,
      });
    }
  }
  return { chains, bases };
}

/** Options without a value that say nothing about which packets match. */
const silent = new Set([
  '-m',
  '--match',
  '--comment',
  '--log-prefix',
  '--log-level',
  '--nflog-group',
  '--nflog-prefix',
]);

function ruleOf({ line, text, words }: IptablesRule, family: 4 | 6): Rule {
  const tests: Test[] = [];
  const actions: Action[] = [];
  let not = false;
  const policy: { way?: 'in' | 'out'; is?: boolean } = {};
  const values = (i: number, count: number): readonly string[] => words.slice(i + 1, i + 1 + count);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '!') {
      not = true;
      continue;
    }
    const target = /^(?:-j|--jump|-g|--goto)$/.test(word);
    if (target) {
      actions.push(...targetOf(words, i));
      // What follows belongs to the target.
      break;
    }
    if (silent.has(word)) {
      i++;
    } else if (word === '--dir') {
      policy.way = values(i, 1)[0] === 'in' ? 'in' : 'out';
      i++;
    } else if (word === '--pol') {
      policy.is = (values(i, 1)[0] === 'ipsec') !== not;
      i++;
    } else {
      const known = matches[word];
      if (known) {
        const test = known.test(values(i, known.takes), family);
        if (test) tests.push(not ? ({ ...test, not: true } as Test) : test);
        i += known.takes;
      } else if (word.startsWith('-') && word !== '--') {
        const takes =
          words[i + 1] !== undefined && !(words[i + 1] as string).startsWith('-') && words[i + 1] !== '!' ? 1 : 0;
        tests.push({ on: 'unknown', text: [word, ...values(i, takes)].join(' ') });
        i += takes;
      }
    }
    not = false;
  }
  if (policy.way !== undefined && policy.is !== undefined) tests.push({ on: 'ipsec', way: policy.way, is: policy.is });
  return { line, text, tests, actions };
}

interface Match {
  readonly takes: number;
  test(values: readonly string[], family: 4 | 6): Test | undefined;
}

const one = (test: (value: string, family: 4 | 6) => Test | undefined): Match => ({
  takes: 1,
  test: ([value = ''], family) => test(value, family),
});
const unknown = (text: string): Test => ({ on: 'unknown', text });

export function spans(text: string, separator = ':'): Span[] | undefined {
  const parsed = text.split(',').map((part): Span => {
    const [low = '', high] = part.split(separator);
    const from = low === '' ? 0 : Number(low);
    return [from, high === undefined ? from : high === '' ? 65535 : Number(high)];
  });
  return parsed.every((span) => span.every(Number.isInteger)) ? parsed : undefined;
}

const ports = (on: 'source-port' | 'destination-port' | 'port'): Match =>
  one((value) => ({ on, spans: spans(value) ?? services(value) }));
/** Names of /etc/services that stand in rule sets; another name is some port that no packet here has. */
const known: Readonly<Record<string, number>> = { ssh: 22, domain: 53, http: 80, https: 443, smtp: 25, ntp: 123 };
const services = (text: string): Span[] =>
  text.split(',').flatMap((name) => {
    const [low, high] = name.split(':').map((part) => known[part] ?? Number(part));
    return low === undefined || Number.isNaN(low) ? [] : [[low, high ?? low] as const];
  });

const addresses = (on: 'from' | 'to'): Match =>
  one((value) => {
    const set = value.split(',').map(parseRange);
    return set.every((range) => range !== undefined)
      ? { on, set: set as NonNullable<(typeof set)[number]>[] }
      : unknown(value);
  });
const interfaceName = (on: 'in' | 'out'): Match =>
  one((value) => ({ on, names: [value.endsWith('+') ? `${value.slice(0, -1)}*` : value] }));
const states: Match = one((value) => ({
  on: 'state',
  is: value
    .toLowerCase()
    .split(',')
    .filter((state): state is State => /^(?:new|established|related|invalid|untracked)$/.test(state)),
}));
const marks = (on: 'mark' | 'connection-mark'): Match =>
  one((value) => {
    const [number, mask] = value.split('/');
    const bits = { value: String(Number(number)), ...(mask === undefined ? {} : { mask: Number(mask) }) };
    return { on, ...bits };
  });
const icmp = (tooBig: RegExp, type: number, code: number | undefined): Match =>
  one((value) => {
    const [first, second] = value.split('/');
    if (tooBig.test(value)) return { on: 'icmp', types: [code === undefined ? { type } : { type, code }] };
    if (/^(?:any|255)$/.test(value)) return undefined;
    if (value === 'destination-unreachable') return { on: 'icmp', types: [{ type: code === undefined ? 1 : 3 }] };
    if (!/^\d+$/.test(first ?? '')) return { on: 'never' };
    return { on: 'icmp', types: [{ type: Number(first), ...(second === undefined ? {} : { code: Number(second) }) }] };
  });

const protocolNames: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '50': 'esp',
  '58': 'icmpv6',
  'ipv6-icmp': 'icmpv6',
};

const matches: Readonly<Record<string, Match>> = Object.fromEntries(
  (
    [
      [
        '-p --protocol --proto',
        one((value) =>
          value === 'all' || value === '0'
            ? undefined
            : { on: 'protocol', is: [protocolNames[value.toLowerCase()] ?? value.toLowerCase()] },
        ),
      ],
      ['-s --source --src', addresses('from')],
      ['-d --destination --dst', addresses('to')],
      ['--src-range', addresses('from')],
      ['--dst-range', addresses('to')],
      ['-i --in-interface', interfaceName('in')],
      ['-o --out-interface', interfaceName('out')],
      ['--ctstate --state', states],
      ['--ctdir', one((value) => ({ on: 'reply', is: value.toUpperCase() === 'REPLY' }))],
      ['--mss', one((value) => ({ on: 'mss', spans: spans(value) ?? [] }))],
      ['--length', one((value) => ({ on: 'size', spans: spans(value) ?? [] }))],
      ['--sport --source-port --sports --source-ports', ports('source-port')],
      ['--dport --destination-port --dports --destination-ports', ports('destination-port')],
      ['--ports', ports('port')],
      ['--icmp-type', icmp(/^(?:3\/4|fragmentation-needed)$/, 3, 4)],
      ['--icmpv6-type', icmp(/^(?:2|packet-too-big)$/, 2, undefined)],
      [
        '--syn',
        {
          takes: 0,
          test: () => ({ on: 'flags', mask: flagBits(['syn', 'ack', 'rst', 'fin']), value: flagBits(['syn']) }),
        },
      ],
      [
        '--tcp-flags',
        { takes: 2, test: ([mask = '', comp = '']) => ({ on: 'flags', mask: flags(mask), value: flags(comp) }) },
      ],
      ['--mark', marks('mark')],
      ['--set', unused()],
    ] satisfies readonly (readonly [string, Match])[]
  ).flatMap(([names, match]) => names.split(' ').map((name) => [name, match])),
);

/** `-m recent --set`: notes the packet and always holds. */
function unused(): Match {
  return { takes: 0, test: () => undefined };
}

const flags = (text: string): number =>
  text.toUpperCase() === 'NONE' ? 0 : text.toUpperCase() === 'ALL' ? ALL_FLAGS : flagBits(text.split(','));

function targetOf(words: readonly string[], at: number): Action[] {
  const target = words[at + 1] ?? '';
  const rest = words.slice(at + 2);
  const after = (...names: readonly string[]): string | undefined => {
    const index = rest.findIndex((word) => names.includes(word));
    return index < 0 ? undefined : rest[index + 1];
  };
  const marked = (text: string | undefined): { value: string } => ({ value: String(Number(text?.split('/')[0] ?? 0)) });
  if (/^(?:-g|--goto)$/.test(words[at] as string)) return [{ do: 'goto', chain: target }];
  switch (target) {
    case 'ACCEPT':
    case 'QUEUE':
    case 'NFQUEUE':
      return [{ do: 'accept' }];
    case 'DROP':
    case 'REJECT':
    case 'TARPIT':
      return [{ do: 'drop' }];
    case 'RETURN':
      return [{ do: 'return' }];
    case 'TCPMSS': {
      const value = Number(after('--set-mss') ?? Number.NaN);
      return [{ do: 'clamp', to: Number.isInteger(value) && value > 0 ? value : 'pmtu' }];
    }
    case 'MARK':
      return [{ do: 'mark', ...marked(after('--set-mark', '--set-xmark', '--or-mark')) }];
    case 'CONNMARK':
      if (rest.includes('--save-mark')) return [{ do: 'save-mark' }];
      if (rest.includes('--restore-mark')) return [{ do: 'restore-mark' }];
      return [{ do: 'connection-mark', ...marked(after('--set-mark', '--set-xmark', '--or-mark')) }];
    case 'NOTRACK':
      return [{ do: 'notrack' }];
    case 'CT':
      return rest.includes('--notrack') ? [{ do: 'notrack' }] : [{ do: 'continue' }];
    case 'MASQUERADE':
    case 'SNAT':
    case 'NETMAP':
      return [{ do: 'source-nat' }, { do: 'accept' }];
    case 'DNAT':
    case 'REDIRECT':
      return [{ do: 'accept' }];
    case 'FLOWOFFLOAD':
      return [{ do: 'flow' }];
    default:
      return extensions.has(target) ? [{ do: 'continue' }] : [{ do: 'jump', chain: target }];
  }
}

/** Targets after which the packet goes on. */
const extensions = new Set(
  'LOG NFLOG ULOG TEE TOS DSCP ECN TTL HL CLASSIFY CHECKSUM SET TRACE AUDIT SECMARK CONNSECMARK RATEEST TCPOPTSTRIP IDLETIMER LED HMARK'.split(
    ' ',
  ),
);

import { wordTable } from '../word-table.js';
import { parseRange } from './addresses.js';
import { protocolNames } from './protocol-names.js';
import { ALL_FLAGS, flagBits, type Span, type State, spansOf as spans, type Test } from './ruleset.js';
import { services } from './services.js';

interface Match {
  readonly takes: number;
  test(values: readonly string[], family: 4 | 6): Test | undefined;
}

const one = (test: (value: string, family: 4 | 6) => Test | undefined): Match => ({
  takes: 1,
  test: ([value = ''], family) => test(value, family),
});
const unknown = (text: string): Test => ({ on: 'unknown', text });

const ports = (on: 'source-port' | 'destination-port' | 'port'): Match =>
  one((value) => ({ on, spans: spans(value) ?? portsNamed(value) }));
const portsNamed = (text: string): Span[] =>
  text.split(',').flatMap((name) => {
    const [low, high] = name.split(':').map((part) => services[part] ?? Number(part));
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

/** The options of iptables that are conditions, and how many words each takes. */
export const matches: Readonly<Record<string, Match>> = wordTable({
  'connmark --mark': marks('connection-mark'),
  ...Object.fromEntries(
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
    ).flatMap(([names, match]) => names.split(' ').map((name) => [name, match] as const)),
  ),
});

/** `-m recent --set`: notes the packet and always holds. */
function unused(): Match {
  return { takes: 0, test: () => undefined };
}

const flags = (text: string): number =>
  text.toUpperCase() === 'NONE' ? 0 : text.toUpperCase() === 'ALL' ? ALL_FLAGS : flagBits(text.split(','));

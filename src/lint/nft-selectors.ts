import { wordTable } from '../word-table.js';
import { type AddressRange, parseRange } from './addresses.js';
import { protocolNames } from './protocol-names.js';
import type { Span, State, Test } from './ruleset.js';
import { services } from './services.js';

/** One selector of nft (`ip saddr`, `ct state`) and how its values become a condition. */
export interface Selector {
  readonly words: readonly string[];
  /** What it says by itself: `ip saddr` is IPv4. */
  readonly implies?: readonly Test[];
  test(values: readonly string[], operator: string): Test | undefined;
}

const four: Test = { on: 'family', is: 4 };
const six: Test = { on: 'family', is: 6 };
export const tcp: Test = { on: 'protocol', is: ['tcp'] };
export const unknown = (text: string): Test => ({ on: 'unknown', text });

/** `1361-65535`, `22`, and with an operator `> 1360`. */
function numbers(values: readonly string[], operator: string): Span[] | undefined {
  const spans = values.map((value): Span => {
    const [low, high] = value.split('-').map((part) => services[part] ?? Number(part));
    const from = low ?? Number.NaN;
    switch (operator) {
      case '>':
        return [from + 1, 65535];
      case '>=':
        return [from, 65535];
      case '<':
        return [0, from - 1];
      case '<=':
        return [0, from];
      default:
        return [from, high ?? from];
    }
  });
  return spans.every((span) => span.every(Number.isInteger)) ? spans : undefined;
}
const spanTest =
  (on: 'mss' | 'size' | 'source-port' | 'destination-port' | 'port') =>
  (values: readonly string[], operator: string): Test => {
    const spans = numbers(values, operator);
    return spans ? { on, spans } : unknown(values.join(' '));
  };
const addressTest =
  (on: 'from' | 'to') =>
  (values: readonly string[]): Test => {
    const set = values.map(parseRange);
    return set.every((range) => range !== undefined) ? { on, set: set as AddressRange[] } : unknown(values.join(' '));
  };
const names =
  (on: 'in' | 'out') =>
  (values: readonly string[]): Test => ({ on, names: values });
const protocol = (values: readonly string[]): Test => ({
  on: 'protocol',
  is: values.map((value) => protocolNames[value] ?? value),
});
const mark =
  (on: 'mark' | 'connection-mark') =>
  ([value = '']: readonly string[], operator: string): Test =>
    operator === '' || operator === '==' || operator === '!=' ? { on, value: String(Number(value)) } : unknown(value);
const ICMP: Readonly<Record<string, number>> = wordTable({
  'echo-reply': 0,
  'destination-unreachable': 3,
  redirect: 5,
  'echo-request': 8,
  'time-exceeded': 11,
  'parameter-problem': 12,
});
const ICMP6: Readonly<Record<string, number>> = wordTable({
  'destination-unreachable': 1,
  'packet-too-big': 2,
  'time-exceeded': 3,
  'parameter-problem': 4,
});
const icmpTypes =
  (table: Readonly<Record<string, number>>) =>
  (values: readonly string[]): Test => ({
    on: 'icmp',
    // Names that are not in the table (neighbour discovery …) are no answer to a packet that is too large.
    types: values.map((value) => ({ type: table[value] ?? (/^\d+$/.test(value) ? Number(value) : 254) })),
  });

export const selectors: readonly Selector[] = [
  ...(['iifname', 'iif', 'meta iifname', 'meta iif'] as const).map((text) => ({
    words: text.split(' '),
    test: names('in'),
  })),
  ...(['oifname', 'oif', 'meta oifname', 'meta oif'] as const).map((text) => ({
    words: text.split(' '),
    test: names('out'),
  })),
  {
    words: ['meta', 'nfproto'],
    test: ([value]) => (value === 'ipv6' ? six : value === 'ipv4' ? four : unknown(value ?? '')),
  },
  {
    words: ['meta', 'protocol'],
    test: ([value]) => (value === 'ip6' ? six : value === 'ip' ? four : unknown(value ?? '')),
  },
  { words: ['meta', 'l4proto'], test: protocol },
  { words: ['meta', 'length'], test: spanTest('size') },
  { words: ['meta', 'mark'], test: mark('mark') },
  { words: ['mark'], test: mark('mark') },
  ...(['ipsec', 'secpath'] as const).map((word) => ({
    words: ['meta', word],
    test: ([value]: readonly string[]): Test => ({ on: 'ipsec', way: 'in', is: value !== 'missing' && value !== '0' }),
  })),
  {
    words: ['rt', 'ipsec'],
    test: ([value]) => ({ on: 'ipsec', way: 'out', is: value !== 'missing' && value !== '0' }),
  },
  { words: ['ip', 'saddr'], implies: [four], test: addressTest('from') },
  { words: ['ip', 'daddr'], implies: [four], test: addressTest('to') },
  { words: ['ip6', 'saddr'], implies: [six], test: addressTest('from') },
  { words: ['ip6', 'daddr'], implies: [six], test: addressTest('to') },
  { words: ['ip', 'protocol'], implies: [four], test: protocol },
  { words: ['ip6', 'nexthdr'], implies: [six], test: protocol },
  { words: ['ip', 'length'], implies: [four], test: spanTest('size') },
  { words: ['ip', 'version'], test: ([value]) => (value === '6' ? six : four) },
  { words: ['tcp', 'sport'], implies: [tcp], test: spanTest('source-port') },
  { words: ['tcp', 'dport'], implies: [tcp], test: spanTest('destination-port') },
  { words: ['th', 'sport'], test: spanTest('source-port') },
  { words: ['th', 'dport'], test: spanTest('destination-port') },
  { words: ['udp', 'sport'], implies: [{ on: 'protocol', is: ['udp'] }], test: spanTest('source-port') },
  { words: ['udp', 'dport'], implies: [{ on: 'protocol', is: ['udp'] }], test: spanTest('destination-port') },
  { words: ['tcp', 'option', 'maxseg', 'size'], implies: [tcp], test: spanTest('mss') },
  {
    words: ['tcp', 'option', 'maxseg'],
    implies: [tcp],
    test: ([value]) => (value === 'missing' ? { on: 'never' } : undefined),
  },
  { words: ['ct', 'direction'], test: ([value]) => ({ on: 'reply', is: value === 'reply' || value === '1' }) },
  { words: ['ct', 'mark'], test: mark('connection-mark') },
  {
    words: ['ct', 'state'],
    test: (values) => ({
      on: 'state',
      is: values.filter((value): value is State => /^(?:new|established|related|invalid|untracked)$/.test(value)),
    }),
  },
  { words: ['icmp', 'type'], implies: [{ on: 'protocol', is: ['icmp'] }], test: icmpTypes(ICMP) },
  { words: ['icmpv6', 'type'], implies: [{ on: 'protocol', is: ['icmpv6'] }], test: icmpTypes(ICMP6) },
  // Words that are known and decide nothing that can be told here: such a rule may match or not.
  ...[
    ...['frag-off', 'dscp', 'ecn', 'ttl', 'id', 'hdrlength', 'checksum'].map((word) => ['ip', word]),
    ...['dscp', 'ecn', 'flowlabel', 'hoplimit'].map((word) => ['ip6', word]),
    ...[
      'pkttype',
      'priority',
      'skuid',
      'skgid',
      'rtclassid',
      'cgroup',
      'iifgroup',
      'oifgroup',
      'iiftype',
      'oiftype',
      'cpu',
      'hour',
      'day',
      'time',
      'random',
      'iifkind',
      'oifkind',
      'ibrname',
      'obrname',
    ].map((word) => ['meta', word]),
    ...['status', 'helper', 'zone', 'expiration', 'bytes', 'packets', 'avgpkt', 'label', 'id', 'count'].map((word) => [
      'ct',
      word,
    ]),
    ...['sequence', 'ackseq', 'window', 'doff', 'urgptr'].map((word) => ['tcp', word]),
    ...[
      ['ether', 'saddr'],
      ['ether', 'daddr'],
      ['ether', 'type'],
      ['vlan', 'id'],
      ['udp', 'length'],
      ['rt', 'mtu'],
      ['rt', 'nexthop'],
      ['rt', 'classid'],
      ['icmp', 'mtu'],
    ],
  ].map((words): Selector => ({ words, test: () => ({ on: 'unknown', text: '' }) })),
  {
    words: ['icmp', 'code'],
    test: (values) => ({
      on: 'icmp',
      types: values.map((value) => ({ type: 3, code: value === 'frag-needed' ? 4 : Number(value) || 0 })),
    }),
  },
];

import { type RouterosCommand, readRouteros as readCommands } from '../config/routeros.js';
import { MtucalcError } from '../error.js';
import {
  type Broken,
  type Clamp,
  type ClearDf,
  type Facts,
  type FastPath,
  looksLikeTunnel,
  noFacts,
  type Place,
  place,
  type SourceNat,
} from './facts.js';

const enabled = ({ verb, active }: RouterosCommand): boolean => verb === 'add' && active;
const familyOf = ({ menu }: RouterosCommand): 4 | 6 => (menu.startsWith('ipv6') ? 6 : 4);
const policyOf = ({ values }: RouterosCommand): 'in' | 'out' | undefined => {
  const [direction, policy] = (values.get('ipsec-policy') ?? '').split(',');
  return policy === 'ipsec' && (direction === 'in' || direction === 'out') ? direction : undefined;
};
const actionOf = ({ values }: RouterosCommand): string => values.get('action') ?? 'accept';

function clampOf(command: RouterosCommand): Clamp {
  const { values } = command;
  const [out, into] = [
    values.get('out-interface') ?? values.get('out-interface-list'),
    values.get('in-interface') ?? values.get('in-interface-list'),
  ];
  const policy = policyOf(command);
  const value = values.get('new-mss') ?? '';
  const flags = (values.get('tcp-flags') ?? '').split(',');
  return {
    ...place(command.line, command.text),
    family: familyOf(command),
    direction:
      policy ??
      (out !== undefined && into === undefined ? 'out' : into !== undefined && out === undefined ? 'in' : 'both'),
    by: policy ? 'policy' : out !== undefined || into !== undefined ? 'interface' : 'anything',
    interfaces: [out, into].filter((name) => name !== undefined),
    mss: /^\d+$/.test(value) ? Number(value) : 'pmtu',
    synAck: !flags.includes('!ack'),
    guarded: values.has('tcp-mss') || !/^\d+$/.test(value),
    from: values.get('src-address') ?? values.get('src-address-list'),
    to: values.get('dst-address') ?? values.get('dst-address-list'),
    hook: values.get('chain') ?? '',
  };
}

/** Rules of one menu and chain in their order. */
const chainOf = (commands: readonly RouterosCommand[], menu: string, chain: string): RouterosCommand[] =>
  commands.filter((command) => enabled(command) && command.menu === menu && command.values.get('chain') === chain);

/** Narrower than "all IPsec": by address, interface, protocol or state. */
const narrow = ({ values }: RouterosCommand): boolean =>
  [
    'src-address',
    'dst-address',
    'src-address-list',
    'dst-address-list',
    'in-interface',
    'out-interface',
    'protocol',
    'connection-mark',
  ].some((name) => values.has(name));

/**
 * Accepts by address, one for each way, as MikroTik's manual has them ("NAT and Fasttrack Bypass"): enough where every
 * policy in the file has its pair.
 */
function acceptedByAddress(commands: readonly RouterosCommand[], above: readonly RouterosCommand[]): boolean {
  const way = ({ values }: RouterosCommand): string => `${values.get('src-address')} ${values.get('dst-address')}`;
  const back = ({ values }: RouterosCommand): string => `${values.get('dst-address')} ${values.get('src-address')}`;
  const addressed = above.filter(({ values }) => values.has('src-address') && values.has('dst-address'));
  const ways = new Set(addressed.map(way));
  const pairs = new Set(addressed.filter((rule) => ways.has(back(rule))).map(way));
  const policies = commands.filter(
    (command) => enabled(command) && command.menu === 'ip ipsec policy' && command.values.has('dst-address'),
  );
  return pairs.size > 0 && policies.every((policy) => pairs.has(way(policy)));
}

function fastPaths(commands: readonly RouterosCommand[]): FastPath[] {
  return ['ip', 'ipv6'].flatMap((family) => {
    const filter = chainOf(commands, `${family} firewall filter`, 'forward');
    return filter.flatMap((rule, index): FastPath[] => {
      if (actionOf(rule) !== 'fasttrack-connection') return [];
      const above = filter.slice(0, index).filter((command) => actionOf(command) === 'accept');
      const byAddress = acceptedByAddress(commands, above);
      const mark = rule.values.get('connection-mark');
      const marks = commands.filter(
        (command) =>
          enabled(command) && command.menu === `${family} firewall mangle` && actionOf(command) === 'mark-connection',
      );
      const marked = (direction: 'in' | 'out'): boolean =>
        mark !== undefined &&
        marks.some(
          (command) =>
            policyOf(command) === direction &&
            (mark === 'no-mark' || mark === `!${command.values.get('new-connection-mark')}`),
        );
      const untracked = commands.some(
        (command) => enabled(command) && command.menu === `${family} firewall raw` && actionOf(command) === 'notrack',
      );
      // A mark is the connection's: set in either direction it is seen in both.
      const byMark = marked('in') || marked('out');
      const spares = (direction: 'in' | 'out'): boolean =>
        untracked ||
        byMark ||
        byAddress ||
        above.some((command) => policyOf(command) === direction && !narrow(command));
      return [{ ...place(rule.line, rule.text), kind: 'fasttrack', sparesOut: spares('out'), sparesIn: spares('in') }];
    });
  });
}

function nats(commands: readonly RouterosCommand[]): SourceNat[] {
  const chain = chainOf(commands, 'ip firewall nat', 'srcnat');
  const untracked = commands.some(
    (command) => enabled(command) && command.menu === 'ip firewall raw' && actionOf(command) === 'notrack',
  );
  return chain.flatMap((rule, index): SourceNat[] => {
    if (!/^(masquerade|src-nat)$/.test(actionOf(rule))) return [];
    const bypass = chain
      .slice(0, index)
      .some(
        (command) =>
          actionOf(command) === 'accept' &&
          (policyOf(command) === 'out' || command.values.has('dst-address') || command.values.has('dst-address-list')),
      );
    const spares =
      bypass ||
      untracked ||
      rule.values.get('ipsec-policy') === 'out,none' ||
      /^!/.test(rule.values.get('dst-address') ?? rule.values.get('dst-address-list') ?? '');
    const name = rule.values.get('out-interface') ?? rule.values.get('out-interface-list');
    return [
      { ...place(rule.line, rule.text), family: 4, interfaces: name === undefined ? [] : [name], sparesIpsec: spares },
    ];
  });
}

/** A mark without passthrough ends the chain for its packets: a change-mss below never runs. */
function unreached(commands: readonly RouterosCommand[]): Broken[] {
  const mangle = commands.filter((command) => enabled(command) && command.menu.endsWith('firewall mangle'));
  return mangle.flatMap((rule, index): Broken[] => {
    if (actionOf(rule) !== 'change-mss') return [];
    const stopper = mangle
      .slice(0, index)
      .find(
        (other) =>
          other.menu === rule.menu &&
          other.values.get('chain') === rule.values.get('chain') &&
          other.values.get('passthrough') === 'no' &&
          /^mark-/.test(actionOf(other)) &&
          policyOf(other) !== undefined &&
          policyOf(other) === policyOf(rule),
      );
    return stopper
      ? [
          {
            ...place(rule.line, rule.text),
            code: 'clamp-not-reached',
            why: `line ${stopper.line} marks the same packets with passthrough=no, so this change-mss never sees them`,
            fix: `passthrough=yes on line ${stopper.line}, or move the change-mss above it`,
          },
        ]
      : [];
  });
}

/** The first policy or peer, in a file that has the firewall too: an export of IPsec alone says nothing about clamps. */
function ipsecPlace(commands: readonly RouterosCommand[]): Place | undefined {
  const found = commands.find((command) => enabled(command) && /^ip ipsec (policy|peer|identity)$/.test(command.menu));
  return found && commands.some(({ menu }) => /^ip firewall (filter|nat|mangle)$/.test(menu))
    ? place(found.line, found.text)
    : undefined;
}

/** Rules are compared with those above them. */
const MOST_RULES = 3000;

export function readRouteros(text: string): Facts {
  const commands = readCommands(text).commands;
  const rules = commands.filter(({ menu }) => /^ip(v6)? firewall (filter|mangle|nat|raw)$/.test(menu));
  if (rules.length > MOST_RULES) {
    throw new MtucalcError(
      'too-many',
      `${rules.length} firewall rules, ${MOST_RULES} at most`,
      'lint the menus apart: /ip firewall mangle export',
    );
  }
  const active = commands.filter(enabled);
  const ofAction = (action: string): RouterosCommand[] => active.filter((command) => actionOf(command) === action);
  const interfaces = active
    .flatMap(({ values }) => [values.get('in-interface'), values.get('out-interface')])
    .filter((name) => name !== undefined);
  const sourceNats = nats(commands);
  return {
    ...noFacts,
    format: 'routeros',
    clamps: ofAction('change-mss').map(clampOf),
    nats: sourceNats,
    fastPaths: fastPaths(commands),
    clearDfs: ofAction('clear-df').map(
      (command): ClearDf => ({ ...place(command.line, command.text), hook: command.values.get('chain') ?? '' }),
    ),
    broken: unreached(commands),
    ipsecThroughFirewall: ipsecPlace(commands),
    policyIpsec:
      commands.some(
        (command) =>
          /^ip ipsec (policy|peer|identity|proposal)/.test(command.menu) &&
          command.verb !== 'print' &&
          !(command.verb === 'set' && command.values.get('disabled') === 'yes'),
      ) || active.some((command) => policyOf(command) !== undefined),
    wanInterfaces: sourceNats.flatMap(({ interfaces: names }) => names),
    tunnelInterfaces: [...new Set(interfaces.filter(looksLikeTunnel))],
    families: [4, ...(commands.some(({ menu }) => menu.startsWith('ipv6')) ? [6 as const] : [])],
  };
}

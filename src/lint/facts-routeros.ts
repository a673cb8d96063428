import { withUnread } from '../config/lines.js';
import { type RouterosCommand, readRouteros } from '../config/routeros.js';
import { changed } from '../config/routeros-changes.js';
import { MtucalcError } from '../error.js';
import { parseRange } from './addresses.js';
import { type Facts, type IpsecFacts, noFacts, type Pair, place } from './facts.js';
import { namesOf, rulesOfRouteros } from './from-routeros.js';
import { looksLikeTunnel } from './interface-names.js';
import { devicesOf } from './routeros-devices.js';
import { openRules } from './routeros-open.js';

const MOST_RULES = 3000;
const FIREWALL = /^ip(v6)? firewall (filter|mangle|nat|raw)$/;

/** What a RouterOS export, script or print says. */
export function factsOfRouteros(text: string): Facts {
  const read = readRouteros(text);
  const { commands, unread } = changed(read.commands);
  const count = withUnread(read.count, [...openRules(commands), ...unread]);
  const rules = commands.filter(({ menu }) => FIREWALL.test(menu));
  if (rules.length > MOST_RULES)
    throw new MtucalcError(
      'too-many',
      `${rules.length} firewall rules, ${MOST_RULES} at most`,
      'lint the menus apart: /ip firewall mangle export',
    );
  const names = namesOf(commands);
  const devices = devicesOf(commands);
  const declared = new Set(devices.filter(({ kind }) => kind !== 'pppoe').map(({ name }) => name));
  const natted = commands
    .filter(
      ({ menu, verb, active, values }) =>
        menu === 'ip firewall nat' &&
        verb === 'add' &&
        active &&
        /^(?:masquerade|src-nat)$/.test(values.get('action') ?? ''),
    )
    .flatMap(({ values }) => [
      values.get('out-interface') ?? '',
      ...(names.interfaceLists.get(values.get('out-interface-list') ?? '') ?? []),
    ]);
  const wan = [
    ...devices.filter(({ kind }) => kind === 'pppoe').map(({ name }) => name),
    ...(names.interfaceLists.get('WAN') ?? []),
    ...natted,
  ];
  return {
    ...noFacts,
    format: 'routeros',
    count,
    ruleset: rulesOfRouteros(commands, names),
    hasFirewall: rules.length > 0,
    ipsec: ipsecOf(commands),
    devices,
    wanNames: [...new Set(wan)].filter(
      (name) => name !== '' && !name.startsWith('!') && !declared.has(name) && !looksLikeTunnel(name),
    ),
    families: [4, ...(commands.some(({ menu }) => /^ipv6 firewall/.test(menu)) ? [6 as const] : [])],
  };
}

const added = ({ verb, active }: RouterosCommand): boolean => verb === 'add' && active;

/**
 * Only what is enabled and added is IPsec: defaults of an export (`set [find default=yes]`, `set 0`) encrypt nothing.
 */
function ipsecOf(commands: readonly RouterosCommand[]): IpsecFacts {
  const of = (menu: string): RouterosCommand[] => commands.filter((command) => command.menu === menu && added(command));
  const policies = of('ip ipsec policy').filter(
    ({ values }) => values.get('template') !== 'yes' && values.get('action') !== 'none',
  );
  const tunnels = policies.filter(({ values }) => values.get('tunnel') === 'yes');
  const identities = of('ip ipsec identity');
  const peers = of('ip ipsec peer');
  const matched = commands.find(
    (command) =>
      FIREWALL.test(command.menu) &&
      added(command) &&
      /,ipsec$/.test(command.values.get('ipsec-policy') ?? '') &&
      command.values.get('action') !== 'accept',
  );
  const shown = policies.length > 0 ? tunnels[0] : (identities[0] ?? peers[0] ?? matched);
  const pools = poolPairs(commands, identities);
  return {
    byPolicy: shown !== undefined,
    place: shown && place(shown.line, shown.text),
    pairs: [...tunnels.flatMap(({ values }) => pairOf(values.get('src-address'), values.get('dst-address'))), ...pools],
  };
}

const ANY = { 4: parseRange('0.0.0.0/0'), 6: parseRange('::/0') } as const;

function pairOf(source = '', destination = ''): Pair[] {
  const far = parseRange(destination);
  const lan = parseRange(source) ?? (far && ANY[far.family]);
  return lan && far && far.family === lan.family && !/^(?:0\.0\.0\.0|::)\/0$/.test(destination) ? [{ lan, far }] : [];
}

/** Road warriors: the policies that are made for them have an address of the pool. */
function poolPairs(commands: readonly RouterosCommand[], identities: readonly RouterosCommand[]): Pair[] {
  const generated = identities.filter(({ values }) => /^port-/.test(values.get('generate-policy') ?? ''));
  return generated.flatMap(({ values }) => {
    const config = commands.find(
      ({ menu, values: v }) => menu === 'ip ipsec mode-config' && v.get('name') === values.get('mode-config'),
    );
    const pool = commands.find(
      ({ menu, values: v }) => menu === 'ip pool' && v.get('name') === config?.values.get('address-pool'),
    );
    return (pool?.values.get('ranges') ?? '').split(',').flatMap((range) => pairOf(undefined, range));
  });
}

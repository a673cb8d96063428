import type { LinkReading, Understood } from '../reading.js';
import { safe } from '../secret.js';
import { mtuOf } from './link-draft.js';
import { address } from './routeros-policy.js';
import { isServer, routerosTunnels, setMtuCommand } from './routeros-tunnels.js';
import type { RouterosItem } from './routeros-words.js';

/** RFC 2516 §7: what PPPoE on Ethernet carries at most. */
const PPPOE = 1492;
/** What a RouterOS server offers where its max-mtu was never set. */
const ROUTEROS_PPPOE_SERVER = 1480;

/** An interface's name as its own rows and links call it. */
export const interfaceName = ({ menu, values }: RouterosItem): string =>
  safe(values.get('name') ?? values.get('default-name') ?? menu.replace(/^interface /, ''), 30);

/** Interfaces whose MTU the export says, or leaves at a default that is known. */
export function linksOf(commands: readonly RouterosItem[], understood: Understood[]): LinkReading[] {
  const given = addressesOf(commands);
  return commands.flatMap((item): LinkReading[] => {
    const { menu, values, line, verb } = item;
    const tunnel = routerosTunnels[menu];
    const pppoe = menu === 'interface pppoe-client';
    if (!pppoe && !tunnel && menu !== 'interface ethernet') return [];
    // A server that is not enabled makes no interface.
    if (isServer(menu) && values.get('enabled') !== 'yes') return [];
    const word = (pppoe ? values.get('max-mtu') : undefined) ?? values.get(tunnel?.property ?? 'mtu');
    const said = mtuOf(word);
    const made = verb === 'add' || isServer(menu);
    const factory = !made ? null : pppoe ? PPPOE : (tunnel?.factory ?? null);
    const mtu = said ?? factory;
    if (mtu === null) return [];
    const name = interfaceName(item);
    understood.push({
      line,
      says:
        said === null
          ? `${menu}: MTU not exported, ${pppoe ? 'at most' : 'the default'} ${mtu}`
          : `${menu}: MTU ${mtu}`,
    });
    return [
      {
        name,
        role: tunnel ? 'tunnel' : 'link',
        mtu,
        addresses: (given.get(name) ?? []).map((one) => one.replace(/\/\d+$/, '')),
        subnets: given.get(name) ?? [],
        defaultRoute: values.get('add-default-route') === 'yes',
        ifId: null,
        ...carriesOf(menu, values),
        ...(pppoe && said === null
          ? {
              less: {
                mtu: ROUTEROS_PPPOE_SERVER,
                where: `${name} has no max-mtu: at most ${PPPOE} (RFC 2516 §7), and a RouterOS server left at its default settles on ${ROUTEROS_PPPOE_SERVER}`,
              },
            }
          : {}),
        ...(tunnel ? { owner: name, setMtu: (value: number) => setMtuCommand(menu, name, value) } : {}),
        up: item.active,
        line,
      },
    ];
  });
}

/** `/ip address`, by interface. */
function addressesOf(commands: readonly RouterosItem[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { menu, verb, active, values } of commands) {
    const one = values.get('address') ?? '';
    if (menu !== 'ip address' || verb !== 'add' || !active || address(one) === null) continue;
    const name = safe(values.get('interface') ?? '', 30);
    found.set(name, [...(found.get(name) ?? []), safe(one, 30)]);
  }
  return found;
}

function carriesOf(menu: string, values: ReadonlyMap<string, string>): Pick<LinkReading, 'carries'> {
  const payload = routerosTunnels[menu]?.payload;
  const remote = address(values.get('remote-address'));
  return payload && remote !== null ? { carries: { payload, ends: [remote] } } : {};
}

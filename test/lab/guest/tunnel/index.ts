import type { Carrier, Scenario } from '../../scenario.js';
import { closeSocket, offloadOff } from '../libc.js';
import { forgetRoutes, ip } from '../namespace.js';
import { devices } from './devices.js';
import { encapSocket, policies, states } from './esp.js';
import { l2tp } from './l2tp.js';
import { type Device, type End, endsOf } from './tunnel.js';

/** A tunnel as it stands. */
export interface Standing {
  /** Its device at both gateways, if it has one. */
  readonly device: string | null;
  remove(): void;
}

const nothing: Standing = { device: null, remove: () => {} };

/** Makes the tunnel of a scenario between gw1 and gw2. */
export async function raise(scenario: Scenario, work: string): Promise<Standing> {
  const tunnel = scenario.tunnel ?? 'none';
  const ends = endsOf(scenario);
  if (tunnel === 'none') return plain(ends, scenario);
  const [carrier, protection] = tunnel.split('/') as [string, 'esp' | 'esp-tunnel' | undefined];
  const session = carrier === 'l2tp' ? l2tp(scenario, ends, work) : undefined;
  const device: Device | undefined = session ? session.device : devices[carrier as Carrier];
  const protectedBy = protection ?? (device === undefined ? carrier : undefined);
  const esp = protectedBy !== undefined || carrier === 'vti' || carrier === 'xfrm';
  const sockets = esp && scenario.natT ? ends.map(encapSocket) : [];
  for (const end of ends) {
    ip(end.node, [
      ...(esp ? security(scenario, ends, end, carrier, protectedBy, device) : []),
      ...(device && !session ? deviceLines(scenario, end, device) : []),
    ]);
    device?.after?.(end);
    if (device && !session && !scenario.offloadAt?.includes(end.node)) offloadOff(end.node, device.name);
  }
  await session?.connect();
  return {
    device: device?.name ?? null,
    remove: () => {
      session?.end();
      for (const fd of sockets) closeSocket(fd);
      for (const { node } of ends) {
        const lines = [
          'xfrm state flush',
          'xfrm policy flush',
          ...(device && !session ? [`link del ${device.name}`] : []),
        ];
        ip(node, lines, true);
        forgetRoutes(node);
      }
    },
  };
}

function security(
  scenario: Scenario,
  ends: readonly [End, End],
  end: End,
  carrier: string,
  protectedBy: string | undefined,
  device: Device | undefined,
): string[] {
  if (carrier === 'vti' || carrier === 'xfrm') {
    const words = carrier === 'vti' ? 'mark 42' : 'if_id 42';
    // An xfrm interface finds its state by if_id; a VTI marks what it sends, the states stay unmarked.
    const mode = carrier === 'vti' ? 'mode tunnel flag af-unspec' : 'mode tunnel flag af-unspec if_id 42';
    return [
      ...states(scenario, ends, mode),
      ...['src 0.0.0.0/0 dst 0.0.0.0/0', 'src ::/0 dst ::/0'].flatMap((any) =>
        policies(end, 'tunnel', any, any, words),
      ),
    ];
  }
  const { local, remote, near, far } = end;
  if (protectedBy === 'esp' && device === undefined) {
    return [
      ...states(scenario, ends, 'mode tunnel flag af-unspec'),
      ...([4, 6] as const).flatMap((family) =>
        policies(end, 'tunnel', `src ${near[family]} dst ${far[family]}`, `src ${far[family]} dst ${near[family]}`),
      ),
    ];
  }
  const mode = protectedBy === 'esp-tunnel' ? 'tunnel' : 'transport';
  // Narrow, since UDP 4500 itself must not fall under the policy (an IKE daemon's socket has a bypass for it).
  const which = device?.selector?.() ?? 'proto udp dport 9';
  return [
    ...states(scenario, ends, `mode ${mode}`),
    ...policies(end, mode, `src ${local} dst ${remote} ${which}`, `src ${remote} dst ${local} ${which}`),
  ];
}

/** The far network is routed into the device, in every family that it carries. */
function deviceLines(scenario: Scenario, end: End, device: Device): string[] {
  const { name } = device;
  const families = device.carries ?? [4, 6];
  const route = (family: 4 | 6): string =>
    `route add ${end.far[family]} ${device.ownSubnet ? `via ${end.beyond[family]}` : ''} dev ${name}`;
  return [
    ...device.add(end),
    `link set ${name} mtu ${scenario.tunnelMtu ?? 9000} up`,
    ...(device.ownSubnet
      ? [`addr add ${end.inside[4]}/30 dev ${name}`, `addr add ${end.inside[6]}/64 dev ${name} nodad`]
      : []),
    ...families.map(route),
  ];
}

/** Without a tunnel the ISP has to know both networks. */
function plain([one, two]: readonly [End, End], { wan }: Scenario): Standing {
  const ppp = wan?.startsWith('pppoe');
  ip('isp', [
    `route add ${two.near[4]} via 198.51.100.2`,
    `route add ${two.near[6]} via 2001:db8:2::2`,
    ppp ? `route add ${one.near[4]} dev ppp0` : `route add ${one.near[4]} via 192.0.2.2`,
    `route add ${one.near[6]} via 2001:db8:1::2`,
  ]);
  return {
    ...nothing,
    remove: () =>
      ip(
        'isp',
        [one, two].flatMap(({ near }) => [`route del ${near[4]}`, `route del ${near[6]}`]),
        true,
      ),
  };
}

import type { Node, Scenario } from '../scenario.js';
import { addresses as a, mac } from './addresses.js';
import { offloadOff } from './libc.js';
import { ip, must, nodes, sysctl } from './namespace.js';
import { bringUpWan, type WanSession } from './wan.js';

/** What stands while scenarios with the same ground follow each other. */
export interface Base {
  readonly key: string;
  /** The device of gw1 that carries its WAN address. */
  readonly wanDevice: string;
  readonly session: WanSession;
}

/** Scenarios with equal keys can stand on the same ground, one after the other. */
export function baseKey(scenario: Scenario): string {
  const { wan, lanMtu, clientMtu, farMtu, delayMs, lossPercent, offloadAt } = scenario;
  return JSON.stringify([
    wan ?? 'ethernet',
    linkMtuOf(scenario),
    lanMtu,
    clientMtu,
    farMtu,
    delayMs,
    lossPercent,
    offloadAt,
  ]);
}

/** True when nothing of the scenario stays behind on the ground it stood on. */
export const leavesNoTrace = (scenario: Scenario): boolean =>
  scenario.run.every(({ do: what }) => what === 'measure') &&
  [
    scenario.dropPtb,
    scenario.dropIcmpErrors,
    scenario.ignorePtb,
    scenario.clearDf,
    scenario.ptbMtu,
    scenario.ignoreMss,
  ].every((x) => !x) &&
  [scenario.dropFragmentsAt, scenario.clamp, scenario.sysctl, scenario.capture].every((x) => !x);

export const linkMtuOf = ({ wan, linkMtu }: Scenario): number => linkMtu ?? (wan?.startsWith('pppoe') ? 1492 : 1500);

/** Namespaces, cables, addresses, the WAN. */
export async function buildBase(scenario: Scenario, work: string): Promise<Base> {
  const lan = scenario.lanMtu ?? 1500;
  const link = linkMtuOf(scenario);
  const far = scenario.farMtu ?? Math.max(1500, link);
  // A PPPoE frame is 8 octets larger than what it carries, the Ethernet below must hold it.
  const cable = Math.max(1500, scenario.wan?.startsWith('pppoe') ? link + 8 : link);
  ip(
    null,
    nodes.map((node) => `netns add ${node}`),
  );
  const pair = (one: string, two: string, mtu: number): string =>
    `link add ${one} type veth peer ${two.replace('MTU', String(mtu))}`;
  const end = (name: string, at: Node, address: string): string =>
    `name ${name} address ${address} mtu MTU netns ${at}`;
  const veth = (one: readonly [string, Node, string], two: readonly [string, Node, string], mtu: number): string =>
    pair(end(...one).replace('MTU', String(mtu)), end(...two), mtu);
  ip(null, [
    veth(['c0', 'client', mac.client], ['lan0', 'gw1', mac.gw1Lan], lan),
    veth(['wan0', 'gw1', mac.gw1Wan], ['up0', 'isp', mac.ispUp], cable),
    veth(['down0', 'isp', mac.ispDown], ['wan0', 'gw2', mac.gw2Wan], far),
    veth(['lan0', 'gw2', mac.gw2Lan], ['s0', 'server', mac.server], lan),
  ]);
  const devices: readonly [Node, readonly string[]][] = [
    ['client', ['c0']],
    ['gw1', ['lan0', 'wan0']],
    ['isp', ['up0', 'down0']],
    ['gw2', ['lan0', 'wan0']],
    ['server', ['s0']],
  ];
  for (const [node, names] of devices) {
    sysctl(node, {
      'ipv6.conf.all.accept_dad': 0,
      'ipv6.conf.default.accept_dad': 0,
      'ipv6.conf.all.router_solicitations': 0,
      'ipv6.conf.default.router_solicitations': 0,
      'ipv4.conf.all.rp_filter': 0,
      'ipv4.conf.default.rp_filter': 0,
      'ipv4.tcp_mtu_probing': 0,
      'ipv4.icmp_ratelimit': 0,
      'ipv6.icmp.ratelimit': 0,
      ...(node === 'client' || node === 'server' ? {} : { 'ipv4.ip_forward': 1, 'ipv6.conf.all.forwarding': 1 }),
    });
    if (!scenario.offloadAt?.includes(node)) for (const name of names) offloadOff(node, name);
  }
  const up = (...names: string[]): string[] => ['lo', ...names].map((name) => `link set ${name} up`);
  const both = (device: string, four: string, six: string): string[] => [
    `addr add ${four} dev ${device}`,
    `addr add ${six} dev ${device} nodad`,
  ];
  const routes = (four: string, six: string): string[] => [
    `route add default via ${four}`,
    `route add ::/0 via ${six}`,
  ];
  ip('client', [
    ...(scenario.clientMtu ? [`link set c0 mtu ${scenario.clientMtu}`] : []),
    ...up('c0'),
    ...both('c0', `${a.client[4]}/24`, `${a.client[6]}/64`),
    ...routes(a.clientGateway[4], a.clientGateway[6]),
  ]);
  ip('server', [
    ...up('s0'),
    ...both('s0', `${a.server[4]}/24`, `${a.server[6]}/64`),
    ...routes(a.serverGateway[4], a.serverGateway[6]),
  ]);
  ip('gw2', [
    ...up('lan0', 'wan0'),
    ...both('lan0', `${a.serverGateway[4]}/24`, `${a.serverGateway[6]}/64`),
    ...both('wan0', `${a.gw2[4]}/30`, `${a.gw2[6]}/64`),
    ...routes(a.ispDown[4], a.ispDown[6]),
  ]);
  ip('isp', [...up('up0', 'down0'), ...both('down0', `${a.ispDown[4]}/30`, `${a.ispDown[6]}/64`)]);
  ip('gw1', [...up('lan0', 'wan0'), ...both('lan0', `${a.clientGateway[4]}/24`, `${a.clientGateway[6]}/64`)]);
  const session = await bringUpWan(scenario, work);
  impair(scenario);
  return { key: baseKey(scenario), wanDevice: session.device, session };
}

function impair({ delayMs = 0, lossPercent = 0 }: Scenario): void {
  if (delayMs === 0 && lossPercent === 0) return;
  const netem = `netem limit 5000 delay ${delayMs}ms ${lossPercent ? `loss ${lossPercent}%` : ''}`;
  must('isp', `tc qdisc add dev up0 root ${netem} && tc qdisc add dev down0 root ${netem}`);
}

/** Ends the session and removes the namespaces; the kernel takes their devices away. */
export function removeBase(base: Base): void {
  base.session.end();
  ip(
    null,
    nodes.map((node) => `netns del ${node}`),
    true,
  );
}

import type { ClampPlan } from '../plan.js';
import { clearDfPrice, refuseWireguard, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { addFasttrackBypass, undoFasttrack } from './routeros-fasttrack.js';
import { addInterfaceMtu, interfaceOf, type RouterosInterface, undoInterfaceMtu } from './routeros-interface.js';
import {
  addAbove,
  addCommand,
  addFirst,
  addressProperties,
  listOf,
  menuOf,
  type Properties,
  removeTagged,
  routerosString,
  tag,
} from './routeros-text.js';

function addLists(out: Script, plan: ClampPlan, family: 4 | 6): void {
  const { from, to } = scopesOf(plan, family).out;
  for (const [side, networks] of [
    ['local', from],
    ['remote', to],
  ] as const) {
    if (networks.length < 2) continue;
    out.add(`${menuOf(family)} address-list`);
    for (const address of networks)
      out.add(addCommand({ address, comment: tag(plan, 'networks'), list: listOf(plan, side) }));
  }
}

/** How a rule knows the tunnel: RouterOS IPsec is policy-based, other tunnels have an interface. */
const tunnelMatch = (tunnel: RouterosInterface | undefined): readonly [Properties, Properties] =>
  tunnel === undefined
    ? [{ 'ipsec-policy': 'out,ipsec' }, { 'ipsec-policy': 'in,ipsec' }]
    : [{ 'out-interface': tunnel.name }, { 'in-interface': tunnel.name }];

function addClamp(out: Script, plan: ClampPlan, family: 4 | 6, tunnel: RouterosInterface | undefined): void {
  const mss = mssFor(plan, family);
  const scopes = scopesOf(plan, family);
  const [outward, inward] = tunnelMatch(tunnel);
  const rule = (says: string, match: Properties): string =>
    addFirst(`${menuOf(family)} mangle`, 'forward', {
      action: 'change-mss',
      chain: 'forward',
      comment: tag(plan, says),
      'new-mss': mss,
      passthrough: 'yes',
      protocol: 'tcp',
      'tcp-flags': 'syn',
      'tcp-mss': `${mss + 1}-65535`,
      ...match,
    });
  out.add(
    rule('LAN to tunnel', { ...outward, ...addressProperties(plan, scopes.out, 'out') }),
    rule('tunnel to LAN', { ...inward, ...addressProperties(plan, scopes.in, 'in') }),
  );
}

function addClearDf(out: Script, plan: ClampPlan): void {
  const lan = plan.lanIf === undefined ? undefined : routerosString(plan.lanIf, '--lan-if');
  out.blank();
  out.say(`clear-df: ${clearDfPrice}. In prerouting, before the size is compared with the MTU.`);
  out.add(
    addFirst('/ip firewall mangle', 'prerouting', {
      action: 'clear-df',
      chain: 'prerouting',
      comment: tag(plan, 'clear DF'),
      'in-interface': lan,
      'packet-size': `${plan.tunnelMtu + 1}-65535`,
      passthrough: 'yes',
      ...addressProperties(plan, scopesOf(plan, 4).out, 'out'),
    }),
  );
}

function addNatBypass(out: Script, plan: ClampPlan): void {
  out.blank();
  out.say(
    'no NAT into the tunnel: a translated source no longer matches the policy. Above the first srcnat rule; nothing where there is none. The other way is ipsec-policy=out,none on the masquerade rule.',
  );
  out.add(
    addAbove('/ip firewall nat', 'chain="srcnat" and dynamic=no', {
      action: 'accept',
      chain: 'srcnat',
      comment: tag(plan, 'no NAT into IPsec'),
      'ipsec-policy': 'out,ipsec',
      ...addressProperties(plan, scopesOf(plan, 4).out, 'out'),
    }),
  );
}

function removals(plan: ClampPlan, family: 4 | 6, all: boolean): string[] {
  const menus = [...(family === 4 ? ['mangle', 'filter', 'nat', 'raw'] : ['mangle', 'filter', 'raw']), 'address-list'];
  return [...menus.map((name) => removeTagged(`${menuOf(family)} ${name}`, plan, all)), ...undoFasttrack(family)];
}

function sayAround(out: Script, plan: ClampPlan): void {
  if (plan.style !== 'none' && plan.tunnelIf !== undefined)
    out.say('note: --tunnel-if has no effect: the rules match ipsec-policy, IPsec has no interface on RouterOS');
  if (plan.style !== 'policy' && plan.style !== 'none')
    out.say(`RouterOS has no ${plan.style} interface: its IPsec is policy-based, the rules match ipsec-policy`);
  if (/ppp/i.test(plan.wan))
    out.say(
      `PPPoE: change-tcp-mss=yes of the /ppp profile (the default) makes dynamic change-mss rules for the PPPoE interface at its own MTU less 40; they know nothing of the tunnel. Leave it: the smaller value wins. Check that max-mtu of the PPPoE client is ${plan.linkMtu}.`,
    );
  sayBridged(
    out,
    plan,
    'On RouterOS only with /interface bridge settings set use-ip-firewall=yes, and then in-interface is the bridge and the port is in-bridge-port; simpler is to clamp where the bridge is routed (--tunnel-if bridge1), and to give the hosts in it the MTU above.',
  );
}

export const routeros: SnippetTarget = {
  id: 'routeros',
  aliases: ['mikrotik', 'ros', 'routerboard', 'chr'],
  title: 'MikroTik RouterOS',
  manual:
    'help.mikrotik.com: Mangle (change-mss, clear-df), Filter (fasttrack-connection), NAT, IPsec "NAT and Fasttrack Bypass", Scripting; interface menus GRE, IPIP, EoIP, VXLAN, WireGuard, L2TP',
  fileName: 'mtucalc.rsc',
  comment: '#',
  versions: ['7', '6'],
  assume: () => 'policy',
  honours: ['tunnelIf', 'lanIf', 'localNets', 'remoteNets', 'fasttrack', 'clearDf'],
  render(plan, version) {
    if (version === '6') refuseWireguard(plan, 'RouterOS 6');
    const out = script('#');
    sayHead(out, routeros, plan);
    sayAround(out, plan);
    const tunnel = plan.style === 'none' ? interfaceOf(out, plan) : undefined;
    if (tunnel && plan.fasttrack !== undefined)
      out.say('--fasttrack is for policy-based IPsec: a tunnel with an interface of its own may be fasttracked');
    out.say(
      `paste into a terminal or save and /import; what an earlier paste for ${plan.name} left is removed first, other tunnels keep theirs. The rules stand above those that are there: an accept or a mark without passthrough above would take their packets.`,
    );
    // IPv6 last: on version 6 its package may be off, and nothing after it is lost.
    for (const family of plan.families) {
      out.blank();
      if (version === '6' && family === 6)
        out.say('version 6: these need the ipv6 package enabled; --inner 4 leaves them out');
      out.add(...removals(plan, family, false));
      addLists(out, plan, family);
      addClamp(out, plan, family, tunnel);
      if (tunnel === undefined) {
        addFasttrackBypass(out, plan, family, version);
        if (family === 4 && plan.fasttrack !== 'raw') addNatBypass(out, plan);
      }
      if (plan.clearDf && family === 4) addClearDf(out, plan);
      if (tunnel && family === plan.families[0]) addInterfaceMtu(out, plan, tunnel);
    }
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, routeros, plan, all);
    for (const family of plan.families) out.add(...removals(plan, family, all));
    if (plan.style === 'none') undoInterfaceMtu(out, plan, interfaceOf(out, plan));
    return out.text();
  },
};

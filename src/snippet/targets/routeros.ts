import type { ClampPlan } from '../plan.js';
import { clearDfPrice, refuseWireguard, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, type Scope, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { addFasttrackBypass, undoFasttrackMark } from './routeros-fasttrack.js';
import { addAbove, addCommand, type Properties, removeTagged, routerosString } from './routeros-text.js';

const menuOf = (family: 4 | 6): string => (family === 4 ? '/ip firewall' : '/ipv6 firewall');
const listOf = (side: 'from' | 'to'): string => `mtucalc-${side === 'from' ? 'local' : 'remote'}`;

/** One network stands in the rule itself, several in an address list. */
function addressProperties({ from, to }: Scope, lists: readonly [string, string]): Properties {
  const side = (word: 'src' | 'dst', networks: readonly string[], list: string): Properties =>
    networks.length === 0
      ? {}
      : networks.length === 1
        ? { [`${word}-address`]: networks[0] as string }
        : { [`${word}-address-list`]: list };
  return { ...side('src', from, lists[0]), ...side('dst', to, lists[1]) };
}

function addLists(out: Script, plan: ClampPlan): void {
  for (const family of plan.families) {
    const scope = scopesOf(plan, family).out;
    for (const side of ['from', 'to'] as const) {
      if (scope[side].length < 2) continue;
      out.add(`${menuOf(family)} address-list`);
      for (const address of scope[side]) out.add(addCommand({ address, comment: '"mtucalc"', list: listOf(side) }));
    }
  }
}

/** How a rule knows the tunnel: RouterOS IPsec is policy-based, other tunnels have an interface. */
function tunnelMatch(plan: ClampPlan): readonly [Properties, Properties] {
  if (plan.style !== 'none') return [{ 'ipsec-policy': 'out,ipsec' }, { 'ipsec-policy': 'in,ipsec' }];
  const name = routerosString(
    plan.tunnelIf ?? (plan.kind === 'wireguard' ? 'wireguard1' : 'gre-tunnel1'),
    '--tunnel-if',
  );
  return [{ 'out-interface': name }, { 'in-interface': name }];
}

function addClamp(out: Script, plan: ClampPlan, family: 4 | 6): void {
  const mss = mssFor(plan, family);
  const scopes = scopesOf(plan, family);
  const [outward, inward] = tunnelMatch(plan);
  const rule = (comment: string, match: Properties): string =>
    addCommand({
      action: 'change-mss',
      chain: 'forward',
      comment,
      'new-mss': mss,
      passthrough: 'yes',
      protocol: 'tcp',
      'tcp-flags': 'syn',
      'tcp-mss': `${mss + 1}-65535`,
      ...match,
    });
  out.add(`${menuOf(family)} mangle`);
  out.add(
    rule('"mtucalc: LAN to tunnel"', { ...outward, ...addressProperties(scopes.out, [listOf('from'), listOf('to')]) }),
  );
  out.add(
    rule('"mtucalc: tunnel to LAN"', { ...inward, ...addressProperties(scopes.in, [listOf('to'), listOf('from')]) }),
  );
}

function addClearDf(out: Script, plan: ClampPlan): void {
  const lan = plan.lanIf === undefined ? undefined : routerosString(plan.lanIf, '--lan-if');
  const scope = scopesOf(plan, 4).out;
  out.blank();
  out.say(`clear-df: ${clearDfPrice}. In prerouting, before the size is compared with the MTU.`);
  out.add('/ip firewall mangle');
  out.add(
    addCommand({
      action: 'clear-df',
      chain: 'prerouting',
      comment: '"mtucalc: clear DF"',
      'in-interface': lan,
      'packet-size': `${plan.tunnelMtu + 1}-65535`,
      passthrough: 'yes',
      ...addressProperties(scope, [listOf('from'), listOf('to')]),
    }),
  );
}

function addNatBypass(out: Script, plan: ClampPlan): void {
  out.blank();
  out.say(
    'no NAT into the tunnel: a translated source no longer matches the policy. Above the first srcnat rule; nothing where there is none. The other way is ipsec-policy=out,none on the masquerade rule.',
  );
  const scope = scopesOf(plan, 4).out;
  out.add(
    addAbove('/ip firewall nat', 'chain="srcnat" and dynamic=no', {
      action: 'accept',
      chain: 'srcnat',
      comment: '"mtucalc: no NAT into IPsec"',
      'ipsec-policy': 'out,ipsec',
      ...addressProperties(scope, [listOf('from'), listOf('to')]),
    }),
  );
}

function removals(plan: ClampPlan): string[] {
  return plan.families.flatMap((family) => {
    const menu = menuOf(family);
    const menus = [
      ...(family === 4 ? ['mangle', 'filter', 'nat', 'raw'] : ['mangle', 'filter', 'raw']),
      'address-list',
    ];
    return [...menus.map((name) => removeTagged(`${menu} ${name}`)), undoFasttrackMark(menu)];
  });
}

export const routeros: SnippetTarget = {
  id: 'routeros',
  title: 'MikroTik RouterOS',
  manual:
    'help.mikrotik.com: Mangle (change-mss, clear-df), Filter (fasttrack-connection), NAT, IPsec "NAT and Fasttrack Bypass", Scripting',
  fileName: 'mtucalc.rsc',
  comment: '#',
  versions: ['7', '6'],
  render(plan, version) {
    if (version === '6') refuseWireguard(plan, 'RouterOS 6');
    const out = script('#');
    sayHead(out, routeros, plan);
    if (plan.style !== 'policy' && plan.style !== 'none')
      out.say(`RouterOS has no ${plan.style} interface: its IPsec is policy-based, the rules match ipsec-policy`);
    if (plan.style === 'none' && plan.tunnelIf === undefined)
      out.say(`note: --tunnel-if not given: ${plan.kind === 'wireguard' ? 'wireguard1' : 'gre-tunnel1'} assumed`);
    if (version === '6' && plan.families.includes(6))
      out.say('version 6: the /ipv6 commands need the ipv6 package enabled; --inner 4 leaves them out');
    if (/ppp/i.test(plan.wan))
      out.say(
        `PPPoE: change-tcp-mss=yes of the /ppp profile (the default) makes dynamic change-mss rules for the PPPoE interface at its own MTU less 40; they know nothing of the tunnel. Leave it: the smaller value wins. Check that max-mtu of the PPPoE client is ${plan.linkMtu}.`,
      );
    out.say('paste into a terminal or save and /import; what an earlier paste left is removed first');
    out.add(...removals(plan));
    out.blank();
    addLists(out, plan);
    for (const family of plan.families) addClamp(out, plan, family);
    if (plan.style !== 'none') {
      addFasttrackBypass(out, plan, version);
      if (plan.families.includes(4) && plan.fasttrack !== 'raw') addNatBypass(out, plan);
    } else if (plan.fasttrack !== undefined) {
      out.say('--fasttrack is for policy-based IPsec: a tunnel with an interface of its own may be fasttracked');
    }
    if (plan.clearDf) addClearDf(out, plan);
    return out.text();
  },
  undo(plan) {
    const out = script('#');
    sayUndoHead(out, routeros);
    out.add(...removals(plan));
    return out.text();
  },
};

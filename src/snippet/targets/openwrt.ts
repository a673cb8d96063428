import { checkedName, linuxInterface, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import {
  clearDfPrice,
  linuxBridge,
  nameOr,
  readName,
  sayBefore,
  sayBridged,
  sayHead,
  sayUndoHead,
} from '../remarks.js';
import { usualInterface } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import type { TunnelKind } from '../tunnel-kind.js';
import { nftClampRules, nftClearDfRules, nftDirections, SYN } from './nft-rules.js';

const pathOf = ({ name }: Pick<ClampPlan, 'name'>): string => `/etc/nftables.d/10-mtucalc-${name}.nft`;
const uciSection: NameRule = {
  language: 'UCI',
  pattern: /^[A-Za-z0-9_]{1,14}$/,
  allows: 'letters, digits and underscore, 1 to 14 characters',
};

const chain = (name: string, ...rules: readonly string[]): string[] => [
  `chain ${name} {`,
  ...rules.map((rule) => `\t${rule}`),
  '}',
];

/** netifd puts the protocol before the section's name; what is not here it calls as Linux does. */
const prefixed: Readonly<Partial<Record<TunnelKind, string>>> = {
  gre: 'gre4-vpn',
  gretap: 'gre4t-vpn',
  ipip: 'ipip-vpn',
  sit: '6in4-wan6',
  l2tp: 'l2tp-vpn',
  pptp: 'pptp-vpn',
  link: 'pppoe-wan',
};
const usualName = (plan: ClampPlan): string =>
  plan.style === 'vti'
    ? 'vti-vpn'
    : ((plan.style === 'none' ? prefixed[plan.tunnel] : undefined) ?? usualInterface(plan));

/** netifd calls the interface by its section with proto xfrm and wireguard. */
const namedAsSection = ({ style, kind, tunnel }: ClampPlan): boolean =>
  style === 'xfrm' || (kind === 'wireguard' && tunnel === 'wireguard');

/**
 * firewall4 puts `flow add` first in its forward chain, above every include, so nothing can stand above it: the setting
 * itself is the cure (firewall4 ruleset.uc).
 */
function sayOffloading(out: Script, plan: ClampPlan): void {
  if (plan.style !== 'policy' && !plan.flowtable) return;
  const off = "uci set firewall.@defaults[0].flow_offloading='0'; uci set firewall.@defaults[0].flow_offloading_hw='0'";
  if (plan.flowtable) {
    out.say(
      'flow_offloading is the flowtable of firewall4. It stands first in the forward chain, above every include, so IPsec cannot be kept off it by a rule: it is turned off, for all traffic of this router.',
    );
    sayBefore(out, 'uci show firewall | grep flow_offloading');
    out.add(...off.split('; '), 'uci commit firewall');
  } else {
    out.say(
      'flow_offloading (uci show firewall | grep flow_offloading), where it is on, sends established connections past the IPsec policy, and firewall4 lets nothing stand above it. If large transfers stall with it, --flowtable prints the lines that turn it off:',
    );
    out.show(`${off}; uci commit firewall`);
  }
}

export const openwrt: SnippetTarget = {
  id: 'openwrt',
  aliases: ['lede', 'fw4', 'firewall4', 'gl-inet', 'turris'],
  title: 'OpenWrt (firewall4)',
  manual:
    'openwrt.org firewall guide, "Includes for nftables"; openwrt package xfrm (proto xfrm: ifid, tunlink, mtu); firewall4 ruleset.uc',
  fileName: 'mtucalc-openwrt.sh',
  comment: '#',
  honours: ['tunnelIf', 'lanIf', 'wanIf', 'localNets', 'remoteNets', 'ifId', 'flowtable', 'clearDf'],
  render(plan) {
    const out = script('#');
    sayHead(out, openwrt, plan);
    const path = pathOf(plan);
    out.say(`run on the router. firewall4 reads ${path} inside its own table inet fw4, so it holds chains only.`);
    if (plan.style === 'policy')
      out.say(
        "mtu_fix ('MSS clamping' of a zone) covers LAN -> tunnel only with policy-based IPsec; these chains cover both",
      );
    else
      out.say(
        "fixed numbers rather than mtu_fix: 'set rt mtu' takes the route of the main table, which mwan3 or pbr may not use",
      );
    sayBridged(out, plan, linuxBridge);
    const tunnel =
      plan.style === 'policy'
        ? undefined
        : nameOr(out, plan.tunnelIf, usualName(plan), plan.tunnelOption, linuxInterface, readName(plan, 'linux'));
    const named = tunnel === undefined ? plan : { ...plan, tunnelIf: tunnel };
    const matches = nftDirections(out, named, SYN, `jump mtucalc_${plan.name}_clamp`);
    for (const [name, option] of [
      [plan.lanIf, '--lan-if'],
      [plan.wanIf, '--wan-if'],
    ] as const)
      if (name !== undefined) checkedName(name, option, linuxInterface);
    if (plan.clearDf) out.say(`clear DF: ${clearDfPrice}`);
    sayOffloading(out, plan);
    out.add(`mkdir -p /etc/nftables.d`, `cat > ${path} <<'MTUCALC'`);
    out.add(`# mtucalc ${plan.name}`);
    out.add(...chain(`mtucalc_${plan.name}_clamp`, ...nftClampRules(plan)));
    out.add(
      ...chain(`mtucalc_${plan.name}_forward`, 'type filter hook forward priority mangle; policy accept;', ...matches),
    );
    if (plan.clearDf)
      out.add(
        ...chain(
          `mtucalc_${plan.name}_clear_df`,
          'type filter hook prerouting priority mangle; policy accept;',
          ...nftClearDfRules(named),
        ),
      );
    out.add('MTUCALC');
    if (tunnel !== undefined && !namedAsSection(plan)) {
      out.say(
        `its MTU: option mtu '${plan.tunnelMtu}' in the section of /etc/config/network that makes the interface (for GRE and VTI the interface has another name than its section)`,
      );
    } else if (tunnel !== undefined) {
      const section = checkedName(tunnel, plan.tunnelOption, uciSection);
      if (plan.style === 'xfrm') out.say('proto xfrm sets MTU 1280 where none is given');
      out.say('the section in /etc/config/network that makes the interface');
      sayBefore(out, `uci show network.${section} | grep -E 'mtu|ifid'`);
      out.add(`uci set network.${section}.mtu='${plan.tunnelMtu}'`);
      if (plan.ifId !== undefined) out.add(`uci set network.${section}.ifid='${plan.ifId}'`);
      out.add('uci commit network', `ifup ${section}`);
    }
    out.add('fw4 check && service firewall restart');
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, openwrt, plan, all);
    out.add(`rm -f ${all ? '/etc/nftables.d/10-mtucalc.nft /etc/nftables.d/10-mtucalc-*.nft' : pathOf(plan)}`);
    if (plan.flowtable)
      out.say("flow_offloading stays off: uci set firewall.@defaults[0].flow_offloading='1' where it was on before");
    if (namedAsSection(plan)) {
      const section = checkedName(
        plan.tunnelIf ?? readName(plan, 'linux') ?? usualInterface(plan),
        plan.tunnelOption,
        uciSection,
      );
      out.say('an MTU that was set before the snippet goes too: set again what you saved');
      out.add(`uci -q delete network.${section}.mtu`, 'uci commit network', `ifup ${section}`);
    }
    out.add('service firewall restart');
    return out.text();
  },
};

import { checkedName, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { clearDfPrice, sayHead, sayUndoHead } from '../remarks.js';
import { usualInterface } from '../scope.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { nftClampRules, nftClearDfRules, nftDirections, SYN } from './nft-rules.js';

const PATH = '/etc/nftables.d/10-mtucalc.nft';
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

/** netifd calls the interface by its section with proto xfrm and wireguard. */
const namedAsSection = ({ style, kind }: ClampPlan): boolean => style === 'xfrm' || kind === 'wireguard';

export const openwrt: SnippetTarget = {
  id: 'openwrt',
  title: 'OpenWrt (firewall4)',
  manual: 'openwrt.org firewall guide, "Includes for nftables"; openwrt package xfrm (proto xfrm: ifid, tunlink, mtu)',
  fileName: 'mtucalc-openwrt.sh',
  comment: '#',
  render(plan) {
    const out = script('#');
    sayHead(out, openwrt, plan);
    out.say(`run on the router. firewall4 reads ${PATH} inside its own table inet fw4, so it holds chains only.`);
    if (plan.style === 'policy')
      out.say(
        "mtu_fix ('MSS clamping' of a zone) covers LAN -> tunnel only with policy-based IPsec; these chains cover both",
      );
    else
      out.say(
        "fixed numbers rather than mtu_fix: 'set rt mtu' takes the route of the main table, which mwan3 or pbr may not use",
      );
    const tunnel = plan.style === 'policy' ? undefined : (plan.tunnelIf ?? usualInterface(plan));
    if (tunnel !== undefined && plan.tunnelIf === undefined) out.say(`note: --tunnel-if not given: ${tunnel} assumed`);
    const named = tunnel === undefined ? plan : { ...plan, tunnelIf: tunnel };
    const matches = nftDirections(out, named, SYN, 'jump mtucalc_clamp');
    if (plan.lanIf !== undefined)
      checkedName(plan.lanIf, '--lan-if', {
        ...uciSection,
        language: 'nftables',
        pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/,
        allows: 'letters, digits, dot, hyphen and underscore',
      });
    if (plan.clearDf) out.say(`clear DF: ${clearDfPrice}`);
    out.add(`mkdir -p /etc/nftables.d`, `cat > ${PATH} <<'MTUCALC'`);
    out.add('# mtucalc');
    out.add(...chain('mtucalc_clamp', ...nftClampRules(plan)));
    out.add(...chain('mtucalc_forward', 'type filter hook forward priority mangle; policy accept;', ...matches));
    if (plan.clearDf)
      out.add(
        ...chain(
          'mtucalc_clear_df',
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
      const section = checkedName(tunnel, '--tunnel-if', uciSection);
      if (plan.style === 'xfrm') out.say('proto xfrm sets MTU 1280 where none is given');
      out.say('the section in /etc/config/network that makes the interface');
      out.add(`uci set network.${section}.mtu='${plan.tunnelMtu}'`);
      if (plan.ifId !== undefined) out.add(`uci set network.${section}.ifid='${plan.ifId}'`);
      out.add('uci commit network', `ifup ${section}`);
    }
    out.add('fw4 check && service firewall restart');
    return out.text();
  },
  undo(plan) {
    const out = script('#');
    sayUndoHead(out, openwrt);
    out.add(`rm -f ${PATH}`);
    if (namedAsSection(plan)) {
      const section = checkedName(plan.tunnelIf ?? usualInterface(plan), '--tunnel-if', uciSection);
      out.add(`uci -q delete network.${section}.mtu`, 'uci commit network', `ifup ${section}`);
    }
    out.add('service firewall restart');
    return out.text();
  },
};

import { oneMss, sayBefore, sayBridged, sayHadBefore, sayHead, sayOneMss, sayUndoHead } from '../remarks.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { FIELD, interfacePage } from './bsd-gui.js';
import { withinMtu } from './range.js';

const MENU = 'System > Advanced > Firewall & NAT';
const SECTION = '  VPN Packet Processing';

export const pfsense: SnippetTarget = {
  id: 'pfsense',
  aliases: ['netgate', 'pfsense-plus'],
  title: 'pfSense (what to type)',
  manual:
    'pfSense system_advanced_firewall.php (section VPN Packet Processing: maxmss, vpn_scrubnodf), interfaces.php, filter.inc; pull requests 1776 and 4634',
  fileName: 'mtucalc-pfsense.txt',
  comment: '#',
  honours: ['tunnelIf', 'clearDf'],
  render(plan) {
    const out = script('#');
    sayHead(out, pfsense, plan);
    sayBridged(out, plan, 'Set the MTU of the bridge and of its members, and clamp on an interface that routes.');
    if (plan.style === 'policy') {
      out.say(
        'this field is the MSS itself; it applies to the networks of all VPNs of this firewall, IPsec or not, except phase 2 networks of 0.0.0.0/0',
        'up to 2.4 the same field stood in VPN > IPsec > Advanced Settings',
      );
      sayOneMss(out, plan);
      sayBefore(out, 'note what the fields hold now');
      out.add(MENU, SECTION, '  Enable Maximum MSS: ticked', `  Maximum MSS: ${oneMss(plan)}`);
      out.say(`check in /tmp/rules.debug: "max-mss ${oneMss(plan)}", from and to the VPN networks`);
    } else {
      out.say(
        `this field is NOT the MSS: pfSense takes 40 off for IPv4 and 60 for IPv6 (80 on 6rd and 6to4), so the tunnel MTU is what to type`,
      );
      sayBefore(out, 'note what the fields hold now');
      out.add(
        interfacePage(plan),
        `  MTU: ${plan.tunnelMtu}`,
        `  MSS: ${withinMtu(out, 'pfSense field MSS', plan, FIELD).tunnelMtu}`,
      );
      out.say(
        `check in /tmp/rules.debug: "max-mss ${plan.mss.ipv4}" for inet${plan.families.includes(6) ? `, "max-mss ${plan.mss.ipv6}" for inet6` : ''}`,
      );
    }
    if (plan.clearDf) {
      out.say(
        'last resort for hosts that ignore MSS and PTBs; for all VPN networks, and costs reassembly at the receiver. There are two boxes of this name: the one of Packet Processing comes later in the rule set and never meets VPN traffic.',
      );
      out.add(MENU, SECTION, '  IP Do-Not-Fragment compatibility: ticked');
    }
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, pfsense, plan, all);
    sayHadBefore(out, 'values');
    if (plan.style === 'policy') out.add(MENU, SECTION, '  Enable Maximum MSS: not ticked');
    else out.add(interfacePage(plan), '  MTU: (empty)', '  MSS: (empty)');
    if (plan.clearDf) out.add(MENU, SECTION, '  IP Do-Not-Fragment compatibility: not ticked');
    return out.text();
  },
};

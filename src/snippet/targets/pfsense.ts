import { oneMss, sayHead, sayOneMss, sayUndoHead } from '../remarks.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';

export const pfsense: SnippetTarget = {
  id: 'pfsense',
  title: 'pfSense (what to type)',
  manual:
    'docs.netgate.com: IPsec Advanced Settings "Maximum MSS", Interface Configuration "MSS"; pfsense pull requests 1776 and 4634',
  fileName: 'mtucalc-pfsense.txt',
  comment: '#',
  render(plan) {
    const out = script('#');
    sayHead(out, pfsense, plan);
    if (plan.style === 'policy') {
      out.say('this field is the MSS itself; it applies to the networks of all VPNs of this firewall, IPsec or not');
      sayOneMss(out, plan);
      out.add('VPN > IPsec > Advanced Settings', '  Enable Maximum MSS: ticked', `  Maximum MSS: ${oneMss(plan)}`);
      out.say(`check in /tmp/rules.debug: "max-mss ${oneMss(plan)}", from and to the VPN networks`);
    } else {
      out.say(
        `this field is NOT the MSS: pfSense takes 40 off for IPv4 and 60 for IPv6, so the tunnel MTU is what to type`,
      );
      out.add('Interfaces > (the assigned tunnel interface)', `  MTU: ${plan.tunnelMtu}`, `  MSS: ${plan.tunnelMtu}`);
      out.say(
        `check in /tmp/rules.debug: "max-mss ${plan.mss.ipv4}" for inet${plan.families.includes(6) ? `, "max-mss ${plan.mss.ipv6}" for inet6` : ''}`,
      );
    }
    if (plan.clearDf) {
      out.say('last resort for hosts that ignore MSS and PTBs; it is global, and costs reassembly at the receiver');
      out.add('System > Advanced > Firewall & NAT', '  IP Do-Not-Fragment compatibility: ticked');
    }
    return out.text();
  },
  undo(plan) {
    const out = script('#');
    sayUndoHead(out, pfsense);
    if (plan.style === 'policy') out.add('VPN > IPsec > Advanced Settings', '  Enable Maximum MSS: not ticked');
    else out.add('Interfaces > (the assigned tunnel interface)', '  MTU: (empty)', '  MSS: (empty)');
    if (plan.clearDf) out.add('System > Advanced > Firewall & NAT', '  IP Do-Not-Fragment compatibility: not ticked');
    return out.text();
  },
};

import { sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, scopesOf } from '../scope.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';

const NORMALIZATION = 'Firewall > Settings > Normalization > Detailed settings > +';

export const opnsense: SnippetTarget = {
  id: 'opnsense',
  title: 'OPNsense (what to type)',
  manual: 'docs.opnsense.org: Interfaces "MSS", Firewall Normalization; opnsense/core issues 4042, 7203, 9398',
  fileName: 'mtucalc-opnsense.txt',
  comment: '#',
  render(plan) {
    const out = script('#');
    sayHead(out, opnsense, plan);
    if (plan.style === 'policy') {
      out.say(
        'policy-based IPsec shows on the IPsec interface (enc0), which has no MSS field: a normalization rule for each IP version and direction, where "Max mss" is the MSS itself. The first rule that matches counts.',
      );
      for (const family of plan.families) {
        const scopes = scopesOf(plan, family);
        const any = family === 4 ? '0.0.0.0/0' : '::/0';
        for (const [direction, { from, to }] of [
          ['Out', scopes.out],
          ['In', scopes.in],
        ] as const) {
          out.add(
            NORMALIZATION,
            '  Interface: IPsec',
            `  Direction: ${direction}`,
            '  Protocol: TCP',
            `  Source: ${from.join(' ') || any}`,
            `  Destination: ${to.join(' ') || any}`,
            `  Description: mtucalc`,
            `  Max mss: ${mssFor(plan, family)}`,
          );
        }
      }
    } else {
      out.say(
        'this field is NOT the MSS: OPNsense takes 40 off for IPv4 and 60 for IPv6, so the tunnel MTU is what to type',
      );
      out.add('Interfaces > (the assigned tunnel interface)', `  MTU: ${plan.tunnelMtu}`, `  MSS: ${plan.tunnelMtu}`);
      out.say(
        `check in /tmp/rules.debug: "max-mss ${plan.mss.ipv4}" for inet${plan.families.includes(6) ? `, "max-mss ${plan.mss.ipv6}" for inet6` : ''}`,
      );
    }
    if (plan.clearDf) {
      out.say('last resort for hosts that ignore MSS and PTBs; costs reassembly at the receiver');
      out.add('Firewall > Settings > Normalization', '  IP Do-Not-Fragment: ticked', '  IP Random id: ticked');
    }
    return out.text();
  },
  undo(plan) {
    const out = script('#');
    sayUndoHead(out, opnsense);
    if (plan.style === 'policy')
      out.add('Firewall > Settings > Normalization', '  delete the rules described as mtucalc');
    else out.add('Interfaces > (the assigned tunnel interface)', '  MTU: (empty)', '  MSS: (empty)');
    if (plan.clearDf)
      out.add('Firewall > Settings > Normalization', '  IP Do-Not-Fragment: not ticked', '  IP Random id: not ticked');
    return out.text();
  },
};

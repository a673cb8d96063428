import type { ClampPlan } from '../plan.js';
import { sayBefore, sayBridged, sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { FIELD, interfacePage } from './bsd-gui.js';
import { withinMtu } from './range.js';

const NORMALIZATION = 'Firewall > Settings > Normalization > Detailed settings > +';

/** The form takes one network or an alias: one rule for each pair, for each IP version and direction. */
function addRules(out: Script, plan: ClampPlan): void {
  let rules = 0;
  for (const family of plan.families) {
    const scopes = scopesOf(plan, family);
    const any = [family === 4 ? '0.0.0.0/0' : '::/0'];
    for (const [direction, { from, to }] of [
      ['Out', scopes.out],
      ['In', scopes.in],
    ] as const) {
      for (const source of from.length > 0 ? from : any) {
        for (const destination of to.length > 0 ? to : any) {
          rules++;
          out.add(
            NORMALIZATION,
            '  Interface: IPsec',
            `  Direction: ${direction}`,
            '  Protocol: TCP',
            `  Source: ${source}`,
            `  Destination: ${destination}`,
            `  Description: mtucalc ${plan.name}`,
            `  Max mss: ${mssFor(plan, family)}`,
          );
        }
      }
    }
  }
  if (rules > 4 * plan.families.length)
    out.say(
      `${rules} rules, one for each pair of networks: an alias of the networks (Firewall > Aliases) in Source and Destination makes it two for each IP version`,
    );
}

export const opnsense: SnippetTarget = {
  id: 'opnsense',
  aliases: ['deciso'],
  title: 'OPNsense (what to type)',
  manual:
    'OPNsense interfaces.php, firewall_scrub_edit.php; docs.opnsense.org: Interfaces "MSS", Firewall Normalization; opnsense/core issues 4042, 7203, 9398',
  fileName: 'mtucalc-opnsense.txt',
  comment: '#',
  honours: ['tunnelIf', 'localNets', 'remoteNets', 'clearDf'],
  render(plan) {
    const out = script('#');
    sayHead(out, opnsense, plan);
    sayBridged(out, plan, 'Set the MTU of the bridge and of its members, and clamp on an interface that routes.');
    if (plan.style === 'policy') {
      out.say(
        'policy-based IPsec shows on the IPsec interface (enc0), which has no MSS field: a normalization rule for each IP version and direction, where "Max mss" is the MSS itself. The first rule that matches counts: these stand above others that match the same packets.',
      );
      addRules(out, plan);
    } else {
      out.say(
        'this field is NOT the MSS: OPNsense takes 40 off for IPv4 and 60 for IPv6, so the tunnel MTU is what to type',
      );
      sayBefore(out, 'note what the fields hold now');
      out.add(
        interfacePage(plan),
        `  MTU: ${plan.tunnelMtu}`,
        `  MSS: ${withinMtu(out, 'OPNsense field MSS', plan, FIELD).tunnelMtu}`,
      );
      out.say(
        `check in /tmp/rules.debug: "max-mss ${plan.mss.ipv4}" for inet${plan.families.includes(6) ? `, "max-mss ${plan.mss.ipv6}" for inet6` : ''}`,
      );
    }
    if (plan.clearDf) {
      out.say('last resort for hosts that ignore MSS and PTBs; for all traffic, and costs reassembly at the receiver');
      out.add('Firewall > Settings > Normalization', '  IP Do-Not-Fragment: ticked', '  IP Random id: ticked');
    }
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, opnsense, plan, all);
    if (plan.style === 'policy')
      out.add(
        'Firewall > Settings > Normalization',
        `  delete the rules described as mtucalc${all ? ', whatever name follows' : ` ${plan.name}`}`,
      );
    else {
      sayHadBefore(out, 'values');
      out.add(interfacePage(plan), '  MTU: (empty)', '  MSS: (empty)');
    }
    if (plan.clearDf)
      out.add('Firewall > Settings > Normalization', '  IP Do-Not-Fragment: not ticked', '  IP Random id: not ticked');
    return out.text();
  },
};

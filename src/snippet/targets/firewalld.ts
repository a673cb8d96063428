import { labelFrom } from '../label.js';
import type { ClampPlan } from '../plan.js';
import { linuxBridge, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, type Scope, scopesOf } from '../scope.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { withinRange } from './range.js';

/** firewalld ends the names of policies at 18 characters; eight are ours. */
const policyOf = ({ name }: Pick<ClampPlan, 'name'>): string =>
  `mtucalc-${name.length <= 9 ? name : labelFrom(`${name}.`, name.slice(0, 2))}`;

const FIREWALL = 'firewall-cmd --permanent';

/** One rule for each pair of networks; without networks every forwarded SYN. */
function richRules(plan: ClampPlan, family: 4 | 6, mss: number): string[] {
  const word = `family="ipv${family}"`;
  const rules = ({ from, to }: Scope): string[] =>
    (from.length > 0 ? from : [undefined]).flatMap((source) =>
      (to.length > 0 ? to : [undefined]).map((destination) =>
        [
          `rule ${word}`,
          ...(source ? [`source address="${source}"`] : []),
          ...(destination ? [`destination address="${destination}"`] : []),
          `tcp-mss-clamp value="${mss}"`,
        ].join(' '),
      ),
    );
  const scopes = scopesOf(plan, family);
  return [...new Set([...rules(scopes.out), ...rules(scopes.in)])];
}

export const firewalld: SnippetTarget = {
  id: 'firewalld',
  aliases: ['firewall-cmd', 'centos', 'rocky', 'almalinux', 'opensuse'],
  title: 'firewalld',
  manual: 'firewalld.richlanguage(5): tcp-mss-clamp (536 and above); firewalld.policies(5)',
  fileName: 'mtucalc-firewalld.sh',
  comment: '#',
  honours: ['localNets', 'remoteNets'],
  render(plan) {
    const out = script('#');
    sayHead(out, firewalld, plan);
    const policy = policyOf(plan);
    const rules = plan.families.flatMap((family) =>
      richRules(plan, family, withinRange(out, 'firewalld tcp-mss-clamp', mssFor(plan, family), [536, 65535])),
    );
    out.say(
      'a policy of its own from any zone to any zone, before the rules of the zones; firewalld 1.1 and later. It decides nothing: its target is CONTINUE.',
    );
    if (plan.localNets.length + plan.remoteNets.length === 0)
      out.say(
        'it clamps every forwarded TCP connection, the Internet too: safe, and a little slower there; --local-net and --remote-net narrow it to the tunnel',
      );
    sayBridged(out, plan, linuxBridge);
    if (plan.style !== 'policy')
      out.say(`the MTU of the interface is ${plan.tunnelMtu}: the linux, netplan and networkmanager snippets set it`);
    out.say('run as root; what an earlier run for this tunnel left is replaced');
    out.add(
      `${FIREWALL} --delete-policy=${policy} >/dev/null 2>&1 || true`,
      `${FIREWALL} --new-policy=${policy}`,
      `${FIREWALL} --policy=${policy} --add-ingress-zone=ANY`,
      `${FIREWALL} --policy=${policy} --add-egress-zone=ANY`,
      `${FIREWALL} --policy=${policy} --set-target=CONTINUE`,
      ...rules.map((rule) => `${FIREWALL} --policy=${policy} --add-rich-rule='${rule}'`),
      'firewall-cmd --reload',
    );
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, firewalld, plan, all);
    if (all)
      out.add(
        `for policy in $(${FIREWALL} --get-policies); do case "$policy" in mtucalc-*) ${FIREWALL} --delete-policy="$policy";; esac; done`,
      );
    else out.add(`${FIREWALL} --delete-policy=${policyOf(plan)}`);
    out.add('firewall-cmd --reload');
    return out.text();
  },
};

import type { ClampPlan } from '../plan.js';
import { linuxBridge, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { linuxTunnel, mssFor, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { addresses, clampTo, SYN } from './xtables-rules.js';

function rules(out: Script, plan: ClampPlan, family: 4 | 6): string[] {
  const mss = mssFor(plan, family);
  const scopes = scopesOf(plan, family);
  const tunnel = plan.style === 'policy' ? undefined : linuxTunnel(out, plan);
  const end = `${SYN} ${clampTo(mss, plan.name)}`;
  const match = (way: 'out' | 'in'): string =>
    tunnel === undefined ? `-m policy --dir ${way} --pol ipsec` : `${way === 'out' ? '-o' : '-i'} ${tunnel}`;
  return (['out', 'in'] as const).map(
    (way) => `-A ufw${family === 6 ? '6' : ''}-before-forward${addresses(scopes[way])} ${match(way)} ${end}`,
  );
}

export const ufw: SnippetTarget = {
  id: 'ufw',
  aliases: ['uncomplicated-firewall', 'before.rules'],
  title: 'ufw (before.rules)',
  manual: 'ufw-framework(8); iptables-extensions(8): TCPMSS, tcpmss, policy',
  fileName: 'mtucalc-ufw.rules',
  comment: '#',
  honours: ['tunnelIf', 'localNets', 'remoteNets'],
  render(plan) {
    const out = script('#');
    sayHead(out, ufw, plan);
    out.say(
      'put these lines right below "# End required lines" of the file named, above the line that accepts RELATED,ESTABLISHED: what it accepts would never reach them. Then: ufw reload, which fills its chains anew, so nothing stands twice.',
      'forwarding itself: net/ipv4/ip_forward=1 in /etc/ufw/sysctl.conf, and ufw route allow',
    );
    sayBridged(out, plan, linuxBridge);
    for (const family of plan.families) {
      out.blank();
      out.say(family === 4 ? '/etc/ufw/before.rules' : '/etc/ufw/before6.rules');
      out.add(...rules(out, plan, family));
    }
    if (plan.style !== 'policy')
      out.say(`the MTU of the interface is ${plan.tunnelMtu}: the linux, netplan and networkmanager snippets set it`);
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, ufw, plan, all);
    const pattern = all ? 'mtucalc-' : `mtucalc-${plan.name} `;
    out.add(`sed -i '/--comment ${pattern}/d' /etc/ufw/before.rules /etc/ufw/before6.rules`, 'ufw reload');
    return out.text();
  },
};

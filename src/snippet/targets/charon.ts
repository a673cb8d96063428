import { oneMss, sayBefore, sayHead, sayUndoHead } from '../remarks.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { needIpsec } from './strongswan.js';

export const charon: SnippetTarget = {
  id: 'charon',
  title: 'strongSwan strongswan.conf',
  manual: 'strongswan.conf(5): charon.plugins.kernel-netlink.mtu and .mss, kernel-libipsec',
  fileName: 'mtucalc-strongswan.conf',
  comment: '#',
  aliases: ['strongswan.conf', 'libcharon'],
  honours: ['ifId'],
  render(plan) {
    needIpsec(plan, 'charon');
    const out = script('#');
    sayHead(out, charon, plan);
    out.say(
      `save as /etc/strongswan.d/mtucalc-${plan.name}.conf and restart the daemon. The daemon has one mtu and one mss for all its tunnels: where another file sets them too, the smallest is right for all.`,
    );
    if (plan.style === 'xfrm' || plan.ifId !== undefined) {
      out.say(
        'nothing to set: with if_id the daemon installs no routes, and mtu and mss here are properties of those routes. Set the MTU of the xfrm interface (linux snippet) and clamp in netfilter.',
      );
      return out.text();
    }
    if (plan.style === 'libipsec') {
      out.say(
        'kernel-libipsec encrypts in user space behind a TUN interface (ipsec0): there is no XFRM policy to match, the clamp goes by interface, and the interface carries the MTU (linux snippet)',
      );
      out.add(
        'charon {',
        '    plugins {',
        '        kernel-libipsec {',
        '            load = yes',
        '        }',
        '    }',
        '}',
      );
      return out.text();
    }
    out.say(
      'limits: both are properties of the routes the daemon installs (table 220). They serve connections of this host; forwarded TCP takes no notice of an advertised MSS: the clamp is for that.',
    );
    sayBefore(out, 'grep -rE "(mtu|mss) *=" /etc/strongswan.conf /etc/strongswan.d');
    out.add(
      'charon {',
      '    plugins {',
      '        kernel-netlink {',
      `            mtu = ${plan.tunnelMtu}`,
      `            mss = ${oneMss(plan)}`,
      '        }',
      '    }',
      '}',
    );
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, charon, plan, all);
    out.say(`rm /etc/strongswan.d/mtucalc${all ? '*' : `-${plan.name}`}.conf and restart the daemon`);
    return out.text();
  },
};

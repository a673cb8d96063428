import type { NameRule } from '../name.js';
import {
  nameOr,
  oneMss,
  refuseWireguard,
  sayBefore,
  sayHadBefore,
  sayHead,
  sayOneMss,
  sayUndoHead,
} from '../remarks.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { withinRange } from './range.js';

const lanName: NameRule = {
  language: 'Gaia',
  pattern: /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/,
  allows: 'an interface of the gateway: eth1, bond0.100',
};

/** sk101219: the parameters of R77.20 and later, kept over a restart in fwkern.conf and vpnkern.conf. */
const parameters = ['fw_clamp_tcp_mss_control', 'fw_clamp_vpn_mss'] as const;

export const checkpoint: SnippetTarget = {
  id: 'checkpoint',
  aliases: ['check-point', 'gaia', 'quantum'],
  title: 'Check Point (what to set)',
  manual: 'Check Point sk61221 and sk101219: fw_clamp_tcp_mss_control, fw_clamp_vpn_mss, mss_value',
  fileName: 'mtucalc-checkpoint.txt',
  comment: '#',
  honours: ['lanIf'],
  render(plan) {
    refuseWireguard(plan, 'Check Point');
    const out = script('#');
    sayHead(out, checkpoint, plan);
    sayOneMss(out, plan);
    const lan = nameOr(out, plan.lanIf, 'eth1', '--lan-if', lanName);
    out.say(
      'two switches on the gateway, and one field for each inside interface on the management server; the value is the MSS itself, for all TCP of that interface. R77.20 and later; before, fw_clamp_tcp_mss and fw_tcp_mss_value.',
    );
    sayBefore(out, parameters.map((name) => `fw ctl get int ${name}`).join('; '));
    out.say('on the gateway, in expert mode; to last, the same lines as NAME=1 in $FWDIR/boot/modules/fwkern.conf');
    out.add(...parameters.map((name) => `fw ctl set int ${name} 1`));
    out.say('in GuiDBedit, then install the policy:');
    out.show(
      `Network Objects > (the gateway) > interfaces > (the element of ${lan}) > mss_value: ${withinRange(out, 'Check Point mss_value', oneMss(plan), [216, 65535])}`,
    );
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, checkpoint, plan, all);
    sayHadBefore(out, 'values');
    out.say(
      'mss_value of the interface back to 0, install the policy; the switches serve other interfaces too, so only where none has a value left:',
    );
    out.add(...parameters.map((name) => `fw ctl set int ${name} 0`));
    return out.text();
  },
};

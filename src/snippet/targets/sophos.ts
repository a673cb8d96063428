import type { NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
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
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { withinRange } from './range.js';

const portName: NameRule = {
  language: 'Sophos Firewall',
  pattern: /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/,
  allows: 'an interface as Network > Interfaces lists it: xfrm1, PortA',
};

/** The tunnel's own interface, or with policies the LAN side: the WAN sees ESP alone. */
const interfaceOf = (out: Script, plan: ClampPlan): string =>
  plan.style === 'policy'
    ? nameOr(out, plan.lanIf, 'PortA', '--lan-if', portName)
    : nameOr(out, plan.tunnelIf, plan.style === 'none' ? 'gre1' : 'xfrm1', plan.tunnelOption, portName);

export const sophos: SnippetTarget = {
  id: 'sophos',
  aliases: ['sfos', 'xgs', 'cyberoam', 'astaro', 'sophos-xg'],
  title: 'Sophos Firewall (what to type)',
  manual: 'Sophos Firewall: Network > Interfaces > Advanced settings (MTU, Override MSS)',
  fileName: 'mtucalc-sophos.txt',
  comment: '#',
  honours: ['tunnelIf', 'lanIf'],
  assume: ({ lanIf }) => (lanIf === undefined ? 'vti' : 'policy'),
  render(plan) {
    refuseWireguard(plan, 'Sophos Firewall');
    const out = script('#');
    sayHead(out, sophos, plan);
    sayOneMss(out, plan);
    const name = interfaceOf(out, plan);
    const mss = withinRange(out, 'Sophos Override MSS', oneMss(plan), [536, 1460]);
    if (plan.style === 'policy')
      out.say(
        'policy-based tunnels have no interface: the field of the LAN interface, for all TCP that comes in there; its MTU stays',
      );
    out.say('the field is the MSS itself');
    sayBefore(out, 'note what the fields hold now');
    out.add(
      `Network > Interfaces > ${name} > Advanced settings`,
      ...(plan.style === 'policy' ? [] : [`  MTU: ${plan.tunnelMtu}`]),
      '  Override MSS: ticked',
      `  MSS: ${mss}`,
    );
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, sophos, plan, all);
    sayHadBefore(out, 'values');
    out.add(
      `Network > Interfaces > ${interfaceOf(out, plan)} > Advanced settings`,
      ...(plan.style === 'policy' ? [] : ['  MTU: 1500']),
      '  Override MSS: not ticked',
    );
    return out.text();
  },
};

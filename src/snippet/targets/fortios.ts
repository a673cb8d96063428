import { MtucalcError } from '../../error.js';
import type { NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import {
  clearDfPrice,
  nameOr,
  oneMss,
  readName,
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

/** FortiOS itself refuses < > ( ) # ' " in names; `?` opens the help when pasted; interface names end at 15. */
const interfaceName: NameRule = {
  language: 'FortiOS',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,14}$/,
  allows: 'letters, digits, dot, slash, hyphen and underscore, 1 to 15 characters',
};

function byPolicy(plan: ClampPlan, settings: readonly string[]): string[] {
  const ids = plan.policyIds ?? [];
  if (ids.some((id) => !Number.isInteger(id) || id < 1 || id > 4294967294))
    throw new MtucalcError('bad-value', 'a FortiOS policy ID is 1 to 4294967294');
  return [
    'config firewall policy',
    ...ids.flatMap((id) => [`    edit ${id}`, ...settings.map((line) => `        ${line}`), '    next']),
    'end',
  ];
}

function body(out: Script, plan: ClampPlan, version: string, undo: boolean): string[] {
  const mss = withinRange(out, 'FortiOS tcp-mss', oneMss(plan), [48, 65535]);
  const ids = plan.policyIds ?? [];
  if (ids.length > 0) {
    out.say(
      'on both policies, LAN -> VPN and VPN -> LAN: each sets the SYN (sender) and the SYN/ACK (receiver) of the connections it admits',
    );
    if (ids.length === 1)
      out.say('note: one --policy-id given; connections that the other policy admits are not clamped');
    return byPolicy(
      plan,
      undo
        ? ['unset tcp-mss-sender', 'unset tcp-mss-receiver']
        : [`set tcp-mss-sender ${mss}`, `set tcp-mss-receiver ${mss}`],
    );
  }
  if (version !== '7.0') {
    throw new MtucalcError(
      'incomplete',
      'up to FortiOS 7.0.0 an interface clamps one direction only: the policies have to do it',
      'give --policy-id for LAN -> VPN and once more for VPN -> LAN',
    );
  }
  if (plan.style === 'policy') {
    throw new MtucalcError(
      'incomplete',
      'policy-based IPsec has no interface of its own',
      'give --policy-id of the policies with action ipsec, or --ipsec vti for an interface-mode VPN',
    );
  }
  out.say(
    'from 7.0.1 an interface clamps both directions; on 7.0.0 and before it does one: there take fortios@6.4 with --policy-id',
  );
  const name = nameOr(out, plan.tunnelIf, 'vpn', plan.tunnelOption, interfaceName, readName(plan, 'fortios'));
  return [
    'config system interface',
    `    edit "${name}"`,
    `        ${undo ? 'unset tcp-mss' : `set tcp-mss ${mss}`}`,
    '    next',
    'end',
  ];
}

export const fortios: SnippetTarget = {
  id: 'fortios',
  title: 'Fortinet FortiOS',
  manual: 'FortiOS CLI Reference: firewall policy, system interface; Technical Tips 194518, 221376, 278698',
  fileName: 'mtucalc-fortios.txt',
  comment: '#',
  aliases: ['fortigate', 'fortinet'],
  honours: ['tunnelIf', 'policyIds', 'clearDf'],
  assume: ({ policyIds = [] }) => (policyIds.length > 0 ? 'policy' : 'vti'),
  versions: ['7.0', '6.4'],
  render(plan, version) {
    refuseWireguard(plan, 'FortiOS');
    const out = script('#');
    sayHead(out, fortios, plan);
    sayOneMss(out, plan);
    out.say('replaces larger values only');
    sayBefore(out, 'show full-configuration | grep -f tcp-mss');
    out.add(...body(out, plan, version, false));
    if (plan.clearDf) {
      out.say(`honor-df disable: ${clearDfPrice}. It is global, for all traffic of this device.`);
      out.add('config system global', '    set honor-df disable', 'end');
    }
    return out.text();
  },
  undo(plan, version, all) {
    const out = script('#');
    sayUndoHead(out, fortios, plan, all);
    sayHadBefore(out, 'values');
    out.add(...body(out, plan, version, true));
    if (plan.clearDf) out.add('config system global', '    set honor-df enable', 'end');
    return out.text();
  },
};

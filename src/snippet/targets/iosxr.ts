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

const interfaceName: NameRule = {
  language: 'Cisco IOS XR',
  pattern: /^[A-Za-z][A-Za-z-]{0,30}\d{1,4}([/.]\d{1,6}){0,4}$/,
  allows: 'a type and its numbers, as in tunnel-ip1 or TenGigE0/0/0/1.100',
};

const interfaceOf = (out: Script, plan: ClampPlan): string =>
  nameOr(out, plan.tunnelIf, 'tunnel-ip1', plan.tunnelOption, interfaceName);

export const iosxr: SnippetTarget = {
  id: 'iosxr',
  aliases: ['ios-xr', 'xr', 'asr9000', 'asr9k', 'ncs'],
  title: 'Cisco IOS XR',
  manual: 'Cisco-IOS-XR-asr9k-prm-cfg.yang (tcp-mss-adjust np value 1280-1535), Cisco-IOS-XR-ipv4-io-cfg.yang 24.4.1',
  fileName: 'mtucalc-iosxr.txt',
  comment: '!',
  honours: ['tunnelIf'],
  assume: () => 'vti',
  render(plan) {
    refuseWireguard(plan, 'IOS XR');
    const out = script('!');
    sayHead(out, iosxr, plan);
    const name = interfaceOf(out, plan);
    const mss = withinRange(out, 'IOS XR tcp-mss-adjust (ASR 9000)', oneMss(plan), [1280, 1535]);
    sayOneMss(out, plan);
    out.say(
      'the value belongs to a network processor, the interface only turns it on: put it on each NP that serves the interface (show controllers np ports all location 0/0/CPU0). NP 0 of 0/0/CPU0 is an example. ASR 9000; other XR platforms clamp nothing.',
    );
    sayBefore(out, `show running-config interface ${name}; show running-config hw-module`);
    out.add(
      'configure',
      `hw-module location 0/0/CPU0 tcp-mss-adjust np 0 value ${mss}`,
      `interface ${name}`,
      ` ipv4 mtu ${plan.tunnelMtu}`,
      ' ipv4 tcp-mss-adjust enable',
      ' exit',
      'commit',
      'end',
    );
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('!');
    sayUndoHead(out, iosxr, plan, all);
    sayHadBefore(out, 'values');
    out.add(
      'configure',
      `interface ${interfaceOf(out, plan)}`,
      ' no ipv4 mtu',
      ' no ipv4 tcp-mss-adjust enable',
      ' exit',
      'no hw-module location 0/0/CPU0 tcp-mss-adjust np 0',
      'commit',
      'end',
    );
    return out.text();
  },
};

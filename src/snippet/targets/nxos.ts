import { MtucalcError } from '../../error.js';
import type { NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, sayBefore, sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';

const interfaceName: NameRule = {
  language: 'Cisco NX-OS',
  pattern: /^[A-Za-z][A-Za-z-]{0,30}\d{1,4}([/.]\d{1,6}){0,3}$/,
  allows: 'a type and its number, as in Tunnel1 or Ethernet1/1',
};

/** A switch of this family ends GRE and IP in IP; it has no IPsec and no clamp for what it forwards. */
function interfaceOf(out: Script, plan: ClampPlan): string {
  if (plan.tunnel !== 'gre' && plan.tunnel !== 'ipip')
    throw new MtucalcError(
      'impossible',
      'NX-OS ends GRE and IP in IP tunnels only, and clamps nothing that it forwards',
      'clamp on the box at the tunnel end; --tunnel gre or ipip sets the MTU here',
    );
  return nameOr(out, plan.tunnelIf, 'Tunnel1', plan.tunnelOption, interfaceName);
}

export const nxos: SnippetTarget = {
  id: 'nxos',
  aliases: ['nx-os', 'nexus'],
  title: 'Cisco NX-OS',
  manual: 'Nexus 9000 NX-OS Interfaces Configuration Guide 9.3(x): Configuring IP Tunnels, Configuring IP TCP MSS',
  fileName: 'mtucalc-nxos.txt',
  comment: '!',
  honours: ['tunnelIf'],
  render(plan) {
    const out = script('!');
    sayHead(out, nxos, plan);
    const name = interfaceOf(out, plan);
    out.say(
      'the MTU alone: NX-OS has no setting for the MSS of forwarded TCP ("ip tcp mss" is for connections of the switch itself). Clamp on the next router or on the hosts.',
    );
    sayBefore(out, `show running-config interface ${name}`);
    out.add('configure terminal', `interface ${name}`, ` mtu ${plan.tunnelMtu}`, ' exit', 'end');
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('!');
    sayUndoHead(out, nxos, plan, all);
    sayHadBefore(out, 'values');
    out.add('configure terminal', `interface ${interfaceOf(out, plan)}`, ' no mtu', ' exit', 'end');
    return out.text();
  },
};

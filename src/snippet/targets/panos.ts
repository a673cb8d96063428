import { MtucalcError } from '../../error.js';
import type { NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, refuseWireguard, sayBefore, sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { type Range, withinMtu } from './range.js';

const tunnelName: NameRule = { language: 'PAN-OS', pattern: /^tunnel\.\d{1,4}$/, allows: 'tunnel.1 to tunnel.9999' };
const lanName: NameRule = {
  language: 'PAN-OS',
  pattern: /^(ethernet\d{1,2}\/\d{1,3}|ae\d{1,2})$/,
  allows: 'ethernet1/1, or ae1 for an aggregate',
};
/** specs/network/interface of 10.x and 11.x: taken off the interface's MTU. */
const adjustments: Readonly<Record<4 | 6, Range>> = { 4: [40, 300], 6: [60, 300] };
const MTU: Range = [576, 9216];
const LAN_MTU = 1500;

function lines(out: Script, plan: ClampPlan): string[] {
  const commands: string[] = [];
  if (plan.style !== 'policy') {
    const unit = nameOr(out, plan.tunnelIf, 'tunnel.1', plan.tunnelOption, tunnelName);
    commands.push(`network interface tunnel units ${unit} mtu ${plan.tunnelMtu}`);
  }
  const lan = nameOr(out, plan.lanIf, 'ethernet1/1', '--lan-if', lanName);
  const menu = `network interface ${lan.startsWith('ae') ? 'aggregate-ethernet' : 'ethernet'} ${lan} layer3 adjust-tcp-mss`;
  commands.push(`${menu} enable yes`);
  for (const family of plan.families) {
    const less = LAN_MTU - mssFor(plan, family);
    const [lowest, highest] = adjustments[family];
    if (less > highest)
      throw new MtucalcError(
        'bad-value',
        `PAN-OS takes ${lowest} to ${highest} off the MTU; MSS ${mssFor(plan, family)} on ${LAN_MTU} needs ${less}`,
        'lower the MTU of the LAN interface too, leave one IP version out (--inner 4), or clamp on another box',
      );
    commands.push(`${menu} ipv${family}-mss-adjustment ${Math.max(less, lowest)}`);
  }
  return commands;
}

export const panos: SnippetTarget = {
  id: 'panos',
  aliases: ['pan-os', 'paloalto', 'palo-alto', 'panorama'],
  title: 'Palo Alto Networks PAN-OS',
  manual: 'PAN-OS network interface ethernet layer3 adjust-tcp-mss (ipv4-mss-adjustment 40-300), tunnel units mtu',
  fileName: 'mtucalc-panos.set',
  comment: '#',
  honours: ['tunnelIf', 'lanIf'],
  assume: () => 'vti',
  render(given) {
    refuseWireguard(given, 'PAN-OS');
    const out = script('#');
    sayHead(out, panos, given);
    const plan = withinMtu(out, 'PAN-OS tunnel interface', given, MTU);
    const commands = lines(out, plan);
    out.say(
      `the adjustment is what is taken off the MTU of the LAN interface, not the MSS: ${LAN_MTU} is assumed there, another MTU needs another number. Tunnel interfaces have none: the clamp sits where the hosts come in, both directions, for all TCP of that interface.`,
    );
    sayBefore(
      out,
      'show network interface | match "mtu|mss" (with set cli config-output-format set, in configuration mode)',
    );
    out.say('in configuration mode; then commit');
    out.add(...commands.map((line) => `set ${line}`));
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, panos, plan, all);
    out.say('where another tunnel needs the clamp of that interface, give it its number instead');
    sayHadBefore(out, 'values');
    const nodes = lines(script('#'), plan).map((line) =>
      line.replace(/ adjust-tcp-mss .*/, ' adjust-tcp-mss').replace(/ mtu \d+$/, ' mtu'),
    );
    out.add(...new Set(nodes.map((line) => `delete ${line}`)));
    return out.text();
  },
};

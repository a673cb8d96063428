import type { ClampPlan } from '../plan.js';
import { nameOr, sayBefore, sayBridged, sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { type Range, withinMtu, withinRange } from './range.js';
import { interfaceName, mtuRange, pathOf, usualName } from './vyos-interface.js';

/** Vyatta 6 templates, policy route set tcp-mss; the range of mss-clamp itself is not published. */
const range: Range = [500, 1460];

/** The interface's own MTU; none with policies, none for OpenVPN. */
function mtuLines(out: Script, plan: ClampPlan): { readonly plan: ClampPlan; readonly lines: readonly string[] } {
  if (plan.style === 'policy') return { plan, lines: [] };
  const name = nameOr(out, plan.tunnelIf, usualName(plan), plan.tunnelOption, interfaceName);
  const allowed = mtuRange(name, '1.3');
  const fitted = allowed === null ? plan : withinMtu(out, `EdgeOS interface ${name}`, plan, allowed);
  return {
    plan: fitted,
    lines: allowed === null ? [] : [`interfaces ${pathOf(name)} mtu ${fitted.tunnelMtu}`],
  };
}

function lines(out: Script, given: ClampPlan): string[] {
  const { plan, lines: mtu } = mtuLines(out, given);
  return [
    ...mtu,
    ...plan.families.flatMap((family) => {
      const clamp = `firewall options mss-clamp${family === 6 ? '6' : ''}`;
      const mss = withinRange(out, `EdgeOS mss-clamp${family === 6 ? '6' : ''}`, mssFor(plan, family), range);
      return [`${clamp} interface-type all`, `${clamp} mss ${mss}`];
    }),
  ];
}

export const edgeos: SnippetTarget = {
  id: 'edgeos',
  aliases: ['unifi', 'ubiquiti', 'ubnt', 'edgerouter', 'edgemax', 'usg', 'udm', 'uxg'],
  title: 'Ubiquiti EdgeOS and UniFi gateways',
  manual: 'EdgeOS firewall options mss-clamp, mss-clamp6 (as published configurations have them); Vyatta 6 templates',
  fileName: 'mtucalc-edgeos.txt',
  comment: '#',
  honours: ['tunnelIf'],
  assume: ({ tunnelIf }) => (tunnelIf === undefined ? 'policy' : 'vti'),
  render(plan) {
    const out = script('#');
    sayHead(out, edgeos, plan);
    const commands = lines(out, plan);
    out.say(
      'mss-clamp is one value for the whole router: with several tunnels give the smallest. interface-type all takes every forwarded SYN, both directions; where this release offers pppoe, tun or vti, that narrows it to one kind.',
      'UniFi: a USG takes the same tree as config.gateway.json; consoles (UDM, UXG) have one field, MSS Clamping, set to Custom, for the IPv4 value',
    );
    sayBridged(out, plan, 'Set the MTU on the bridge, br0.');
    sayBefore(out, 'show configuration commands | match "mss-clamp|mtu"');
    out.say('in configuration mode; then compare, commit, save');
    out.add(...commands.map((line) => `set ${line}`));
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, edgeos, plan, all);
    out.say('mss-clamp is one value for all tunnels: with another one left, set its value instead');
    sayHadBefore(out, 'values');
    const nodes = lines(script('#'), plan).map((line) =>
      line.replace(/^(firewall options \S+) .*/, '$1').replace(/ mtu \d+$/, ' mtu'),
    );
    out.add(...new Set(nodes.map((line) => `delete ${line}`)));
    return out.text();
  },
};

import type { NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, refuseWireguard, sayBefore, sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { type Range, withinRange } from './range.js';

const interfaceName: NameRule = {
  language: 'VRP and Comware',
  pattern: /^[A-Za-z][A-Za-z-]{0,30}\d{1,4}([/.:]\d{1,6}){0,4}$/,
  allows: 'a type and its numbers, as in Tunnel0/0/1 or GigabitEthernet0/0/1.100',
};
const range: Range = [128, 2048];

const interfaceOf = (out: Script, plan: ClampPlan, version: string): string =>
  plan.style === 'policy'
    ? nameOr(out, plan.lanIf, 'GigabitEthernet0/0/1', '--lan-if', interfaceName)
    : nameOr(out, plan.tunnelIf, version === 'comware' ? 'Tunnel0' : 'Tunnel0/0/1', plan.tunnelOption, interfaceName);

function settings(out: Script, plan: ClampPlan, version: string): string[] {
  const clamp = version === 'comware' ? 'tcp mss' : 'tcp adjust-mss';
  return [
    ...(plan.style === 'policy' ? [] : [`mtu ${plan.tunnelMtu}`]),
    ...plan.families.flatMap((family) => {
      const mss = withinRange(
        out,
        `${version === 'comware' ? 'Comware' : 'VRP'} ${clamp}`,
        mssFor(plan, family),
        range,
      );
      const mtu =
        family === 6 && plan.style !== 'policy' && plan.tunnelMtu >= 1280 ? [`ipv6 mtu ${plan.tunnelMtu}`] : [];
      return [...mtu, `${family === 6 ? 'ipv6 ' : ''}${clamp} ${mss}`];
    }),
  ];
}

export const huawei: SnippetTarget = {
  id: 'huawei',
  aliases: ['vrp', 'h3c', 'comware', 'usg6000', 'hpe-comware'],
  title: 'Huawei VRP and H3C Comware',
  manual:
    'Huawei AR command reference: tcp adjust-mss (128-2048), mtu; H3C Comware 7 IP services command reference: tcp mss',
  fileName: 'mtucalc-huawei.txt',
  comment: '#',
  versions: ['vrp', 'comware'],
  honours: ['tunnelIf', 'lanIf'],
  assume: ({ lanIf }) => (lanIf === undefined ? 'vti' : 'policy'),
  render(plan, version) {
    refuseWireguard(plan, 'Huawei and H3C');
    const out = script('#');
    sayHead(out, huawei, plan);
    const name = interfaceOf(out, plan, version);
    const lines = settings(out, plan, version);
    out.say(
      version === 'comware'
        ? 'Comware 7; lowers the MSS of what leaves by the interface: the same lines on the peer, or on the LAN interface, serve the way back'
        : 'AR routers; huawei@comware for H3C. A USG firewall has one global value instead, "firewall tcp-mss", 100 to 1460. Both directions of the interface.',
    );
    if (plan.style === 'policy')
      out.say('policies have no interface: the LAN interface, for all TCP through it; its MTU stays');
    sayBefore(out, `display current-configuration interface ${name}`);
    out.add('system-view', `interface ${name}`, ...lines.map((line) => ` ${line}`), ' quit', 'return');
    return out.text();
  },
  undo(plan, version, all) {
    const out = script('#');
    sayUndoHead(out, huawei, plan, all);
    sayHadBefore(out, 'values');
    out.add(
      'system-view',
      `interface ${interfaceOf(out, plan, version)}`,
      ...settings(script('#'), plan, version).map((line) => ` undo ${line.replace(/ \d+$/, '')}`),
      ' quit',
      'return',
    );
    return out.text();
  },
};

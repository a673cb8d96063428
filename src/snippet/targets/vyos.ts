import { MtucalcError } from '../../error.js';
import { checkedName, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { type MssRange, withinRange } from './range.js';

const interfaceName: NameRule = {
  language: 'VyOS',
  pattern: /^(vti|wg|tun|eth|bond|br|pppoe)\d{1,5}(\.\d{1,4}){0,2}$/,
  allows: 'vti0, wg0, tun0, eth1, eth1.100, bond0, br0, pppoe0',
};
const types = {
  vti: 'vti',
  wg: 'wireguard',
  tun: 'tunnel',
  eth: 'ethernet',
  bond: 'bonding',
  br: 'bridge',
  pppoe: 'pppoe',
} as const;

/** "vti vti0", "ethernet eth1 vif 100". */
function pathOf(name: string): string {
  const [base = '', ...vlans] = name.split('.');
  const type = types[base.replace(/\d+$/, '') as keyof typeof types];
  return [
    `${type} ${base}`,
    ...vlans.map((vlan, index) =>
      index === 0 && vlans.length === 2 ? `vif-s ${vlan}` : index === 1 ? `vif-c ${vlan}` : `vif ${vlan}`,
    ),
  ].join(' ');
}

/** 1.4 and later by family (T4709); 1.3 as its manual has it. */
const ranges: Readonly<Record<string, Readonly<Record<4 | 6, MssRange>>>> = {
  '1.3': { 4: [500, 1460], 6: [1280, 1492] },
  '1.4': { 4: [536, 65535], 6: [1220, 65535] },
};
const policyRange: MssRange = [500, 1460];

function onInterface(out: Script, plan: ClampPlan, version: string): string[] {
  const usual = plan.kind === 'wireguard' ? 'wg0' : plan.style === 'none' ? 'tun0' : 'vti0';
  const name = nameOr(out, plan.tunnelIf, usual, '--tunnel-if', interfaceName);
  const lines = [`set interfaces ${pathOf(name)} mtu ${plan.tunnelMtu}`];
  for (const family of plan.families) {
    const mss = withinRange(
      out,
      `VyOS ${version} IPv${family}`,
      mssFor(plan, family),
      (ranges[version] ?? (ranges['1.4'] as never))[family],
    );
    lines.push(
      version === '1.3'
        ? `set firewall options interface ${name} adjust-mss${family === 6 ? '6' : ''} ${mss}`
        : `set interfaces ${pathOf(name)} ip${family === 6 ? 'v6' : ''} adjust-mss ${mss}`,
    );
  }
  if (version === 'rolling') {
    lines.push(
      ...plan.families.map(
        (family) => `set interfaces ${pathOf(name)} ip${family === 6 ? 'v6' : ''} adjust-mss-direction both`,
      ),
    );
  } else {
    out.say(
      'adjust-mss acts on packets that leave by the interface: LAN -> tunnel. The way back is limited by the same lines on the peer, or with vyos@rolling by adjust-mss-direction both. The MTU above serves both: hosts here learn it by PTB.',
    );
  }
  return lines;
}

/** Policy-based peers have no interface: policy route sees the SYN where it enters, in the clear, on both sides. */
function byPolicy(out: Script, plan: ClampPlan, version: string): string[] {
  if (plan.lanIf === undefined || plan.wanIf === undefined || plan.remoteNets.length === 0) {
    throw new MtucalcError(
      'incomplete',
      'policy-based IPsec has no interface on VyOS: the clamp goes by policy route on LAN and WAN',
      'give --lan-if, --wan-if and --remote-net, or --ipsec vti',
    );
  }
  const [lan, wan] = [
    checkedName(plan.lanIf, '--lan-if', interfaceName),
    checkedName(plan.wanIf, '--wan-if', interfaceName),
  ];
  const flag = version === '1.3' ? "'SYN'" : 'syn';
  return plan.families.flatMap((family) => {
    const menu = `set policy route${family === 6 ? '6' : ''}`;
    const mss = withinRange(out, 'VyOS policy route', mssFor(plan, family), policyRange);
    const direction = (name: string, side: string, networks: readonly string[], device: string): string[] => [
      ...networks.flatMap((network, index) => {
        const rule = `${menu} ${name} rule ${(index + 1) * 10}`;
        return [
          `${rule} ${side} address ${network}`,
          `${rule} protocol tcp`,
          `${rule} tcp flags ${flag}`,
          `${rule} set tcp-mss ${mss}`,
        ];
      }),
      version === '1.3'
        ? `set interfaces ${pathOf(device)} policy route${family === 6 ? '6' : ''} ${name}`
        : `${menu} ${name} interface ${device}`,
    ];
    const remote = scopesOf(plan, family).out.to;
    return [
      ...direction(`MTUCALC-OUT${family}`, 'destination', remote, lan),
      ...direction(`MTUCALC-IN${family}`, 'source', remote, wan),
    ];
  });
}

const lines = (out: Script, plan: ClampPlan, version: string): string[] =>
  plan.style === 'policy' ? byPolicy(out, plan, version) : onInterface(out, plan, version);

/** The nodes our lines created, each once; a policy goes with everything below it. */
const removal = (line: string): string =>
  line
    .replace(/^set /, 'delete ')
    .replace(/^(delete policy route6? \S+) (?:rule|interface) .*/, '$1')
    .replace(/ (adjust-mss6?|adjust-mss-direction|mtu) \S+$/, ' $1');

export const vyos: SnippetTarget = {
  id: 'vyos',
  title: 'VyOS',
  manual:
    'docs.vyos.io: policy route, interfaces vti/wireguard; vyos-1x include/interface/adjust-mss.xml.i; 1.3 firewall options',
  fileName: 'mtucalc-vyos.txt',
  comment: '#',
  versions: ['1.4', '1.3', 'rolling'],
  render(plan, version) {
    const out = script('#');
    sayHead(out, vyos, plan);
    if (plan.style === 'xfrm' || plan.style === 'libipsec')
      out.say(`VyOS builds route-based IPsec with vti interfaces; --ipsec ${plan.style} is taken as that`);
    if (plan.clearDf)
      out.say(
        'VyOS has no setting that clears DF of forwarded packets; do it on another box, or lower the MTU of the hosts',
      );
    const commands = lines(out, plan, version);
    out.say('in configuration mode; then compare, commit, save');
    out.add(...commands);
    return out.text();
  },
  undo(plan, version) {
    const out = script('#');
    sayUndoHead(out, vyos);
    out.add(...new Set(lines(script('#'), plan, version).map(removal)));
    return out.text();
  },
};

import { MtucalcError } from '../../error.js';
import { checkedName } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { clearDfPrice, nameOr, sayBefore, sayBridged, sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { type Range, withinMtu, withinRange } from './range.js';
import { interfaceName, mtuRange, pathOf, usualName } from './vyos-interface.js';

/** Interface definitions: equuleus since T4709 (1.3.3), sagitta and current. */
const ranges: Readonly<Record<'1.3' | '1.4', Readonly<Record<4 | 6, Range>>>> = {
  '1.3': { 4: [536, 65535], 6: [1220, 65535] },
  '1.4': { 4: [536, 65535], 6: [536, 65535] },
};
/** 1.3.0 to 1.3.2. */
const early: Readonly<Record<4 | 6, Range>> = { 4: [500, 1460], 6: [1280, 1492] };
const policyRange: Range = [500, 1460];

const inside = (value: number, [lowest, highest]: Range): boolean => value >= lowest && value <= highest;

function onInterface(out: Script, given: ClampPlan, version: string): string[] {
  const name = nameOr(out, given.tunnelIf, usualName(given), given.tunnelOption, interfaceName);
  const range = mtuRange(name, version);
  const plan = range === null ? given : withinMtu(out, `VyOS ${version} interface ${name}`, given, range);
  if (range === null)
    out.say(
      `${name} has no MTU setting on VyOS: the MTU inside is ${plan.tunnelMtu}, openvpn-option '--tun-mtu ${plan.tunnelMtu}' at both ends sets it`,
    );
  const lines = range === null ? [] : [`set interfaces ${pathOf(name)} mtu ${plan.tunnelMtu}`];
  const old = version === '1.3';
  for (const family of plan.families) {
    const mss = withinRange(
      out,
      `VyOS ${version} IPv${family}`,
      mssFor(plan, family),
      ranges[old ? '1.3' : '1.4'][family],
    );
    if (old && !inside(mss, early[family]))
      out.say(
        `adjust-mss${family === 6 ? '6' : ''} ${mss}: from 1.3.3 on; before, the range was ${early[family].join(' to ')}`,
      );
    lines.push(
      old
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
      `adjust-mss acts on packets that leave by the interface: LAN -> tunnel. The way back is limited by the same lines on the peer, or with vyos@rolling by adjust-mss-direction both.${range === null ? '' : ' The MTU above serves both: hosts here learn it by PTB.'}`,
    );
  }
  if (plan.clearDf && name.startsWith('tun')) {
    out.say(
      `ignore-df, which the kernel takes together with no-pmtu-discovery only: ${clearDfPrice}`,
      'the router still refuses forwarded packets with DF above the MTU of the interface, before the tunnel sees them (measured on Linux): where hosts send those, give the interface the MTU of the LAN instead',
    );
    lines.push(
      `set interfaces ${pathOf(name)} parameters ip ignore-df`,
      `set interfaces ${pathOf(name)} parameters ip no-pmtu-discovery`,
    );
  } else if (plan.clearDf) sayNoDf(out);
  return lines;
}

const sayNoDf = (out: Script): void =>
  out.say(
    '--clear-df: VyOS clears DF on GRE and IPIP tunnels alone (parameters ip ignore-df); for others do it on another box, or lower the MTU of the hosts',
  );

/** Policy-based peers have no interface: policy route sees the SYN where it enters, in the clear, on both sides. */
function byPolicy(out: Script, plan: ClampPlan, version: string): string[] {
  if (plan.lanIf === undefined || plan.wanIf === undefined || plan.remoteNets.length === 0) {
    throw new MtucalcError(
      'incomplete',
      'policy-based IPsec has no interface on VyOS: the clamp goes by policy route on LAN and WAN',
      'give --lan-if, --wan-if and --remote-net, or --ipsec vti',
    );
  }
  if (plan.clearDf) sayNoDf(out);
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
      ...direction(`MTUCALC-${plan.name}-OUT${family}`, 'destination', remote, lan),
      ...direction(`MTUCALC-${plan.name}-IN${family}`, 'source', remote, wan),
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
  aliases: ['vyatta'],
  title: 'VyOS',
  manual:
    'docs.vyos.io: policy route, interfaces vti/wireguard/tunnel; vyos-1x include/interface/adjust-mss.xml.i, interfaces_*.xml.in; 1.3 firewall-options.xml.in',
  fileName: 'mtucalc-vyos.txt',
  comment: '#',
  versions: ['1.4', '1.3', 'rolling'],
  honours: ['tunnelIf', 'lanIf', 'wanIf', 'remoteNets', 'clearDf'],
  assume: ({ lanIf, wanIf, remoteNets }) =>
    lanIf !== undefined && wanIf !== undefined && remoteNets.length > 0 ? 'policy' : 'vti',
  render(plan, version) {
    const out = script('#');
    sayHead(out, vyos, plan);
    if (plan.style === 'xfrm' || plan.style === 'libipsec')
      out.say(`VyOS builds route-based IPsec with vti interfaces; --ipsec ${plan.style} is taken as that`);
    sayBridged(out, plan, 'Clamp on the bridge where it is routed: --tunnel-if br0.');
    const commands = lines(out, plan, version);
    sayBefore(out, 'save /config/mtucalc-before.config (in configuration mode), or show configuration commands');
    out.say('in configuration mode; then compare, commit, save');
    out.add(...commands);
    return out.text();
  },
  undo(plan, version, all) {
    const out = script('#');
    sayUndoHead(out, vyos, plan, all);
    sayHadBefore(out, 'values');
    if (all) out.say('other tunnels: show configuration commands | match "adjust-mss|MTUCALC"');
    out.add(...new Set(lines(script('#'), plan, version).map(removal)));
    return out.text();
  },
};

import { checkedName, type NameRule } from '../name.js';
import type { Network } from '../network.js';
import type { ClampPlan } from '../plan.js';
import {
  clearDfPrice,
  nameOr,
  readName,
  refuseWireguard,
  sayBefore,
  sayBridged,
  sayHadBefore,
  sayHead,
  sayUndoHead,
} from '../remarks.js';
import { mssFor } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { type Range, withinMtu, withinRange } from './range.js';

const interfaceName: NameRule = {
  language: 'Cisco IOS',
  pattern: /^[A-Za-z][A-Za-z-]{0,30}\d{1,4}([/.:]\d{1,6}){0,4}$/,
  allows: 'a type and its numbers, as in Tunnel0 or GigabitEthernet0/0/1.100',
};
/** Cisco-IOS-XE-interfaces.yang 16.9.1, 17.18.1 and 26.1.1; ip tcp adjust-mss as in the command reference. */
const ranges: Readonly<Record<4 | 6, Range>> = { 4: [500, 1460], 6: [40, 1454] };
const MTU: Range = [68, 9976];
const LAN = 'GigabitEthernet0/1';

/** The tunnel interface, or with a crypto map the inside one: the outside sees ESP alone. */
function interfaceOf(out: Script, plan: ClampPlan): string {
  if (plan.style !== 'policy') {
    const read = readName(plan, 'cisco');
    return nameOr(out, plan.tunnelIf, 'Tunnel0', plan.tunnelOption, interfaceName, read);
  }
  return nameOr(out, plan.lanIf, LAN, '--lan-if', interfaceName);
}

function commands(out: Script, plan: ClampPlan): string[] {
  const tunnel = plan.style !== 'policy';
  return plan.families.flatMap((family) => {
    const word = family === 4 ? 'ip' : 'ipv6';
    const mtu = family === 6 && plan.tunnelMtu < 1280 ? [] : [` ${word} mtu ${plan.tunnelMtu}`];
    if (tunnel && mtu.length === 0) out.say('ipv6 mtu takes no less than 1280 (RFC 8200): left out');
    return [
      ...(tunnel ? mtu : []),
      ` ${word} tcp adjust-mss ${withinRange(out, `IOS ${word} tcp adjust-mss`, mssFor(plan, family), ranges[family])}`,
    ];
  });
}

/** Address and wildcard mask, as an access list has them. */
function wildcard({ text }: Network): string {
  const [address = '', prefix = '32'] = text.split('/');
  const bits = Number(prefix);
  if (bits === 32) return `host ${address}`;
  const mask = [0, 1, 2, 3].map((index) => 2 ** (8 - Math.min(8, Math.max(0, bits - 8 * index))) - 1);
  return bits === 0 ? 'any' : `${address} ${mask.join('.')}`;
}

const mapOf = ({ name }: Pick<ClampPlan, 'name'>): string => `MTUCALC-${name}`;
const four = (nets: readonly Network[]): string[] => nets.filter(({ family }) => family === 4).map(wildcard);

/**
 * DF of the inner packet, where it enters: df-bit is of the outer header, and ip mtu of the tunnel refuses it before.
 */
function clearInnerDf(out: Script, plan: ClampPlan): string[] {
  const lan = nameOr(out, plan.lanIf, LAN, '--lan-if', interfaceName);
  out.say(
    `set ip df 0 on the way in from the LAN: ${clearDfPrice}. An interface has one policy route-map: where there is one already, put these two lines into it.`,
  );
  sayBefore(out, `show running-config interface ${lan}`);
  const sources = four(plan.localNets);
  return [
    `ip access-list extended ${mapOf(plan)}`,
    ...(sources.length > 0 ? sources : ['any']).flatMap((source) =>
      four(plan.remoteNets).map((destination) => ` permit ip ${source} ${destination}`),
    ),
    ' exit',
    `route-map ${mapOf(plan)} permit 10`,
    ` match ip address ${mapOf(plan)}`,
    ' set ip df 0',
    ' exit',
    `interface ${lan}`,
    ` ip policy route-map ${mapOf(plan)}`,
    ' exit',
  ];
}

export const cisco: SnippetTarget = {
  id: 'cisco',
  aliases: ['ios', 'ios-xe', 'iosxe', 'cisco-ios', 'isr', 'csr1000v', 'catalyst8000v'],
  title: 'Cisco IOS and IOS-XE',
  manual:
    'Cisco IOS IP Application Services Command Reference (ip tcp adjust-mss); "Pre-fragmentation for IPsec VPNs"; "DF Bit Override Functionality with IPsec Tunnels"; policy-based routing (set ip df)',
  fileName: 'mtucalc-ios.txt',
  comment: '!',
  honours: ['tunnelIf', 'lanIf', 'localNets', 'remoteNets', 'clearDf', 'copyDf'],
  assume: ({ lanIf, tunnelIf }) => (lanIf !== undefined && tunnelIf === undefined ? 'policy' : 'vti'),
  render(given) {
    refuseWireguard(given, 'Cisco IOS');
    const out = script('!');
    sayHead(out, cisco, given);
    const plan = withinMtu(out, 'IOS ip mtu', given, MTU);
    const name = interfaceOf(out, plan);
    const settings = commands(out, plan);
    sayBefore(out, `show running-config interface ${name}`);
    if (plan.style === 'policy') {
      out.say('adjust-mss works on both directions, and on all TCP through this interface, not the tunnel alone');
    } else {
      out.say(
        'adjust-mss works on both directions; ip mtu is said outright because IOS has computed it wrongly after a reload (CSCth31172). show crypto ipsec sa prints it as "plaintext mtu".',
      );
      if (plan.gre) out.say('the MTU above already has GRE taken off');
    }
    if (!plan.clearDf && plan.localNets.length + plan.remoteNets.length > 0)
      out.say('--local-net and --remote-net narrow --clear-df alone: the clamp is for all TCP through the interface');
    sayBridged(out, plan, 'Put these lines on the routed interface (BDI, SVI) of the bridge domain: --tunnel-if BDI1.');
    out.add('configure terminal', `interface ${name}`, ...settings);
    const plainDf = plan.clearDf || plan.copyDf === false;
    if (/^tunnel/i.test(name) && !plainDf) out.add(' tunnel path-mtu-discovery');
    out.add(' exit');
    if (plainDf && plan.kind === 'ipsec') {
      out.say(
        `df-bit clear: the ESP packet goes without DF, so routers on the way may fragment it. Global: every IPsec tunnel of this router.`,
      );
      out.add('crypto ipsec df-bit clear');
      if (plan.clearDf) out.add('crypto ipsec fragmentation before-encryption');
    }
    if (plan.clearDf) out.add(...clearInnerDf(out, plan));
    out.add('end');
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('!');
    sayUndoHead(out, cisco, plan, all);
    const name = interfaceOf(out, plan);
    sayHadBefore(out, 'ip mtu and adjust-mss');
    if (all)
      out.say('other tunnels: the same for their interfaces; show running-config | include interface|adjust-mss');
    out.add('configure terminal', `interface ${name}`);
    out.add(...commands(script('!'), plan).map((line) => ` no ${line.trim().replace(/ \d+$/, '')}`));
    if (/^tunnel/i.test(name) && !plan.clearDf && plan.copyDf !== false) out.add(' no tunnel path-mtu-discovery');
    out.add(' exit');
    if ((plan.copyDf === false || plan.clearDf) && plan.kind === 'ipsec') out.add('no crypto ipsec df-bit clear');
    if (plan.clearDf) {
      const lan = checkedName(plan.lanIf ?? LAN, '--lan-if', interfaceName);
      out.add(
        `interface ${lan}`,
        ` no ip policy route-map ${mapOf(plan)}`,
        ' exit',
        `no route-map ${mapOf(plan)}`,
        `no ip access-list extended ${mapOf(plan)}`,
      );
    }
    out.add('end');
    return out.text();
  },
};

import { MtucalcError } from '../../error.js';
import { checkedName, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { clearDfPrice, nameOr, refuseWireguard, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { type MssRange, withinRange } from './range.js';

const interfaceName: NameRule = {
  language: 'Cisco IOS',
  pattern: /^[A-Za-z][A-Za-z-]{0,30}\d{1,4}([/.:]\d{1,6}){0,4}$/,
  allows: 'a type and its numbers, as in Tunnel0 or GigabitEthernet0/0/1.100',
};
/** Command reference: ip tcp adjust-mss 500-1460, ipv6 tcp adjust-mss 40-1440 (IOS-XE Fuji 16.9.2). */
const ranges: Readonly<Record<4 | 6, MssRange>> = { 4: [500, 1460], 6: [40, 1440] };

/** The tunnel interface, or with a crypto map the inside one: the outside sees ESP alone. */
function interfaceOf(out: Script, plan: ClampPlan): string {
  if (plan.style !== 'policy') return nameOr(out, plan.tunnelIf, 'Tunnel0', '--tunnel-if', interfaceName);
  if (plan.lanIf === undefined) {
    throw new MtucalcError(
      'incomplete',
      'a crypto map has no tunnel interface: the clamp goes on the inside interface',
      'give --lan-if, for example --lan-if GigabitEthernet0/1, or --ipsec vti',
    );
  }
  return checkedName(plan.lanIf, '--lan-if', interfaceName);
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

export const cisco: SnippetTarget = {
  id: 'cisco',
  title: 'Cisco IOS and IOS-XE',
  manual:
    'Cisco IOS IP Application Services Command Reference (ip tcp adjust-mss); "Pre-fragmentation for IPsec VPNs"; "DF Bit Override Functionality with IPsec Tunnels"',
  fileName: 'mtucalc-ios.txt',
  comment: '!',
  render(plan) {
    refuseWireguard(plan, 'Cisco IOS');
    const out = script('!');
    sayHead(out, cisco, plan);
    const name = interfaceOf(out, plan);
    const settings = commands(out, plan);
    if (plan.style === 'policy') {
      out.say('adjust-mss works on both directions, and on all TCP through this interface, not the tunnel alone');
    } else {
      out.say(
        'adjust-mss works on both directions; ip mtu is said outright because IOS has computed it wrongly after a reload (CSCth31172). show crypto ipsec sa prints it as "plaintext mtu".',
      );
      if (plan.gre) out.say('the MTU above already has GRE taken off');
    }
    out.add('configure terminal', `interface ${name}`, ...settings);
    if (/^tunnel/i.test(name)) out.add(' tunnel path-mtu-discovery');
    out.add(' exit');
    if (plan.copyDf === false || plan.clearDf) {
      if (plan.clearDf)
        out.say(
          `df-bit clear, fragmentation before encryption: ${clearDfPrice}. It is global: every IPsec tunnel of this router.`,
        );
      else
        out.say(
          'df-bit clear: the ESP packet goes without DF, so routers on the way may fragment it. Global: every IPsec tunnel of this router.',
        );
      if (plan.kind === 'ipsec') out.add('crypto ipsec df-bit clear');
      if (plan.clearDf && plan.kind === 'ipsec') out.add('crypto ipsec fragmentation before-encryption');
    }
    out.add('end');
    return out.text();
  },
  undo(plan) {
    const out = script('!');
    sayUndoHead(out, cisco);
    const name = interfaceOf(out, plan);
    out.add('configure terminal', `interface ${name}`);
    out.add(...commands(script('!'), plan).map((line) => ` no ${line.trim().replace(/ \d+$/, '')}`));
    if (/^tunnel/i.test(name)) out.add(' no tunnel path-mtu-discovery');
    out.add(' exit');
    if ((plan.copyDf === false || plan.clearDf) && plan.kind === 'ipsec') out.add('no crypto ipsec df-bit clear');
    out.add('end');
    return out.text();
  },
};

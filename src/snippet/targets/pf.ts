import { MtucalcError } from '../../error.js';
import { checkedName, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { clearDfPrice, nameOr, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, type Scope, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import type { TunnelKind } from '../tunnel-kind.js';

const interfaceName: NameRule = {
  language: 'pf.conf',
  pattern: /^[a-z][a-z_]{0,10}\d{1,4}(\.\d{1,4})?$/,
  allows: 'a driver and its number, as in enc0, sec0, ipsec0, wg0 or em1',
};

/** Drivers of tunnel interfaces; both systems call them alike. */
const devices: Readonly<Partial<Record<TunnelKind, string>>> = {
  wireguard: 'wg0',
  gre: 'gre0',
  ipip: 'gif0',
  sit: 'gif0',
  vxlan: 'vxlan0',
  'openvpn-tap': 'tap0',
  l2tp: 'ppp0',
  pptp: 'ppp0',
  link: 'pppoe0',
};

const list = (networks: readonly string[]): string =>
  networks.length === 0 ? 'any' : networks.length === 1 ? (networks[0] as string) : `{ ${networks.join(', ')} }`;
const hosts = ({ from, to }: Scope): string => `from ${list(from)} to ${list(to)}`;

function rules(out: Script, plan: ClampPlan, version: string): string[] {
  const usual =
    plan.style === 'policy'
      ? 'enc0'
      : plan.style === 'none'
        ? (devices[plan.tunnel] ?? 'tun0')
        : version === 'openbsd'
          ? 'sec0'
          : 'ipsec0';
  const name = plan.style === 'policy' ? usual : nameOr(out, plan.tunnelIf, usual, plan.tunnelOption, interfaceName);
  const scoped = plan.localNets.length + plan.remoteNets.length > 0;
  return plan.families.flatMap((family) => {
    const scopes = scopesOf(plan, family);
    const inet = family === 4 ? 'inet' : 'inet6';
    const rule = (direction: string, scope: Scope): string =>
      version === 'openbsd'
        ? `match ${direction}on ${name} ${inet} proto tcp ${hosts(scope)} scrub (max-mss ${mssFor(plan, family)})`
        : `scrub ${direction}on ${name} ${inet} proto tcp ${hosts(scope)} max-mss ${mssFor(plan, family)}`;
    return scoped ? [rule('out ', scopes.out), rule('in ', scopes.in)] : [rule('', scopes.out)];
  });
}

function clearDf(plan: ClampPlan, version: string): string {
  if (plan.lanIf === undefined)
    throw new MtucalcError(
      'incomplete',
      'pf clears DF where the packet enters',
      'give --lan-if, the interface towards the hosts',
    );
  const lan = checkedName(plan.lanIf, '--lan-if', interfaceName);
  const scope = hosts(scopesOf(plan, 4).out);
  return version === 'openbsd'
    ? `match in on ${lan} inet ${scope} scrub (no-df random-id)`
    : `scrub in on ${lan} inet ${scope} no-df random-id`;
}

export const pf: SnippetTarget = {
  id: 'pf',
  title: 'pf (OpenBSD, FreeBSD)',
  manual: 'OpenBSD pf.conf(5), sec(4), enc(4); FreeBSD pf.conf(5) TRAFFIC NORMALIZATION, if_ipsec(4), enc(4)',
  fileName: 'mtucalc-pf.conf',
  comment: '#',
  aliases: ['openbsd', 'freebsd', 'pf.conf', 'pfctl'],
  honours: ['tunnelIf', 'lanIf', 'localNets', 'remoteNets', 'clearDf'],
  versions: ['openbsd', 'freebsd'],
  render(plan, version) {
    const out = script('#');
    sayHead(out, pf, plan);
    out.say(
      version === 'openbsd'
        ? 'once in /etc/pf.conf, as its first rule: anchor "mtucalc/*". Below a "quick" rule it would not be reached for what that rule takes.'
        : 'once in /etc/pf.conf, as the first of its scrub rules and so before the filter rules: scrub-anchor "mtucalc/*". The first scrub rule that matches counts.',
      `then load this file: pfctl -a mtucalc/${plan.name} -f FILE; loading it again replaces it, other tunnels have anchors of their own`,
    );
    out.say('without "in" or "out" a rule serves both directions; max-mss only lowers');
    if (version === 'freebsd')
      out.say(
        'of several scrub rules the first that matches counts: an earlier "scrub in all" hides these; if_ipsec and policies take DF by net.inet.ipsec.dfbit (0 clear, 1 set, 2 copy)',
      );
    if (plan.style === 'policy') {
      out.say(
        version === 'freebsd'
          ? 'enc0 shows the packets of policy-based IPsec: kldload if_enc, ifconfig enc0 up'
          : 'enc0 shows the packets of policy-based IPsec; "set skip on enc0" must not be there',
      );
    }
    if (plan.style === 'xfrm' || plan.style === 'vti' || plan.style === 'libipsec')
      out.say(
        `--ipsec ${plan.style} is taken as a route-based tunnel: ${version === 'openbsd' ? 'sec(4)' : 'if_ipsec(4)'}; ifconfig its interface mtu ${plan.tunnelMtu}`,
      );
    sayBridged(out, plan, 'Clamp where the bridge is routed (--tunnel-if bridge0).');
    const lines = rules(out, plan, version);
    if (plan.style !== 'policy')
      out.say(`the MTU of the interface, in its hostname.if or rc.conf line: mtu ${plan.tunnelMtu}`);
    out.add(...lines);
    if (plan.clearDf) {
      out.say(`no-df with random-id: ${clearDfPrice}`);
      out.add(clearDf(plan, version));
    }
    return out.text();
  },
  undo(plan, version, all) {
    const out = script('#');
    sayUndoHead(out, pf, plan, all);
    out.say(
      all
        ? `run: pfctl -a 'mtucalc/*' -F rules; then take ${version === 'openbsd' ? 'anchor' : 'scrub-anchor'} "mtucalc/*" out of /etc/pf.conf and run pfctl -f /etc/pf.conf`
        : `run: pfctl -a mtucalc/${plan.name} -F rules; the anchor line in /etc/pf.conf stays for other tunnels (--undo --all says how to take it out)`,
    );
    return out.text();
  },
};

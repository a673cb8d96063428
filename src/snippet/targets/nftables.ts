import { MtucalcError } from '../../error.js';
import { checkedName, linuxInterface } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { clearDfPrice, linuxBridge, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { linuxTunnel } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { nftClampRules, nftClearDfRules, nftDirections, nftMatches, SYN } from './nft-rules.js';

const chain = (name: string, ...rules: readonly string[]): string[] => [
  `\tchain ${name} {`,
  ...rules.map((rule) => `\t\t${rule}`),
  '\t}',
];

const tableOf = ({ name }: Pick<ClampPlan, 'name'>): string => `table inet mtucalc-${name}`;

/**
 * IPsec traffic is accepted above `flow add`: the fast path sends by a cached route and asks no policy. Measured on 6.1
 * without these rules: still encrypted; kernels before IPsec routes in the flowtable, and hardware, cannot.
 */
function flowtable(out: Script, plan: ClampPlan): string[] {
  if (plan.wanIf === undefined || plan.lanIf === undefined) {
    throw new MtucalcError(
      'incomplete',
      'a flowtable names its devices, which must exist when it is loaded',
      'give --wan-if and --lan-if',
    );
  }
  const devices = [plan.lanIf, plan.wanIf].map((name, index) =>
    checkedName(name, index === 0 ? '--lan-if' : '--wan-if', linuxInterface),
  );
  out.say(
    'flowtable: SYN and SYN/ACK take the slow path, so the clamp acts all the same. What enters or leaves the tunnel is accepted above flow add and so never offloaded: the fast path sends by a cached route instead of asking the IPsec policy again. Kernel 6.1 still encrypts such packets, older ones and hardware offload need not.',
  );
  const matches = nftMatches(out, plan);
  return [
    '\tflowtable fast {',
    '\t\thook ingress priority filter',
    `\t\tdevices = { ${[...new Set(devices)].map((name) => `"${name}"`).join(', ')} }`,
    '\t}',
    ...chain(
      'fast_path',
      'type filter hook forward priority filter + 1; policy accept;',
      ...matches.map((match) => `${match} accept comment "mtucalc ${plan.name}: IPsec stays off the fast path"`),
      'meta l4proto { tcp, udp } ct state established flow add @fast',
    ),
  ];
}

export const nftables: SnippetTarget = {
  id: 'nftables',
  aliases: ['nft'],
  title: 'nftables',
  manual: 'nft(8) 1.0.6: TCP OPTION, RT, META and FLOWTABLES; docs.kernel.org nf_flowtable',
  fileName: 'mtucalc.nft',
  comment: '#',
  honours: ['tunnelIf', 'wanIf', 'lanIf', 'localNets', 'remoteNets', 'flowtable', 'clearDf'],
  render(plan) {
    const out = script('#');
    sayHead(out, nftables, plan);
    out.say(
      `load with: nft -f FILE; loading it again replaces the table of ${plan.name} (idempotent), other tunnels have tables of their own. A base chain of its own is passed whatever others accept.`,
    );
    if (plan.style === 'policy') {
      if (plan.localNets.length + plan.remoteNets.length === 0)
        out.say('applies to every IPsec policy of this gateway; --local-net and --remote-net narrow it to one tunnel');
      out.say(
        '"set rt mtu" instead of the number would cover LAN -> tunnel only: on the way back the route leads to the LAN',
      );
    }
    sayBridged(out, plan, linuxBridge);
    const named = plan.style === 'policy' ? plan : { ...plan, tunnelIf: linuxTunnel(out, plan) };
    if (plan.style !== 'policy') out.say(`the MTU of the interface is ${plan.tunnelMtu}: the linux snippet sets it`);
    if (named.lanIf !== undefined) checkedName(named.lanIf, '--lan-if', linuxInterface);
    const offload = plan.flowtable ? flowtable(out, named) : [];
    if (plan.clearDf) out.say(`clear_df: ${clearDfPrice}`);
    const table = tableOf(plan);
    out.add(table, `delete ${table}`, `${table} {`);
    out.add(...chain('clamp', ...nftClampRules(plan)));
    out.add(
      ...chain(
        'forward',
        'type filter hook forward priority mangle; policy accept;',
        ...nftDirections(out, named, SYN, 'jump clamp'),
      ),
    );
    if (plan.clearDf)
      out.add(
        ...chain('clear_df', 'type filter hook prerouting priority mangle; policy accept;', ...nftClearDfRules(named)),
      );
    out.add(...offload, '}');
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, nftables, plan, all);
    if (all) {
      out.say('a shell script: run it with sh');
      out.add(`nft list tables | grep -E '^table inet mtucalc(-|$)' | sed 's/^/delete /' | nft -f -`);
      return out.text();
    }
    out.say('load with: nft -f FILE; no error where the table is already gone');
    out.add(tableOf(plan), `delete ${tableOf(plan)}`);
    return out.text();
  },
};

import type { ClampPlan } from '../plan.js';
import { linuxBridge, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { linuxTunnel, mssFor, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { addresses, clampTo, SYN } from './xtables-rules.js';

const chainOf = ({ name }: Pick<ClampPlan, 'name'>): string => `MTUCALC-${name}`;
const tagOf = ({ name }: Pick<ClampPlan, 'name'>): string => `-m comment --comment mtucalc-${name}`;

/**
 * The jumps into our chain. With policy-based IPsec the policy match sees both directions in FORWARD; with an
 * interface `--dir out` never matches there, the interface does.
 */
function jumps(out: Script, plan: ClampPlan, family: 4 | 6): string[] {
  const scopes = scopesOf(plan, family);
  const end = `${tagOf(plan)} -j ${chainOf(plan)}`;
  if (plan.style === 'policy') {
    return [
      `FORWARD${addresses(scopes.out)} ${SYN} -m policy --dir out --pol ipsec ${end}`,
      `FORWARD${addresses(scopes.in)} ${SYN} -m policy --dir in --pol ipsec ${end}`,
    ];
  }
  const tunnel = linuxTunnel(out, plan);
  return [
    `FORWARD${addresses(scopes.out)} -o ${tunnel} ${SYN} ${end}`,
    `FORWARD${addresses(scopes.in)} -i ${tunnel} ${SYN} ${end}`,
  ];
}

/** The saved table without what belongs to this tunnel, or to any. */
const without = (id: string, plan: ClampPlan, all: boolean): string =>
  `${id}-save -t mangle | grep -vE '${all ? 'MTUCALC' : `${chainOf(plan)}( |$)`}'`;

function render(target: SnippetTarget, plan: ClampPlan, family: 4 | 6): string {
  const out = script('#');
  const mss = mssFor(plan, family);
  const { id } = target;
  sayHead(out, target, plan);
  if (!plan.families.includes(family)) {
    out.say(`nothing to do: no IPv${family} inside the tunnel`);
    return out.text();
  }
  out.say(
    `load with: ${id}-restore --noflush FILE (without --noflush the whole table is replaced)`,
    `again, in place of what an earlier load for ${plan.name} left:`,
  );
  out.show(`(${without(id, plan, false)} | grep -v COMMIT; grep -v '^[*]' FILE) | ${id}-restore -T mangle`);
  out.say(
    'inserted at the top of FORWARD: below an ACCEPT (RELATED,ESTABLISHED, a LAN) a clamp never sees the SYN or the SYN/ACK',
  );
  if (plan.style === 'policy') {
    if (plan.localNets.length + plan.remoteNets.length === 0)
      out.say('applies to every IPsec policy of this gateway; --local-net and --remote-net narrow it to one tunnel');
    out.say('--clamp-mss-to-pmtu would cover LAN -> tunnel only: on the way back the route leads to the LAN');
    out.say('a MASQUERADE on the WAN must leave IPsec alone: -m policy --dir out --pol none');
  }
  sayBridged(out, plan, linuxBridge);
  out.say(
    'the tcpmss match only lets larger values through: an MSS is never raised, a SYN without the option is left alone',
  );
  if (plan.flowtable)
    out.say(
      '--flowtable: iptables has no flowtable, and one of nftables stands beside these rules: take the nftables snippet for it',
    );
  if (plan.clearDf) out.say('iptables has no target that clears DF: take the nftables snippet for --clear-df');
  const rules = jumps(out, plan, family);
  if (plan.style !== 'policy') out.say(`the MTU of the interface is ${plan.tunnelMtu}: the linux snippet sets it`);
  out.add('*mangle', `:${chainOf(plan)} - [0:0]`, ...rules.map((rule) => `-I ${rule}`));
  out.add(`-A ${chainOf(plan)} ${SYN} ${clampTo(mss, plan.name)}`, 'COMMIT');
  return out.text();
}

function undo(target: SnippetTarget, plan: ClampPlan, family: 4 | 6, all: boolean): string {
  const out = script('#');
  const { id } = target;
  sayUndoHead(out, target, plan, all);
  if (all) {
    out.say('a shell script: run it with sh');
    out.add(`${without(id, plan, true)} | ${id}-restore -T mangle`);
    return out.text();
  }
  if (!plan.families.includes(family)) return out.text();
  out.say(`load with: ${id}-restore --noflush FILE; where it was loaded more than once, or with other networks:`);
  out.show(`${without(id, plan, false)} | ${id}-restore -T mangle`);
  const rules = jumps(out, plan, family);
  out.add('*mangle', ...rules.map((rule) => `-D ${rule}`), `-F ${chainOf(plan)}`, `-X ${chainOf(plan)}`, 'COMMIT');
  return out.text();
}

/** iptables and ip6tables differ in the address family alone. */
export function xtablesTarget(id: 'iptables' | 'ip6tables', family: 4 | 6): SnippetTarget {
  const target: SnippetTarget = {
    id,
    ...(id === 'iptables' ? { aliases: ['netfilter', 'xtables', 'iptables-restore'] } : {}),
    title: `${id} (IPv${family})`,
    manual: 'iptables-extensions(8) 1.8.9: policy, tcpmss, TCPMSS; iptables-restore(8)',
    fileName: `mtucalc.${id}`,
    comment: '#',
    honours: ['tunnelIf', 'localNets', 'remoteNets'],
    render: (plan) => render(target, plan, family),
    undo: (plan, _version, all) => undo(target, plan, family, all),
  };
  return target;
}

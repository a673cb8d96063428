import { linuxInterface } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, type Scope, scopesOf, usualInterface } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';

const CHAIN = 'MTUCALC';
/** SYN and SYN/ACK: --syn would miss the SYN/ACK. */
const SYN = '-p tcp -m tcp --tcp-flags SYN,RST SYN';
const TAG = '-m comment --comment mtucalc';

const addresses = ({ from, to }: Scope): string =>
  `${from.length > 0 ? ` -s ${from.join(',')}` : ''}${to.length > 0 ? ` -d ${to.join(',')}` : ''}`;

/**
 * The jumps into our chain. With policy-based IPsec the policy match sees both directions in FORWARD; with an
 * interface `--dir out` never matches there, the interface does.
 */
function jumps(out: Script, plan: ClampPlan, family: 4 | 6): string[] {
  const scopes = scopesOf(plan, family);
  if (plan.style === 'policy') {
    return [
      `FORWARD${addresses(scopes.out)} ${SYN} -m policy --dir out --pol ipsec ${TAG} -j ${CHAIN}`,
      `FORWARD${addresses(scopes.in)} ${SYN} -m policy --dir in --pol ipsec ${TAG} -j ${CHAIN}`,
    ];
  }
  const tunnel = nameOr(out, plan.tunnelIf, usualInterface(plan), '--tunnel-if', linuxInterface);
  return [
    `FORWARD${addresses(scopes.out)} -o ${tunnel} ${SYN} ${TAG} -j ${CHAIN}`,
    `FORWARD${addresses(scopes.in)} -i ${tunnel} ${SYN} ${TAG} -j ${CHAIN}`,
  ];
}

function render(target: SnippetTarget, plan: ClampPlan, family: 4 | 6): string {
  const out = script('#');
  const mss = mssFor(plan, family);
  sayHead(out, target, plan);
  if (!plan.families.includes(family)) {
    out.say(`nothing to do: no IPv${family} inside the tunnel`);
    return out.text();
  }
  out.say(`load with: ${target.id}-restore --noflush FILE (without --noflush the whole table is replaced)`);
  out.say(
    'before loading it again, take it out with --undo: a second load would add the jumps a second time (harmless, the MSS is never raised)',
  );
  if (plan.style === 'policy') {
    if (plan.localNets.length + plan.remoteNets.length === 0)
      out.say('applies to every IPsec policy of this gateway; --local-net and --remote-net narrow it to one tunnel');
    out.say('--clamp-mss-to-pmtu would cover LAN -> tunnel only: on the way back the route leads to the LAN');
    out.say('a MASQUERADE on the WAN must leave IPsec alone: -m policy --dir out --pol none');
  }
  out.say(
    'the tcpmss match only lets larger values through: an MSS is never raised, a SYN without the option is left alone',
  );
  if (plan.clearDf) out.say('iptables has no target that clears DF: take the nftables snippet for --clear-df');
  const rules = jumps(out, plan, family);
  out.add('*mangle', `:${CHAIN} - [0:0]`, ...rules.map((rule) => `-A ${rule}`));
  out.add(`-A ${CHAIN} ${SYN} -m tcpmss --mss ${mss + 1}:65535 ${TAG} -j TCPMSS --set-mss ${mss}`, 'COMMIT');
  return out.text();
}

function undo(target: SnippetTarget, plan: ClampPlan, family: 4 | 6): string {
  const out = script('#');
  sayUndoHead(out, target);
  if (!plan.families.includes(family)) return out.text();
  out.say(
    `load with: ${target.id}-restore --noflush FILE; where it was loaded more than once: ${target.id}-save -t mangle | grep -iv mtucalc | ${target.id}-restore -T mangle`,
  );
  const rules = jumps(out, plan, family);
  out.add('*mangle', ...rules.map((rule) => `-D ${rule}`), `-F ${CHAIN}`, `-X ${CHAIN}`, 'COMMIT');
  return out.text();
}

/** iptables and ip6tables differ in the address family alone. */
export function xtablesTarget(id: 'iptables' | 'ip6tables', family: 4 | 6): SnippetTarget {
  const target: SnippetTarget = {
    id,
    title: `${id} (IPv${family})`,
    manual: 'iptables-extensions(8) 1.8.9: policy, tcpmss, TCPMSS; iptables-restore(8)',
    fileName: `mtucalc.${id}`,
    comment: '#',
    render: (plan) => render(target, plan, family),
    undo: (plan) => undo(target, plan, family),
  };
  return target;
}

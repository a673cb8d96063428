import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';

/** A provider's VPN gateway: it is set by nobody but the provider, so the numbers are for the other end. */
interface Gateway {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly manual: string;
  /** The largest the provider's page allows inside, octets; null where it follows from the link alone. */
  readonly mtu: number | null;
  readonly mss: number | null;
  /** The largest ESP packet its gateway carries, octets; null where the way to it decides. */
  readonly linkMtu: number | null;
  /** What it allows, where it says so, and what happens above. */
  readonly says: readonly string[];
}

/** The smaller of what fits and what the provider allows. */
function numbers(
  { tunnelMtu, mss }: ClampPlan,
  gateway: Gateway,
): { readonly mtu: number; readonly ipv4: number; readonly ipv6: number } {
  const mtu = Math.min(tunnelMtu, gateway.mtu ?? tunnelMtu);
  const least = (own: number, headers: number): number => Math.min(own, mtu - headers, gateway.mss ?? own);
  return { mtu, ipv4: least(mss.ipv4, 40), ipv6: least(mss.ipv6, 60) };
}

/** What to set at the other end of a provider's VPN gateway. */
export function cloudTarget(gateway: Gateway): SnippetTarget {
  const target: SnippetTarget = {
    id: gateway.id,
    aliases: gateway.aliases,
    title: gateway.title,
    manual: gateway.manual,
    fileName: `mtucalc-${gateway.id}.txt`,
    comment: '#',
    honours: [],
    assume: () => 'vti',
    render(plan) {
      if (plan.kind !== 'ipsec')
        throw new MtucalcError(
          'impossible',
          `${gateway.title} is IPsec; this tunnel has none`,
          'describe it with --cipher; for a tunnel of your own between instances take the target of their system',
        );
      if (gateway.linkMtu !== null && plan.linkMtu > gateway.linkMtu)
        throw new MtucalcError(
          'bad-value',
          `${gateway.title}: its gateway carries packets of ${gateway.linkMtu} at most; the plan counts with ${plan.linkMtu}`,
          `--link-mtu ${gateway.linkMtu}`,
        );
      const out = script('#');
      sayHead(out, target, plan);
      const { mtu, ipv4, ipv6 } = numbers(plan, gateway);
      out.say(
        ...gateway.says,
        'nothing can be set at the gateway itself: these are for your box at the other end, whose own target prints the commands',
      );
      out.add(
        'Customer gateway device > tunnel interface',
        `  MTU: ${mtu}`,
        ...plan.families.map((family) => `  TCP MSS, IPv${family}: ${family === 4 ? ipv4 : ipv6}`),
        '  Fragmentation: before encryption',
      );
      return out.text();
    },
    undo(plan, _version, all) {
      const out = script('#');
      sayUndoHead(out, target, plan, all);
      sayHadBefore(out, 'values');
      out.add('Customer gateway device > tunnel interface', '  MTU: (as before)', '  TCP MSS: (as before)');
      return out.text();
    },
  };
  return target;
}

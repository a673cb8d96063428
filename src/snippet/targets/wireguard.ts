import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { sayHead, sayUndoHead } from '../remarks.js';
import { mssFor } from '../scope.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';

/** wg-quick replaces %i by the interface; each line is a shell command of its own. */
const rule = (plan: ClampPlan, family: 4 | 6, verb: '-A' | '-D', direction: '-o' | '-i'): string => {
  const mss = mssFor(plan, family);
  return `${family === 4 ? 'iptables' : 'ip6tables'} -t mangle ${verb} FORWARD ${direction} %i -p tcp -m tcp --tcp-flags SYN,RST SYN -m tcpmss --mss ${mss + 1}:65535 -m comment --comment mtucalc -j TCPMSS --set-mss ${mss}`;
};

export const wireguard: SnippetTarget = {
  id: 'wireguard',
  title: 'WireGuard wg-quick',
  manual: 'wg-quick(8): MTU, PostUp, PostDown',
  fileName: 'mtucalc-wg.conf',
  comment: '#',
  render(plan) {
    if (plan.kind !== 'wireguard')
      throw new MtucalcError('impossible', 'the wireguard target needs a WireGuard tunnel', '--tunnel wireguard');
    const out = script('#');
    sayHead(out, wireguard, plan);
    out.say(
      'these lines belong under [Interface] of /etc/wireguard/NAME.conf, at both ends; then: wg-quick down NAME && wg-quick up NAME',
    );
    out.say(
      "without MTU wg-quick takes the route's MTU less 80, which fits IPv6 outside and knows nothing of a narrower path",
    );
    out.add('[Interface]', `MTU = ${plan.tunnelMtu}`);
    out.say('for TCP that is routed through this host; its own connections follow the MTU');
    for (const [word, verb] of [
      ['PostUp', '-A'],
      ['PostDown', '-D'],
    ] as const) {
      for (const family of plan.families) {
        for (const direction of ['-o', '-i'] as const) out.add(`${word} = ${rule(plan, family, verb, direction)}`);
      }
    }
    return out.text();
  },
  undo() {
    const out = script('#');
    sayUndoHead(out, wireguard);
    out.say(
      'wg-quick down NAME (its PostDown removes the rules), take the MTU, PostUp and PostDown lines that say mtucalc out of /etc/wireguard/NAME.conf, wg-quick up NAME',
    );
    return out.text();
  },
};

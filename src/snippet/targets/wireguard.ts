import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { sayBefore, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor } from '../scope.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { clampTo, SYN } from './xtables-rules.js';

/**
 * wg-quick replaces %i by the interface; each line is a shell command of its own. wg-quick runs them under `set -e` and
 * deletes the interface where one fails, so none may: no IPv6, no ip6tables, a rule that was never added.
 */
const rule = (plan: ClampPlan, family: 4 | 6, verb: '-I' | '-D', direction: '-o' | '-i'): string => {
  const mss = mssFor(plan, family);
  const otherwise = verb === '-I' ? `echo "mtucalc: IPv${family} is not clamped on %i" >&2` : 'true';
  return `${family === 4 ? 'iptables' : 'ip6tables'} -t mangle ${verb} FORWARD ${direction} %i ${SYN} ${clampTo(mss, plan.name)} || ${otherwise}`;
};

export const wireguard: SnippetTarget = {
  id: 'wireguard',
  aliases: ['wg', 'wg-quick', 'wgquick'],
  title: 'WireGuard wg-quick',
  manual: 'wg-quick(8): MTU, PostUp, PostDown',
  fileName: 'mtucalc-wg.conf',
  comment: '#',
  honours: ['tunnelIf'],
  render(plan) {
    if (plan.tunnel !== 'wireguard')
      throw new MtucalcError('impossible', 'the wireguard target needs a WireGuard tunnel', '--tunnel wireguard');
    const out = script('#');
    sayHead(out, wireguard, plan);
    out.say(
      'these lines belong under [Interface] of /etc/wireguard/NAME.conf, at both ends; then: wg-quick down NAME && wg-quick up NAME',
    );
    out.say(
      "without MTU wg-quick takes the route's MTU less 80, which fits IPv6 outside and knows nothing of a narrower path",
    );
    sayBefore(out, 'cp -p /etc/wireguard/NAME.conf /etc/wireguard/NAME.conf.before');
    out.add('[Interface]', `MTU = ${plan.tunnelMtu}`);
    out.say(
      'for TCP that is routed through this host; its own connections follow the MTU. A line that fails is said and passed over: wg-quick would take the interface down. Where there is nft alone, load the nftables snippet instead: PostUp = nft -f FILE || true',
    );
    for (const [word, verb] of [
      ['PostUp', '-I'],
      ['PostDown', '-D'],
    ] as const) {
      for (const family of plan.families) {
        for (const direction of ['-o', '-i'] as const) out.add(`${word} = ${rule(plan, family, verb, direction)}`);
      }
    }
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, wireguard, plan, all);
    out.say(
      `wg-quick down NAME (its PostDown removes the rules), take the MTU, PostUp and PostDown lines that say mtucalc${all ? '' : `-${plan.name}`} out of /etc/wireguard/NAME.conf (an MTU that was there before: set it again), wg-quick up NAME`,
    );
    return out.text();
  },
};

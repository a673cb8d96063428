import { MtucalcError } from '../error.js';
import { checkedName, type NameRule } from './name.js';
import type { ClampPlan } from './plan.js';
import type { Script } from './script.js';
import type { SnippetTarget } from './target.js';

const both = ({ families, mss }: ClampPlan): string =>
  families.map((family) => `${family === 4 ? mss.ipv4 : mss.ipv6} (IPv${family})`).join(' / ');

/** The head of every snippet: the numbers, what they are for, and what was assumed. */
export function sayHead(out: Script, target: Pick<SnippetTarget, 'title'>, plan: ClampPlan): void {
  out.say(
    `mtucalc: ${target.title}: MSS ${both(plan)} for tunnel MTU ${plan.tunnelMtu} on link MTU ${plan.linkMtu}`,
    plan.described,
    ...plan.notes.map((note) => `note: ${note}`),
    `TCP only: UDP and other packets above ${plan.tunnelMtu} octets still depend on PTBs (ICMP 3/4, ICMPv6 2) reaching the sender; let them through.`,
  );
}

export function sayUndoHead(out: Script, target: Pick<SnippetTarget, 'title'>): void {
  out.say(`mtucalc: ${target.title}: takes the clamp out again`);
}

/** A name that was given, or the usual one with a remark that it was assumed. */
export function nameOr(out: Script, given: string | undefined, usual: string, option: string, rule: NameRule): string {
  if (given === undefined) out.say(`note: ${option} not given: ${usual} assumed`);
  return checkedName(given ?? usual, option, rule);
}

/** One MSS for a box without per-family values: the smaller one where IPv6 runs inside. */
export const oneMss = ({ families, mss }: ClampPlan): number => (families.includes(6) ? mss.ipv6 : mss.ipv4);

export function sayOneMss(out: Script, plan: ClampPlan): void {
  if (plan.families.length === 2) {
    out.say(
      `one value serves both IP versions here: ${plan.mss.ipv6} fits IPv6 and is 20 octets short of IPv4's ${plan.mss.ipv4}; --inner 4 gives ${plan.mss.ipv4}`,
    );
  }
}

/** @throws MtucalcError for a box that has no WireGuard. */
export function refuseWireguard(plan: ClampPlan, box: string): void {
  if (plan.kind === 'wireguard')
    throw new MtucalcError('impossible', `${box} has no WireGuard`, 'choose the box at the tunnel end');
}

/** The price of clearing DF, and why `copy_df` is no substitute. */
export const clearDfPrice =
  'last resort, for hosts that ignore both MSS and PTBs: their large packets travel as fragments, inside the tunnel where its interface has the MTU, outside after encryption with policies; costs CPU and reassembly, one lost fragment loses the packet, some networks drop fragments, and PMTUD is off for these hosts';

import { MtucalcError } from '../error.js';
import { checkedName, type NameRule } from './name.js';
import type { ClampPlan, ReadInterface } from './plan.js';
import type { Script } from './script.js';
import type { ChoiceName, SnippetTarget } from './target.js';
import { kindTitle } from './tunnel-kind.js';

const both = ({ families, mss }: ClampPlan): string =>
  families.map((family) => `${family === 4 ? mss.ipv4 : mss.ipv6} (IPv${family})`).join(' / ');

/** Choices as they are typed; --conn always has an effect, it names the tunnel. */
const options: Readonly<Record<Exclude<ChoiceName, 'conn'>, string>> = {
  tunnelIf: '--tunnel-if',
  wanIf: '--wan-if',
  lanIf: '--lan-if',
  localNets: '--local-net',
  remoteNets: '--remote-net',
  ifId: '--if-id',
  policyIds: '--policy-id',
  fasttrack: '--fasttrack',
  flowtable: '--flowtable',
  clearDf: '--clear-df',
  copyDf: '--no-copy-df',
};

/** True where the user chose it: an empty list and `false` of a switch are no choice, but `--no-copy-df` is. */
function isChosen(plan: ClampPlan, name: ChoiceName): boolean {
  const value = plan[name];
  if (name === 'copyDf') return value === false;
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** The head of every snippet: the numbers, what they are for, what was assumed, and what could not be honoured. */
export function sayHead(out: Script, target: Pick<SnippetTarget, 'title' | 'honours'>, plan: ClampPlan): void {
  out.say(
    `mtucalc: ${target.title}: MSS ${both(plan)} for tunnel MTU ${plan.tunnelMtu} on link MTU ${plan.linkMtu}`,
    plan.described,
    ...plan.notes.map((note) => `note: ${note}`),
    `TCP only: UDP and other packets above ${plan.tunnelMtu} octets still depend on PTBs (ICMP 3/4, ICMPv6 2) reaching the sender; let them through.`,
  );
  const unused = (Object.keys(options) as (keyof typeof options)[]).filter(
    (name) => isChosen(plan, name) && !target.honours.includes(name),
  );
  if (unused.length > 0) out.say(`note: no effect on this box: ${unused.map((name) => options[name]).join(', ')}`);
}

/** What is bridged passes no forward rule; said for every tunnel that carries Ethernet. */
export function sayBridged(out: Script, plan: ClampPlan, cure: string): void {
  if (!plan.layer2) return;
  out.say(
    `${kindTitle(plan.tunnel)} carries Ethernet and is usually the port of a bridge: rules for forwarded packets see nothing of what is bridged. ${cure}`,
  );
}

/** The cure on Linux. */
export const linuxBridge =
  'Where it is a port of a bridge, clamp where that bridge is routed (--tunnel-if br0): br_netfilter shows bridged packets under the name of the bridge, not of the port. What is bridged at both ends is served by the MTU alone, of the bridge and of the hosts in it.';

export function sayUndoHead(out: Script, target: Pick<SnippetTarget, 'title'>, plan: ClampPlan, all = false): void {
  out.say(
    `mtucalc: ${target.title}: takes out ${all ? 'what mtucalc set for any tunnel' : `what the snippet named ${plan.name} set`}`,
  );
}

/** Before a value that was there is overwritten: undo cannot know it, so it is shown and kept first. */
export function sayBefore(out: Script, command: string): void {
  out.say('save what is there first, --undo cannot know it:');
  out.show(command);
}

/** In an undo: the same. */
export const sayHadBefore = (out: Script, what: string): void =>
  out.say(`${what} that stood there before the snippet are taken out too: set again what you saved`);

/** A name that was given, or the one device output had, or the usual one with a remark that it was assumed. */
export function nameOr(
  out: Script,
  given: string | undefined,
  usual: string,
  option: string,
  rule: NameRule,
  read?: string,
): string {
  if (given === undefined && read !== undefined && rule.pattern.test(read)) {
    out.say(`note: ${option} not given: ${read}, as the input names it`);
    return read;
  }
  if (given === undefined) out.say(`note: ${option} not given: ${usual} assumed`);
  return checkedName(given ?? usual, option, rule);
}

/** The interface the input named, where it is of this kind of box. */
export const readName = ({ readIf }: ClampPlan, box: ReadInterface['box']): string | undefined =>
  readIf?.box === box ? readIf.name : undefined;

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

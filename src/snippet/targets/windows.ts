import { MtucalcError } from '../../error.js';
import type { NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, sayBefore, sayHead, sayUndoHead } from '../remarks.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';

/** Inside single quotes PowerShell reads nothing specially but the quote itself, which stays out. */
const alias: NameRule = {
  language: 'PowerShell',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9 _.()#+-]{0,63}$/,
  allows: 'letters, digits, space and _ . ( ) # + -, 1 to 64 characters',
};

function interfaceOf(out: Script, plan: ClampPlan): string {
  if (plan.families.includes(4) && plan.tunnelMtu < 576)
    throw new MtucalcError('bad-value', `Windows takes an IPv4 MTU of 576 and above; ${plan.tunnelMtu} is below it`);
  const option = plan.tunnelIf === undefined && plan.lanIf !== undefined ? '--lan-if' : plan.tunnelOption;
  return nameOr(out, plan.tunnelIf ?? plan.lanIf, plan.tunnel === 'wireguard' ? 'wg0' : 'VPN', option, alias);
}

/** IPv6 takes no MTU below its minimum. */
const families = ({ families: inside, tunnelMtu }: ClampPlan): readonly (4 | 6)[] =>
  inside.filter((family) => family === 4 || tunnelMtu >= 1280);

export const windows: SnippetTarget = {
  id: 'windows',
  aliases: ['powershell', 'netsh', 'win'],
  title: 'Windows (PowerShell)',
  manual: 'learn.microsoft.com: Set-NetIPInterface -NlMtuBytes; netsh interface ipv4 set subinterface',
  fileName: 'mtucalc-windows.ps1',
  comment: '#',
  honours: ['tunnelIf', 'lanIf'],
  render(plan) {
    const out = script('#');
    sayHead(out, windows, plan);
    const name = interfaceOf(out, plan);
    out.say(
      'in a PowerShell of an administrator. Windows takes its own MSS from this MTU, so a client needs nothing more; it clamps nothing that it routes.',
      `policy-based or IKEv2 tunnels: the adapter is that of the VPN connection (Get-NetIPInterface lists it while it is up); a host behind the gateway may set its LAN adapter instead, --lan-if`,
    );
    if (families(plan).length < plan.families.length) out.say('IPv6 takes no MTU below 1280 (RFC 8200): left out');
    sayBefore(out, `Get-NetIPInterface -InterfaceAlias '${name}' | Select-Object AddressFamily, NlMtu`);
    out.add(
      ...families(plan).map(
        (family) =>
          `Set-NetIPInterface -InterfaceAlias '${name}' -AddressFamily IPv${family} -NlMtuBytes ${plan.tunnelMtu}`,
      ),
    );
    out.say('the same with netsh, kept over a restart:');
    out.show(
      ...families(plan).map(
        (family) => `netsh interface ipv${family} set subinterface "${name}" mtu=${plan.tunnelMtu} store=persistent`,
      ),
    );
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, windows, plan, all);
    const usual = plan.tunnel === 'wireguard' ? 1420 : plan.style !== 'none' ? 1400 : 1500;
    out.say(`${usual} is what such an adapter usually has; set what you saved if it was another`);
    const name = interfaceOf(out, plan);
    out.add(
      ...families(plan).map(
        (family) => `Set-NetIPInterface -InterfaceAlias '${name}' -AddressFamily IPv${family} -NlMtuBytes ${usual}`,
      ),
    );
    return out.text();
  },
};

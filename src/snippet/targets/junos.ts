import { MtucalcError } from '../../error.js';
import { checkedName, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { clearDfPrice, nameOr, oneMss, sayBefore, sayHadBefore, sayHead, sayOneMss, sayUndoHead } from '../remarks.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { withinRange } from './range.js';
import { needIpsec } from './strongswan.js';

const unitName: NameRule = {
  language: 'Junos',
  pattern: /^(st0|gr-\d+\/\d+\/\d+)\.\d{1,5}$/,
  allows: 'st0.0, or gr-0/0/0.0 for GRE',
};
const vpnName: NameRule = {
  language: 'Junos',
  pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/,
  allows: 'letters, digits, dot, hyphen and underscore, 1 to 32 characters',
};

function statements(out: Script, plan: ClampPlan): string[] {
  const mss = withinRange(out, 'Junos tcp-mss', oneMss(plan), [64, 65535]);
  const kinds = plan.gre ? ['gre-in', 'gre-out'] : ['ipsec-vpn'];
  const lines = kinds.map((kind) => `security flow tcp-mss ${kind} mss ${mss}`);
  if (plan.style !== 'policy') {
    const [device, unit] = nameOr(
      out,
      plan.tunnelIf,
      plan.gre ? 'gr-0/0/0.0' : 'st0.0',
      plan.tunnelOption,
      unitName,
    ).split('.');
    for (const family of plan.families) {
      if (family === 6 && plan.tunnelMtu < 1280) out.say('family inet6 takes no MTU below 1280 (RFC 8200): left out');
      else
        lines.push(`interfaces ${device} unit ${unit} family ${family === 4 ? 'inet' : 'inet6'} mtu ${plan.tunnelMtu}`);
    }
  }
  if (plan.clearDf || plan.copyDf === false) {
    if (plan.conn === undefined)
      throw new MtucalcError(
        'incomplete',
        'df-bit belongs to one VPN on Junos',
        'give --conn, the name under security ipsec vpn',
      );
    lines.push(`security ipsec vpn ${checkedName(plan.conn, '--conn', vpnName)} df-bit clear`);
  }
  return lines;
}

export const junos: SnippetTarget = {
  id: 'junos',
  title: 'Juniper Junos SRX',
  manual: 'Junos CLI Reference: tcp-mss (Security Flow), initial-tcp-mss (Security Policies), df-bit; KB25625',
  fileName: 'mtucalc-junos.set',
  comment: '#',
  aliases: ['juniper', 'srx', 'vsrx', 'jseries'],
  assume: () => 'vti',
  honours: ['tunnelIf', 'conn', 'clearDf', 'copyDf'],
  render(plan) {
    needIpsec(plan, 'junos');
    const out = script('#');
    sayHead(out, junos, plan);
    out.say('load set terminal, then show | compare and commit. Lowers only, SYN and SYN/ACK both.');
    out.say(
      'tcp-mss is global: it serves every VPN of this device, so give the smallest of them. For one policy, or for each IP version its own: then permit tcp-options initial-tcp-mss and reverse-tcp-mss.',
    );
    sayBefore(
      out,
      'show configuration | display set | match "tcp-mss|mtu|df-bit" | save mtucalc-before; or commit confirmed, rollback 1',
    );
    sayOneMss(out, plan);
    if (plan.gre) out.say('GRE over IPsec is governed by gre-in and gre-out, which come before ipsec-vpn');
    const lines = statements(out, plan);
    if (plan.clearDf) out.say(`df-bit clear: ${clearDfPrice}`);
    else if (plan.copyDf === false)
      out.say('df-bit clear: the ESP packet goes without DF, so routers on the way may fragment it');
    out.add(...lines.map((line) => `set ${line}`));
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, junos, plan, all);
    out.say("tcp-mss is global: with another tunnel on this box give it that tunnel's value instead of deleting it");
    sayHadBefore(out, 'values');
    out.add(
      ...statements(script('#'), plan).map(
        (line) =>
          `delete ${line.replace(/ (mss|mtu) \d+$| (df-bit) clear$/, (_all, number, df) => (df ? ' df-bit' : number === 'mtu' ? ' mtu' : ''))}`,
      ),
    );
    return out.text();
  },
};

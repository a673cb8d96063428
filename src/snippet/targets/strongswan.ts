import { MtucalcError } from '../../error.js';
import { checkedName, linuxInterface, type NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, sayHead, sayUndoHead } from '../remarks.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';

/** Section names: the settings parser ends them at white space and at { } # = . , : " and others. */
const sectionName: NameRule = {
  language: 'swanctl.conf',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/,
  allows: 'letters, digits, hyphen and underscore, 1 to 64 characters',
};

export function needIpsec(plan: ClampPlan, target: string): void {
  if (plan.kind !== 'ipsec')
    throw new MtucalcError(
      'impossible',
      `${target} configures IPsec; this tunnel has none`,
      'choose another target, or describe an IPsec tunnel with --cipher',
    );
}

function connection(out: Script, plan: ClampPlan, settings: readonly string[], childSettings: readonly string[]): void {
  const conn = nameOr(out, plan.conn, 'tunnel', '--conn', sectionName);
  const child = plan.child === undefined ? conn : checkedName(plan.child, '--child', sectionName);
  if (plan.child === undefined) out.say(`note: --child not given: ${child} assumed`);
  out.add(
    'connections {',
    `    ${conn} {`,
    ...settings.map((line) => `        ${line}`),
    '        children {',
    `            ${child} {`,
  );
  out.add(...childSettings.map((line) => `                ${line}`), '            }', '        }', '    }', '}');
}

const pathOf = ({ name }: Pick<ClampPlan, 'name'>): string => `/etc/swanctl/conf.d/mtucalc-${name}.conf`;

export const strongswan: SnippetTarget = {
  id: 'strongswan',
  title: 'strongSwan swanctl.conf',
  manual: 'swanctl.conf(5); docs.strongswan.org swanctl/swanctlConf.html',
  fileName: 'mtucalc-swanctl.conf',
  comment: '#',
  aliases: ['swanctl', 'swanctl.conf', 'vici'],
  honours: ['conn', 'ifId', 'tunnelIf', 'copyDf'],
  hosts: true,
  render(plan) {
    needIpsec(plan, 'strongswan');
    const out = script('#');
    sayHead(out, strongswan, plan);
    out.say(
      `save as ${pathOf(plan)} (its settings join the sections of the same names; read after the file that defines them), then: swanctl --load-conns`,
    );
    if (!plan.transport)
      out.say(
        'swanctl.conf has no MSS and no MTU setting ("mtu" and "mss" in a child are refused): the clamp itself is in the nftables and iptables snippets',
      );
    if (plan.transport)
      out.say(
        'transport mode protects the packets of the two hosts themselves: their kernels know the MTU of the SA, and copy_df is for tunnel mode',
      );
    if (plan.style === 'xfrm') {
      out.say(
        `the xfrm interface starts with MTU 1500; give it the tunnel MTU (linux snippet): ip link set dev ${checkedName(plan.tunnelIf ?? 'ipsec0', plan.tunnelOption, linuxInterface)} mtu ${plan.tunnelMtu}`,
      );
    }
    if (plan.natT === false)
      out.say(
        '--no-nat-t: encap = no is the default; strongSwan still encapsulates where it detects NAT, which costs 8 octets',
      );
    if (plan.clearDf)
      out.say('--clear-df: swanctl.conf cannot clear DF of what comes from inside, the nftables snippet does');
    if (plan.copyDf === false && !plan.transport) {
      out.say(
        'copy_df = no: the outer packet goes without DF, so routers on the way may fragment it (for an underlay that drops without PTB). It does not help oversize packets from inside: with DF they are still refused here; the clamp, or --clear-df, is for those.',
      );
    }
    const settings = [
      'fragmentation = yes # of IKE messages only (RFC 7383), ESP is not touched',
      ...(plan.natT === true
        ? ['encap = yes # UDP encapsulation even without NAT, counted in the numbers above (8 octets)']
        : []),
    ];
    const outerHeader = [
      plan.copyDf === false ? 'copy_df = no' : 'copy_df = yes # DF goes outside too, so PTBs from the path come back',
      'copy_ecn = yes',
      'copy_dscp = out',
    ];
    const childSettings = [
      ...(plan.transport ? ['mode = transport'] : outerHeader),
      ...(plan.ifId === undefined ? [] : [`if_id_in = ${plan.ifId}`, `if_id_out = ${plan.ifId}`]),
    ];
    if (plan.style === 'xfrm' && plan.ifId === undefined)
      out.say('note: --if-id not given: if_id_in and if_id_out are left as they are');
    connection(out, plan, settings, childSettings);
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, strongswan, plan, all);
    out.say(
      'settings of the same names that stood in the file that defines the connection count again',
      `rm ${all ? '/etc/swanctl/conf.d/mtucalc*.conf' : pathOf(plan)} && swanctl --load-conns; tunnels that are up keep their settings until they rekey or are restarted`,
    );
    return out.text();
  },
};

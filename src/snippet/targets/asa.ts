import { checkedName, type NameRule } from '../name.js';
import {
  clearDfPrice,
  oneMss,
  refuseWireguard,
  sayBefore,
  sayHadBefore,
  sayHead,
  sayOneMss,
  sayUndoHead,
} from '../remarks.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { withinRange } from './range.js';

const nameif: NameRule = {
  language: 'Cisco ASA',
  pattern: /^[A-Za-z][A-Za-z0-9_.-]{0,47}$/,
  allows: 'a nameif, as in outside or WAN-1',
};

export const asa: SnippetTarget = {
  id: 'asa',
  aliases: ['cisco-asa', 'ftd', 'firepower', 'threat-defense', 'asav'],
  title: 'Cisco ASA and Secure Firewall',
  manual:
    'Cisco Secure Firewall ASA command reference: sysopt connection tcpmss, crypto ipsec df-bit, crypto ipsec fragmentation',
  fileName: 'mtucalc-asa.txt',
  comment: '!',
  honours: ['wanIf', 'clearDf', 'copyDf'],
  render(plan) {
    refuseWireguard(plan, 'Cisco ASA');
    const out = script('!');
    sayHead(out, asa, plan);
    sayOneMss(out, plan);
    out.say(
      'one value for all forwarded TCP of this box, both directions and both IP versions, not for connections to the box itself; it only lowers ("minimum" would raise and is not used). The default is 1380; with several tunnels give the smallest. FTD: the same in a FlexConfig object (Sysopt_Basic).',
    );
    sayBefore(out, 'show running-config all sysopt');
    out.add(
      'configure terminal',
      `sysopt connection tcpmss ${withinRange(out, 'ASA sysopt connection tcpmss', oneMss(plan), [48, 65535])}`,
    );
    if (plan.clearDf || plan.copyDf === false) {
      const wan = checkedName(plan.wanIf ?? 'outside', '--wan-if', nameif);
      if (plan.wanIf === undefined) out.say('note: --wan-if not given: outside assumed');
      out.say(
        plan.clearDf
          ? `clear-df with fragmentation before encryption: ${clearDfPrice}. For every tunnel of that interface.`
          : 'clear-df: the ESP packet goes without DF, so routers on the way may fragment it. For every tunnel of that interface.',
      );
      out.add(`crypto ipsec df-bit clear-df ${wan}`);
      if (plan.clearDf) out.add(`crypto ipsec fragmentation before-encryption ${wan}`);
    }
    out.add('end');
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('!');
    sayUndoHead(out, asa, plan, all);
    sayHadBefore(out, 'values');
    out.say('1380 is the default; with another tunnel left, give its value instead');
    out.add('configure terminal', 'sysopt connection tcpmss 1380');
    if (plan.clearDf || plan.copyDf === false)
      out.add(`crypto ipsec df-bit copy-df ${checkedName(plan.wanIf ?? 'outside', '--wan-if', nameif)}`);
    out.add('end');
    return out.text();
  },
};

import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';

/** ASA `show vpn-sessiondb detail l2l`: the part of IPsec, not the one of IKE beside it. */
export const asaSession: DeviceFormat = {
  id: 'asa-session',
  title: 'ASA show vpn-sessiondb detail l2l',
  manual: 'ASA command reference, show vpn-sessiondb',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => /^IPsec(?:OverNatT|OverUDP|OverTCP)?:\s*$|^Session Type: LAN-to-LAN/.test(text.trim()))
      .length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let peer: string | null = null;
    let draft: Draft<Association> | null = null;
    for (const { text, number } of lines) {
      const address = /\bIP Addr\s*:\s*([0-9a-f.:]+)/i.exec(text)?.[1];
      if (address) peer = safeAddress(address);
      const part = /^(IPsec(?:OverNatT|OverUDP|OverTCP)?|IKEv[12]\w*|SSL.*|Clientless.*|Bytes.*):\s*$/.exec(
        text.trim(),
      )?.[1];
      if (part !== undefined) {
        draft = null;
        if (!part.startsWith('IPsec')) continue;
        draft = blankAssociation(number);
        draft.natT = part !== 'IPsec';
        draft.destination = peer;
        draft.outer = familyOf(peer);
        associations.push(draft);
        understood.push({ line: number, says: `${part} tunnel` });
        continue;
      }
      if (!draft) continue;
      const suite = /\bEncryption\s*:\s*(\S+)(?:\s+Hashing\s*:\s*(\S+))?/.exec(text);
      if (suite) Object.assign(draft, suiteWords(suite[1] as string, suite[2] ?? null));
      const mode = /\bEncapsulation\s*:\s*(Tunnel|Transport)/.exec(text)?.[1];
      if (mode) draft.mode = mode === 'Tunnel' ? 'tunnel' : 'transport';
    }
    return { format: asaSession.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';

const POLICY = /^\s*vpn policy (?:site-to-site|tunnel-interface) "?([^"]{1,60}?)"?\s*$/;
const PART = /^\s*proposal ipsec (encryption|authentication) ([\w-]{2,30})\s*$/;

/** SonicOS: `show vpn policy`, `show current-config` of the CLI. IKE's proposal says nothing of the packets. */
export const sonicwall: DeviceFormat = {
  id: 'sonicwall',
  title: 'SonicOS VPN policy (CLI)',
  manual: 'SonicOS CLI reference, vpn policy',
  recognise: ({ lines }) => lines.filter(({ text }) => PART.test(text)).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let cipher: { readonly word: string; readonly line: number } | null = null;
    let name = '';
    let peer: string | null = null;
    for (const { text, number } of lines) {
      const policy = POLICY.exec(text)?.[1];
      if (policy !== undefined) [name, peer, cipher] = [safe(policy, 40), null, null];
      peer = safeAddress(/^\s*gateway primary (\S+)/.exec(text)?.[1]) ?? peer;
      const [, part, word = ''] = PART.exec(text) ?? [];
      if (part === 'encryption') cipher = { word: word.replace('triple-des', '3des'), line: number };
      if (part !== 'authentication' || cipher === null) continue;
      associations.push({
        ...blankAssociation(cipher.line),
        kind: 'proposal',
        name,
        destination: peer,
        outer: familyOf(peer),
        mode: 'tunnel',
        ...suiteWords(cipher.word, word),
      });
      understood.push({ line: cipher.line, says: `policy ${name}` });
      cipher = null;
    }
    return { format: sonicwall.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

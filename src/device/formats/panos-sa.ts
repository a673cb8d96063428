import { type Association, blankAssociation, type DeviceFormat, familyOf, type Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';

/** `1  1  203.0.113.9  to-hq(hq-gw)  ESP/A256/SHA256  C2A34B11 8D7E1F22 3600/Unlimited 2511` */
const ROW = /^\s*\d+\s+\d+\s+([0-9a-f.:]{3,45})\s+(\S{1,120})\s+(ESP|AH)\/\s?(\w{3,12})\/\s?(\w*)\s+([0-9a-f]{6,8})\s/i;
/** `set … ipsec-crypto-profiles NAME esp encryption [ aes-256-cbc aes-128-cbc ]` */
const PROFILE =
  /\bipsec-crypto-profiles\s+("[^"]{1,60}"|\S{1,60})\s+esp\s+(encryption|authentication)\s+\[?\s*([\w\s-]{2,120}?)\s*\]?$/;

/** PAN-OS letters of a cipher and its key length: `A256` is CBC, `G256` GCM, `C128` CCM. */
const letters: readonly (readonly [RegExp, string])[] = [
  [/^A(128|192|256)$/i, 'aes-$1-cbc'],
  [/^G(128|192|256)$/i, 'aes-$1-gcm'],
  [/^C(128|192|256)$/i, 'aes-$1-ccm'],
];

/** PAN-OS `show vpn ipsec-sa`, and crypto profiles of a configuration in set form. */
export const panosSa: DeviceFormat = {
  id: 'panos-sa',
  title: 'PAN-OS show vpn ipsec-sa, set … ipsec-crypto-profiles',
  manual: 'PAN-OS CLI, show vpn ipsec-sa; PAN-OS administration, IPSec Crypto profile',
  recognise: ({ lines }) => lines.filter(({ text }) => ROW.test(text) || PROFILE.test(text)).length,
  parse: ({ lines }) => {
    const associations: Association[] = [];
    const understood: Understood[] = [];
    const profiles = new Map<string, Offered>();
    for (const { text, number } of lines) {
      const row = ROW.exec(text);
      if (row) {
        const [, peer, name = '', protocol = '', cipher = '', hash = ''] = row;
        const spelled = letters.reduce((word, [letter, full]) => word.replace(letter, full), cipher);
        const destination = safeAddress(peer);
        associations.push({
          ...blankAssociation(number),
          protocol: /ah/i.test(protocol) ? 'ah' : 'esp',
          name: safe(name.replace(/\(.*/, ''), 60),
          mode: 'tunnel',
          destination,
          outer: familyOf(destination),
          ...suiteWords(spelled, hash === '' ? null : hash),
        });
        understood.push({ line: number, says: `SA ${safe(name, 60)}` });
      }
      const [, name, part, words = ''] = PROFILE.exec(text) ?? [];
      if (name === undefined || profiles.size > 200) continue;
      const offered = profiles.get(name) ?? { line: number, encryption: [], authentication: [] };
      offered[part as 'encryption' | 'authentication'].push(...words.split(/\s+/).filter(Boolean).slice(0, 12));
      profiles.set(name, offered);
      understood.push({ line: number, says: `crypto profile ${safe(name, 60)}` });
    }
    for (const [name, offered] of profiles) associations.push(...rowsOf(safe(name.replace(/"/g, ''), 60), offered));
    return { format: panosSa.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

interface Offered {
  readonly line: number;
  readonly encryption: string[];
  readonly authentication: string[];
}

function rowsOf(name: string, { line, encryption, authentication }: Offered): Association[] {
  return encryption.flatMap((cipher) => {
    const beside = /gcm|ccm/.test(cipher) || authentication.length === 0 ? [null] : authentication;
    return beside.map(
      (hash): Association => ({
        ...blankAssociation(line),
        kind: 'proposal',
        name,
        mode: 'tunnel',
        ...suiteWords(cipher, hash),
      }),
    );
  });
}

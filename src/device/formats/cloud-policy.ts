import { type Association, blankAssociation, type DeviceFormat, type Understood } from '../reading.js';
import { suiteWords } from './algorithm-words.js';

/** The configuration that AWS writes for a gateway; Azure's policies of PowerShell and az; Get-NetIPsecQuickModeSA. */
const ENCRYPTION =
  /^\s*(?:- )?"?(IpsecEncryption|(?:First)?CipherAlgorithm|Encryption Algorithm)"?\s*:\s*"?([\w-]{2,24})/i;
const INTEGRITY =
  /^\s*(?:- )?"?(IpsecIntegrity|(?:First)?IntegrityAlgorithm|Authentication Algorithm)"?\s*:\s*"?([\w-]{2,24})/i;
/** Windows (MSFT_NetQuickModeSA): CIM_IPsecSAEndpoint has 2 for tunnel, 3 for transport mode. */
const MODE = /^\s*EncapsulationMode\s*:\s*(?:(Tunnel|2)|Transport|3)\b/i;
/** AWS: the same words stand under IKE as well. */
const HEADING = /^\s*(?:!\s*)?#\d+: (.{3,60})/;

/** What clouds say of the ESP they offer. */
export const cloudPolicy: DeviceFormat = {
  id: 'cloud-policy',
  title: 'AWS VPN configuration, Azure IPsec policy, Get-NetIPsecQuickModeSA',
  manual:
    'AWS Site-to-Site VPN, configuration file; Azure VPN Gateway, About cryptographic requirements; MSFT_NetQuickModeSA class',
  recognise: ({ lines }) => lines.filter(({ text }) => ENCRYPTION.test(text)).length,
  parse: ({ lines }) => {
    const associations: Association[] = [];
    const understood: Understood[] = [];
    let heading = '';
    let cipher: { readonly word: string; readonly line: number } | null = null;
    let hash: string | null = null;
    const modes = new Set(
      lines.flatMap(({ text }) => {
        const found = MODE.exec(text);
        return found ? ([found[1] ? 'tunnel' : 'transport'] as const) : [];
      }),
    );
    const [printed] = modes;
    for (const { text, number } of lines) {
      const head = HEADING.exec(text)?.[1];
      if (head !== undefined) {
        heading = head;
        cipher = null;
        hash = null;
      }
      if (heading !== '' && !/ipsec/i.test(heading)) continue;
      const encryption = ENCRYPTION.exec(text)?.[2];
      if (encryption !== undefined) cipher = { word: encryption, line: number };
      hash = INTEGRITY.exec(text)?.[2] ?? hash;
      if (cipher === null || hash === null || associations.length > 200) continue;
      associations.push({
        ...blankAssociation(cipher.line),
        kind: 'proposal',
        mode: modes.size > 1 ? null : (printed ?? 'tunnel'),
        ...suiteWords(cipher.word, /gcm/i.test(hash) ? null : hash),
      });
      understood.push({ line: cipher.line, says: 'ESP suite' });
      cipher = null;
      hash = null;
    }
    return { format: cloudPolicy.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

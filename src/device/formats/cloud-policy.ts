import { type Association, blankAssociation, type DeviceFormat, type Understood } from '../reading.js';
import { suiteWords } from './algorithm-words.js';

/** The configuration that AWS writes for a gateway; Azure's policies of PowerShell and az; Get-NetIPsecQuickModeSA. */
const ENCRYPTION =
  /^\s*(?:- )?"?(IpsecEncryption|(?:First)?CipherAlgorithm|Encryption Algorithm)"?\s*:\s*"?([\w-]{2,24})|\bCipherTransformConstants\s*:?\s+([\w-]{2,24})/i;
const INTEGRITY =
  /^\s*(?:- )?"?(IpsecIntegrity|(?:First)?IntegrityAlgorithm|Authentication Algorithm)"?\s*:\s*"?([\w-]{2,24})|\bAuthenticationTransformConstants\s*:?\s+([\w-]{2,24})/i;
/** Windows (MSFT_NetQuickModeSA): CIM_IPsecSAEndpoint has 2 for tunnel, 3 for transport mode. */
const MODE = /^\s*EncapsulationMode\s*:\s*(?:(Tunnel|2)|Transport|3)\b/i;
/** AWS: the same words stand under IKE as well. */
const HEADING = /^\s*(?:!\s*)?#\d+: (.{3,60})/;

/** What clouds say of the ESP they offer. */
export const cloudPolicy: DeviceFormat = {
  id: 'cloud-policy',
  title: 'AWS VPN configuration, IPsec policies of Azure and Windows',
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
    const mode = modes.size > 1 ? null : (printed ?? 'tunnel');
    // The policy of a VPN connection of Windows is that of its kind.
    const l2tp = lines.some(({ text }) => /\bTunnelType\s*:?\s+L2tp\b/i.test(text));
    for (const { text, number } of lines) {
      const head = HEADING.exec(text)?.[1];
      if (head !== undefined) {
        heading = head;
        cipher = null;
        hash = null;
      }
      if (heading !== '' && !/ipsec/i.test(heading)) continue;
      const [, , quoted, plain] = ENCRYPTION.exec(text) ?? [];
      const encryption = quoted ?? plain;
      if (encryption !== undefined) cipher = { word: encryption, line: number };
      const integrity = INTEGRITY.exec(text);
      hash = integrity?.[2] ?? integrity?.[3] ?? hash;
      if (cipher === null || hash === null || associations.length > 200) continue;
      associations.push({
        ...blankAssociation(cipher.line),
        kind: 'proposal',
        ...(l2tp ? { payload: 'l2tp' as const, mode: 'transport' as const } : { mode }),
        ...suiteWords(cipher.word, /gcm/i.test(hash) ? null : hash),
      });
      understood.push({ line: cipher.line, says: 'ESP suite' });
      cipher = null;
      hash = null;
    }
    return { format: cloudPolicy.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

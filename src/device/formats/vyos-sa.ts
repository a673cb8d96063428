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

const NEW_HEAD = /^Connection\s+State\s+Uptime\s+.*Proposal/;
const OLD_HEAD = /^\s*Tunnel\s+State\s+Bytes Out\/In\s+Encrypt\s+Hash\s+NAT-T/;
const NEW_ROW =
  /^(\S{1,120})\s+(up|down)\s+.*?([0-9a-f.:]{3,45})\s+(?:\S+\s+)?([A-Z0-9_]+(?:\/[A-Z0-9_]+){1,4}|[A-Z0-9_]*(?:GCM|POLY1305)[A-Z0-9_]*)\s*$/;
const OLD_ROW = /^\s*(\S{1,40})\s+(up|down)\s+\S+\s+([\w-]+)\s+([\w-]+)\s+(yes|no)\b/;

/** VyOS `show vpn ipsec sa`, with a Proposal column (1.3 and later) or with Encrypt, Hash and NAT-T (1.2, EdgeOS). */
export const vyosSa: DeviceFormat = {
  id: 'vyos-sa',
  title: 'VyOS and EdgeOS show vpn ipsec sa',
  manual: 'VyOS documentation, IPsec, Operation mode',
  recognise: ({ lines }) => lines.filter(({ text }) => NEW_HEAD.test(text.trim()) || OLD_HEAD.test(text)).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let peer: readonly [string | null, string | null] = [null, null];
    for (const { text, number } of lines) {
      const ends = /^\s*(\S+)\s+(\S+)\s*$/.exec(text);
      if (ends && familyOf(ends[1]) && familyOf(ends[2])) peer = [safeAddress(ends[2]), safeAddress(ends[1])];
      const row = NEW_ROW.exec(text.trim());
      const old = row ? null : OLD_ROW.exec(text);
      if (!row && !old) continue;
      const draft: Draft<Association> = blankAssociation(number);
      draft.mode = 'tunnel';
      if (row) {
        const [cipher = '', ...others] = (row[4] as string).split('/');
        const hash = others.find((part) => /^(?:HMAC|AES_XCBC|AES_CMAC)/.test(part)) ?? null;
        Object.assign(draft, suiteWords(cipher, hash), {
          name: safe(row[1] as string, 60),
          destination: safeAddress(row[3]),
        });
      } else if (old) {
        Object.assign(draft, suiteWords(old[3] as string, old[4] as string), {
          name: `tunnel ${safe(old[1] as string, 40)}`,
          natT: old[5] === 'yes',
        });
        [draft.source, draft.destination] = peer;
      }
      draft.outer = familyOf(draft.destination) ?? familyOf(draft.source);
      associations.push(draft);
      understood.push({ line: number, says: `SA ${draft.name}` });
    }
    return { format: vyosSa.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

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

const PLUTO =
  /IPsec SA established (tunnel|transport) mode \{(ESP(?:inUDP|\/NAT)?(?:\/ESN)?)=?>?.*?xfrm=([A-Z0-9_]+)-([A-Z0-9_]+)/i;
const PLUTO_NEW =
  /established Child SA.*?\{(ESP(?:inUDP|\/NAT)?)(?:\/ESN)?=>0x[0-9a-f]+ <0x[0-9a-f]+ xfrm=([A-Z0-9_]+)-([A-Z0-9_]+)/i;
const CHARON = /selected proposal: (?:ESP):([A-Z0-9_]+)(?:\/([A-Z0-9_]+))?/;

/** Lines of pluto's (libreswan) and charon's (strongSwan) logs about an SA that came up. */
export const ikeLog: DeviceFormat = {
  id: 'ike-log',
  title: 'IKE logs of charon and pluto (strongSwan, libreswan)',
  manual: 'strongSwan documentation, Logger Configuration; ipsec_pluto(8)',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => PLUTO.test(text) || PLUTO_NEW.test(text) || CHARON.test(text)).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let behindNat: boolean | null = null;
    let ends: readonly [string | null, string | null] = [null, null];
    for (const { text, number } of lines) {
      if (
        /(?:local|remote) host is behind NAT|faking NAT situation|NAT-Traversal: Result.*(?:NATed|behind NAT)|i am behind NAT|peer is NATed/i.test(
          text,
        ) &&
        !/no NAT detected/i.test(text)
      )
        behindNat = true;
      const between = /between ([0-9a-f.:]{3,45})\[[^\]]{0,200}\]\.\.\.([0-9a-f.:]{3,45})\[/i.exec(text);
      if (between) ends = [safeAddress(between[1]), safeAddress(between[2])];
      const pluto = PLUTO.exec(text) ?? PLUTO_NEW.exec(text);
      const charon = CHARON.exec(text);
      if (!pluto && !charon) continue;
      const draft: Draft<Association> = blankAssociation(number);
      if (pluto) {
        const [kind = '', cipher = '', hash = ''] = pluto.slice(-3);
        const peer = /"[^"]{1,120}"(?:\[\d+\])? ([0-9a-f.:]{3,45}) #/i.exec(text)?.[1];
        Object.assign(draft, suiteWords(cipher, hash));
        draft.mode = /transport/i.test(pluto[1] ?? '') ? 'transport' : 'tunnel';
        draft.natT = /inUDP|NAT/i.test(kind);
        draft.destination = safeAddress(peer);
        draft.name = safe(/"([^"]{1,120})"/.exec(text)?.[1] ?? '', 60);
      } else if (charon) {
        const integ = /^(?:HMAC|AES_XCBC|AES_CMAC)/.test(charon[2] ?? '') ? (charon[2] as string) : null;
        Object.assign(draft, suiteWords(charon[1] as string, integ));
      }
      associations.push(draft);
      understood.push({ line: number, says: 'ESP suite of an SA that came up' });
    }
    for (const draft of associations) {
      draft.natT ??= behindNat;
      draft.source ??= ends[0];
      draft.destination ??= ends[1];
      draft.outer = familyOf(draft.destination) ?? familyOf(draft.source);
    }
    return { format: ikeLog.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

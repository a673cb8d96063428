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

const SA = /^\s+(esp|esp-udp|ah) mode=(tunnel|transport|any) spi=\d+\((0x[0-9a-f]+)\)/;

/** `setkey -D` (FreeBSD, pfSense, OPNsense, ipsec-tools). A key has as many bits as words of 32 are printed. */
export const setkey: DeviceFormat = {
  id: 'setkey',
  title: 'setkey -D (BSD)',
  manual: 'setkey(8)',
  recognise: ({ lines }) => lines.filter(({ text }) => SA.test(text)).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let ends: readonly [string | null, string | null] = [null, null];
    let draft: Draft<Association> | null = null;
    for (const { text, number } of lines) {
      const head = /^([0-9a-f.:]+)(?:\[\d+\])? ([0-9a-f.:]+)(?:\[\d+\])?\s*$/i.exec(text);
      if (head) ends = [safeAddress(head[1]), safeAddress(head[2])];
      const sa = SA.exec(text);
      if (sa) {
        draft = blankAssociation(number);
        const mode = sa[2] === 'transport' ? 'transport' : sa[2] === 'tunnel' ? 'tunnel' : null;
        Object.assign(draft, {
          mode,
          natT: sa[1] === 'esp-udp',
          spi: (sa[3] as string).slice(2),
          protocol: sa[1] === 'ah' ? 'ah' : 'esp',
        });
        [draft.source, draft.destination] = ends;
        draft.outer = familyOf(ends[1]) ?? familyOf(ends[0]);
        associations.push(draft);
        understood.push({ line: number, says: `SA, ${mode ?? 'any'} mode` });
        continue;
      }
      const line = /^\s+([EA]): ([\w-]+)\s+((?:[0-9a-f]{8}\s*)*)/i.exec(text);
      if (!line || !draft) continue;
      const bits = ((line[3] as string).match(/[0-9a-f]{8}/gi)?.length ?? 0) * 32;
      if (line[1] === 'E') {
        // The salt of combined modes is one word more (RFC 4106 8.1).
        const key = /gcm|ctr|ccm|chacha/.test(line[2] as string) ? bits - 32 : bits;
        const words = suiteWords(line[2] as string, null, [128, 192, 256].includes(key) ? key : null);
        draft.encr = words.encr;
        draft.keyBits = words.keyBits;
      } else if (!/gcm|ccm|chacha/.test(draft.encr ?? '')) draft.integ = suiteWords('null', line[2] as string).integ;
    }
    return { format: setkey.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

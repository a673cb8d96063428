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
import { mtuOf } from './link-draft.js';

/** PAN-OS `show vpn flow tunnel-id N`. Its `tunnel mtu` is the box's own figure for the inside, as it reckons. */
export const panosFlow: DeviceFormat = {
  id: 'panos-flow',
  title: 'PAN-OS show vpn flow tunnel-id',
  manual: 'PAN-OS CLI, show vpn flow',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => /^\s*(?:auth algorithm|enc {1,2}algorithm|tunnel mtu):/.test(text)).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let values = new Map<string, { readonly value: string; readonly line: number }>();
    let name = '';
    const end = (): void => {
      const cipher = values.get('enc algorithm');
      if (!cipher) return;
      const draft: Draft<Association> = blankAssociation(cipher.line);
      const own = values.get('tunnel mtu');
      const mtu = mtuOf(own?.value);
      Object.assign(draft, suiteWords(cipher.value, values.get('auth algorithm')?.value ?? null), {
        name: safe(name, 60),
        mode: 'tunnel',
        source: safeAddress(values.get('local ip')?.value),
        destination: safeAddress(values.get('peer ip')?.value),
        natT: values.has('nat-t') ? /^(?:yes|true|enabled)/i.test(values.get('nat-t')?.value ?? '') : null,
        ownMtu: own && mtu !== null ? { field: 'tunnel mtu', value: mtu, line: own.line } : null,
      });
      draft.outer = familyOf(draft.destination) ?? familyOf(draft.source);
      associations.push(draft);
      understood.push({ line: cipher.line, says: `tunnel ${draft.name}` });
    };
    for (const { text, number } of lines) {
      const head = /^tunnel\s+(\S+)\s*$/.exec(text.trim());
      if (head) {
        end();
        values = new Map();
        name = head[1] as string;
      }
      const field = /^\s*([a-z][a-z -]{1,24}?):\s+(\S.*?)\s*$/i.exec(text);
      if (field)
        values.set((field[1] as string).replace(/ {2,}/g, ' ').toLowerCase(), {
          value: (field[2] as string).slice(0, 60),
          line: number,
        });
    }
    end();
    return { format: panosFlow.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

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

const ROW =
  /^\s*([<>])(\d{1,10}) (ESP|AH):([\w-]+)\/([\w-]+)\s+([0-9a-f]{1,8})\s+.*?\b(\d{2,5})\s+([0-9a-f.:]{3,45})\s*$/i;
const DETAIL = /Protocol: (ESP|AH), Authentication: ([\w-]+), Encryption: ([\w-]+)(?: \((\d{2,3}) bits\))?/;

/** Junos `show security ipsec security-associations`, also with detail. */
export const junosSa: DeviceFormat = {
  id: 'junos-sa',
  title: 'Junos show security ipsec security-associations [detail]',
  manual: 'Junos CLI reference, show security ipsec security-associations',
  recognise: ({ lines }) => lines.filter(({ text }) => ROW.test(text) || DETAIL.test(text)).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let head = {
      name: '',
      source: null as string | null,
      destination: null as string | null,
      port: '',
      mode: 'tunnel' as 'tunnel' | 'transport',
    };
    let direction: 'in' | 'out' | null = null;
    let spi: string | null = null;
    const add = (line: number, cipher: string, hash: string, bits: string | undefined): Draft<Association> => {
      const draft: Draft<Association> = blankAssociation(line);
      // Beside a combined mode Junos prints whatever hash is configured.
      Object.assign(draft, suiteWords(cipher, hash, bits === undefined ? null : Number(bits)), {
        mode: head.mode,
        direction,
        spi,
      });
      associations.push(draft);
      understood.push({ line, says: `${direction === 'in' ? 'inbound' : 'outbound'} SA` });
      return draft;
    };
    for (const { text, number } of lines) {
      const row = ROW.exec(text);
      if (row) {
        direction = row[1] === '<' ? 'in' : 'out';
        spi = (row[6] as string).toLowerCase();
        const draft = add(number, row[4] as string, row[5] as string, undefined);
        draft.natT = row[7] === '4500';
        draft.destination = safeAddress(row[8]);
        draft.outer = familyOf(draft.destination);
        draft.name = `ID ${row[2]}`;
        continue;
      }
      const id = /\bVPN Name: (\S+)/.exec(text);
      if (id) head = { name: safe(id[1] as string, 60), source: null, destination: null, port: '', mode: 'tunnel' };
      const gateways = /Local Gateway: ([0-9a-f.:]+), Remote Gateway: ([0-9a-f.:]+)/i.exec(text);
      if (gateways) head = { ...head, source: safeAddress(gateways[1]), destination: safeAddress(gateways[2]) };
      const port = /\bPort: (\d{2,5})\b/.exec(text)?.[1];
      if (port !== undefined) head = { ...head, port };
      const way = /Direction: (inbound|outbound), SPI: ([0-9a-f]{1,8})/i.exec(text);
      if (way) {
        direction = way[1] === 'inbound' ? 'in' : 'out';
        spi = (way[2] as string).toLowerCase();
      }
      const mode = /\bMode: (Tunnel|Transport)/i.exec(text)?.[1];
      if (mode) head = { ...head, mode: /tunnel/i.test(mode) ? 'tunnel' : 'transport' };
      const detail = DETAIL.exec(text);
      if (!detail) continue;
      const draft = add(number, detail[3] as string, detail[2] as string, detail[4]);
      draft.name = head.name;
      draft.source = direction === 'out' ? head.source : head.destination;
      draft.destination = direction === 'out' ? head.destination : head.source;
      draft.outer = familyOf(head.destination) ?? familyOf(head.source);
      draft.natT = head.port === '' ? null : head.port === '4500';
    }
    return { format: junosSa.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

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

const HEAD = /^\s*\[(Inbound|Outbound) (ESP|AH) SAs?\]/i;

/**
 * H3C (Comware) and Huawei `display ipsec sa`. `Path MTU` there is what the box thinks fits inside, and not the link's.
 */
export const h3cSa: DeviceFormat = {
  id: 'h3c-sa',
  title: 'H3C and Huawei display ipsec sa',
  manual: 'Comware command reference, display ipsec sa',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => HEAD.test(text) || /^\s*Transform set:\s+ESP-/i.test(text)).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let common = {
      name: '',
      mode: null as 'tunnel' | 'transport' | null,
      local: null as string | null,
      remote: null as string | null,
    };
    let draft: Draft<Association> | null = null;
    for (const { text, number } of lines) {
      const policy = /^\s*IPsec policy(?: name)?\s*:\s*"?([\w.-]{1,60})/i.exec(text)?.[1];
      if (policy) common = { ...common, name: safe(policy, 60) };
      const mode = /^\s*Encapsulation mode\s*:\s*(tunnel|transport)/i.exec(text)?.[1];
      if (mode) common = { ...common, mode: mode.toLowerCase() as 'tunnel' | 'transport' };
      const end = /^\s*(?:Tunnel )?(local|remote)\s*(?:address)?\s*:\s*([0-9a-f.:]+)/i.exec(text);
      if (end && familyOf(end[2])) common = { ...common, [(end[1] as string).toLowerCase()]: safeAddress(end[2]) };
      const head = HEAD.exec(text);
      if (head) {
        draft = blankAssociation(number);
        draft.direction = /^in/i.test(head[1] as string) ? 'in' : 'out';
        draft.protocol = head[2] === 'AH' ? 'ah' : 'esp';
        draft.name = common.name;
        draft.mode = common.mode;
        draft.source = draft.direction === 'out' ? common.local : common.remote;
        draft.destination = draft.direction === 'out' ? common.remote : common.local;
        draft.outer = familyOf(common.remote) ?? familyOf(common.local);
        associations.push(draft);
        understood.push({ line: number, says: `${draft.direction === 'in' ? 'inbound' : 'outbound'} SA` });
      }
      if (!draft) continue;
      const spi = /^\s*SPI:\s*\d+ \(0x([0-9a-f]+)\)/i.exec(text)?.[1];
      if (spi) draft.spi = spi.toLowerCase();
      const set = /(?:Transform set|Proposal):\s+(ESP-\S+)(?:\s+(ESP-AUTH-\S+|SHA\S+|MD5))?/i.exec(text);
      if (set)
        Object.assign(
          draft,
          suiteWords(
            (set[1] as string).replace(/^ESP-ENCRYPT-/i, ''),
            (set[2] ?? '').replace(/^ESP-AUTH-/i, '') || null,
          ),
        );
      const udp = /UDP encapsulation used for NAT traversal:\s*([YN])/i.exec(text)?.[1];
      if (udp) draft.natT = udp.toUpperCase() === 'Y';
    }
    return { format: h3cSa.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

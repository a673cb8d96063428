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

const NEWEST =
  /^(?:000 )?"([^"]{1,120})"(?:\[\d+\])?(?: [0-9a-f.:]+)?:\s+(ESP|AH) algorithm newest: ([A-Z0-9_]+)-([A-Z0-9_()]+)/i;

/**
 * libreswan `ipsec status`, `ipsec whack --status`: the suite is that of `algorithm newest`, not of the lists above it.
 */
export const libreswanStatus: DeviceFormat = {
  id: 'libreswan-status',
  title: 'ipsec status (libreswan)',
  manual: 'ipsec-whack(8) of libreswan',
  recognise: ({ lines }) => lines.filter(({ text }) => NEWEST.test(text.trim())).length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    const ends = new Map<string, readonly [string | null, string | null]>();
    const ports = new Map<string, string>();
    const modes = new Map<string, 'transport'>();
    for (const { text } of lines) {
      const line = text.trim();
      const name = /"([^"]{1,120})"/.exec(line)?.[1] ?? '';
      const between = /([0-9a-f.:]{3,45})(?:<[^>]{0,80}>)?(?:\[[^\]]{0,120}\])?\.\.\.([0-9a-f.:]{3,45})/i.exec(line);
      if (between) ends.set(name, [safeAddress(between[1]), safeAddress(between[2])]);
      const port = /#\d+: "[^"]{1,120}"(?:\[\d+\] [0-9a-f.:]+)?:(\d{3,5}) /i.exec(line)?.[1];
      if (port !== undefined) ports.set(name, port);
      if (/\bpolicy: .*\+?!?TRANSPORT|\btransport mode\b|type: transport/i.test(line) && !/TUNNEL/.test(line))
        modes.set(name, 'transport');
    }
    for (const { text, number } of lines) {
      const found = NEWEST.exec(text.trim());
      if (!found) continue;
      const [, name = '', protocol, cipher = '', hash = ''] = found;
      const draft: Draft<Association> = blankAssociation(number);
      const [source, destination] = ends.get(name) ?? [null, null];
      Object.assign(draft, suiteWords(cipher, hash), {
        name: safe(name, 60),
        protocol: protocol === 'AH' ? 'ah' : 'esp',
        mode: modes.get(name) ?? 'tunnel',
        source,
        destination,
        outer: familyOf(destination) ?? familyOf(source),
        // Behind port 500 nothing is put into UDP; 4500 is only where IKE went.
        natT: ports.get(name) === '500' ? false : ports.get(name) === '4500' ? true : null,
      });
      if (/^none$/i.test(hash) && draft.integ === null) draft.integ = null;
      associations.push(draft);
      understood.push({ line: number, says: `${draft.name}: newest ESP algorithm` });
    }
    const remarks = associations.some(({ natT }) => natT === true)
      ? ['port 4500 behind the name: ESP in UDP is taken, although IKE alone may have moved there']
      : [];
    return { format: libreswanStatus.id, associations, links: [], defaultDevices: [], remarks, understood };
  },
};

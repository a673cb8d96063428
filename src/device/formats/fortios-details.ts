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

/** FortiOS `get vpn ipsec tunnel details`. Keys stand behind the algorithms: their length is all that is taken. */
export const fortiosDetails: DeviceFormat = {
  id: 'fortios-details',
  title: 'FortiOS get vpn ipsec tunnel details',
  manual: 'FortiOS CLI reference, get vpn ipsec tunnel details',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => /^\s*(?:local|remote)-gateway: \S+:\d+ |^\s*enc:\s+(?:aes|3des|des|chacha)/.test(text))
      .length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let common = blankCommon();
    let draft: Draft<Association> | null = null;
    for (const { text, number } of lines) {
      const line = text.trim();
      if (line === 'gateway') common = blankCommon();
      const name = /^name: '([^']{1,60})'/.exec(line)?.[1];
      if (name !== undefined && common.name === '') common.name = safe(name, 60);
      const gateway = /^(local|remote)-gateway: ([0-9a-f.:]+):(\d{1,5}) /i.exec(line);
      if (gateway) {
        common[gateway[1] === 'local' ? 'source' : 'destination'] = safeAddress(gateway[2]);
        common.natT = gateway[3] === '4500';
      }
      const mode = /^mode: (tunnel|transport)/.exec(line)?.[1];
      if (mode) common.mode = mode as 'tunnel' | 'transport';
      const mtu = /^mtu: (\d{1,9})$/.exec(line)?.[1];
      if (mtu) common.ownMtu = { field: 'mtu', value: Number(mtu), line: number };
      if (line === 'inbound' || line === 'outbound') {
        const out = line === 'outbound';
        const { name: tunnel, source, destination, natT, ownMtu } = common;
        draft = blankAssociation(number);
        Object.assign(draft, {
          name: tunnel,
          natT,
          ownMtu,
          mode: common.mode ?? 'tunnel',
          direction: out ? 'out' : 'in',
        });
        draft.source = out ? source : destination;
        draft.destination = out ? destination : source;
        draft.outer = familyOf(destination) ?? familyOf(source);
        associations.push(draft);
        understood.push({ line: number, says: `${line} SA of ${tunnel}` });
      }
      if (!draft) continue;
      const spi = /^spi: ([0-9a-f]{1,8})$/i.exec(line)?.[1];
      if (spi) draft.spi = spi.toLowerCase();
      const algorithm = /^(enc|auth):\s+(\S+)\s*([0-9a-f]*)/i.exec(line);
      if (algorithm?.[1] === 'enc')
        Object.assign(draft, cipherOf(algorithm[2] as string, (algorithm[3] as string).length * 4));
      else if (algorithm && draft.encr !== null && !/gcm|chacha/.test(draft.encr))
        draft.integ = suiteWords('null', algorithm[2] as string).integ;
    }
    return { format: fortiosDetails.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

/** `aes-cb`, `aes-gc`: cut names; with GCM the key has four octets of salt behind it. */
function cipherOf(name: string, bits: number): Pick<Association, 'encr' | 'keyBits'> {
  const whole = name.replace(/-cb$/, '-cbc').replace(/-gc$/, '-gcm');
  const key = /gcm|chacha/.test(whole) ? bits - 32 : bits;
  const { encr, keyBits } = suiteWords(whole, null, [128, 192, 256].includes(key) ? key : null);
  return { encr, keyBits };
}

const blankCommon = () => ({
  name: '',
  source: null as string | null,
  destination: null as string | null,
  natT: null as boolean | null,
  mode: null as 'tunnel' | 'transport' | null,
  ownMtu: null as Association['ownMtu'],
});

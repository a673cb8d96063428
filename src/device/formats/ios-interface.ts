import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';

const HEAD = /^(Tunnel\d{1,10}) is (?:administratively )?(?:up|down|reset)/;

/** IOS `show interface Tunnel`: what fits inside is `Tunnel transport MTU`; `MTU 17916` and the like are neither. */
export const iosInterface: DeviceFormat = {
  id: 'ios-interface',
  title: 'Cisco show interface Tunnel',
  manual: 'Cisco IOS command reference, show interfaces tunnel',
  recognise: ({ lines }) =>
    lines.filter(({ text }) => HEAD.test(text.trim()) || /^\s*Tunnel (?:transport MTU|protocol\/transport) /.test(text))
      .length,
  parse: ({ lines }) => {
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let draft: Draft<Association> | null = null;
    for (const { text, number } of lines) {
      const line = text.trim();
      const name = HEAD.exec(line)?.[1];
      if (name !== undefined) {
        draft = blankAssociation(number);
        Object.assign(draft, {
          kind: 'tunnel',
          protocol: 'none',
          tunnel: 'gre',
          name: safe(name, 30),
          interface: safe(name, 30),
        });
        associations.push(draft);
        understood.push({ line: number, says: `interface ${name}` });
      } else if (/^\S+ is (?:administratively )?(?:up|down)/.test(line)) draft = null;
      if (!draft) continue;
      const ends = /^Tunnel source (\S+?)(?: \([^)]*\))?, destination (\S+)/.exec(line);
      if (ends) {
        draft.source = safeAddress(ends[1]?.replace(/,$/, ''));
        draft.destination = safeAddress(ends[2]);
        draft.outer = familyOf(draft.destination) ?? familyOf(draft.source);
      }
      const kind = /^Tunnel protocol\/transport (\S+)/.exec(line)?.[1]?.toUpperCase();
      if (kind?.startsWith('IPSEC'))
        Object.assign(draft, { kind: 'sa', protocol: 'esp', tunnel: null, mode: 'tunnel' });
      else if (kind?.startsWith('IPV6/IP')) draft.tunnel = '6in4';
      else if (kind?.startsWith('IPIP') || kind?.startsWith('IP/IP')) draft.tunnel = 'ipip';
      if (/^Key 0x|^Key \d/.test(line) && draft.tunnel === 'gre') draft.tunnel = 'gre-key';
      const mtu = /^Tunnel transport MTU (\d{1,9}) bytes/.exec(line)?.[1];
      if (mtu !== undefined) draft.ownMtu = { field: 'Tunnel transport MTU', value: Number(mtu), line: number };
    }
    return { format: iosInterface.id, associations, links: [], defaultDevices: [], remarks: [], understood };
  },
};

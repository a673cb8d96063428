import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { peerRemarks, wireguardPeer } from './wireguard-peer.js';

const HEAD =
  /^\s*([a-zA-Z][\w.:-]{0,29}?):? flags=\S+<([A-Z0-9_,]*)>.*?\bmtu (\d{1,9})|^\s*([a-zA-Z][\w.:-]{0,29})\s+Link encap:(\S.*?)(?:\s{2,}|$)/;
const TUNNEL = /^(?:gif|gre|ipip|stf|wg|tun|utun|ipsec|sit|vxlan|ovpn)/;
const OTHER = /^(?:lo|bridge|br-|docker|veth|virbr|vnet|tap|pflog|pfsync|enc|awdl|llw|ap\d|anpi|p2p|dummy)/;
/** By the device's name (BSD), as the calculator calls it. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^gif|^ipip/, 'ipip'],
  [/^gre/, 'gre'],
  [/^sit|^stf/, '6in4'],
  [/^vxlan/, 'vxlan'],
];

/** ifconfig of BSD, macOS and Linux (net-tools). */
export const ifconfig: DeviceFormat = {
  id: 'ifconfig',
  title: 'ifconfig (BSD, macOS, Linux)',
  manual: 'ifconfig(8)',
  recognise: ({ lines }) => lines.filter(({ text }) => HEAD.test(text)).length,
  parse: ({ lines }) => {
    const links: Draft<LinkReading>[] = [];
    const associations: Draft<Association>[] = [];
    const understood: Understood[] = [];
    let own: Draft<Association> | null = null;
    for (const { text, number } of lines) {
      const head = HEAD.exec(text);
      if (head) {
        const name = head[1] ?? head[4] ?? '';
        const flags = (head[2] ?? '').split(',');
        const role = flags.includes('LOOPBACK') || OTHER.test(name) ? 'other' : TUNNEL.test(name) ? 'tunnel' : 'link';
        const shown = safe(name, 30);
        own = role === 'tunnel' ? tunnelOf(name, number) : null;
        if (own) associations.push(own);
        const setMtu = own ? { owner: shown, setMtu: (mtu: number) => `ifconfig ${shown} mtu ${mtu}` } : {};
        links.push(
          linkDraft({
            name,
            role,
            mtu: mtuOf(head[3]) ?? 0,
            line: number,
            up: head[4] !== undefined || flags.includes('UP'),
            ...setMtu,
          }) as Draft<LinkReading>,
        );
        understood.push({ line: number, says: `interface ${shown}` });
        continue;
      }
      const link = links.at(-1);
      if (!link) continue;
      // net-tools of old prints the MTU in a line of its own.
      const mtu = /\bMTU:(\d{1,9})\b/.exec(text)?.[1];
      if (mtu && link.mtu === 0) link.mtu = Number(mtu);
      if (/status: (?:no carrier|inactive)/.test(text)) link.up = false;
      const address = /^\s+inet6? (?:addr:)?([0-9a-f.:]+)/i.exec(text)?.[1];
      if (address) link.addresses = [...link.addresses, safeAddress(address) ?? ''].filter(Boolean);
      const ends = /^\s+tunnel inet6? ([0-9a-f.:]+) --> ([0-9a-f.:]+)/i.exec(text);
      if (ends && own) {
        own.source = safeAddress(ends[1]);
        own.destination = safeAddress(ends[2]);
        own.outer = familyOf(ends[2]);
      }
    }
    const known = links.filter(({ mtu }) => mtu > 0);
    // Point-to-point links lie on an Ethernet that is there as well: they are the way out.
    const out = known.filter(
      ({ name, role, up }) => role === 'link' && up && /^(?:ppp|pppoe|ng\d|wwan|tun_wan)/.test(name),
    );
    for (const link of out) link.defaultRoute = true;
    return {
      format: ifconfig.id,
      associations,
      links: known,
      defaultDevices: [],
      remarks: peerRemarks(associations),
      understood,
    };
  },
};

function tunnelOf(name: string, line: number): Draft<Association> | null {
  const shown = safe(name, 30);
  if (/^wg/.test(name)) return { ...wireguardPeer(shown, line), interface: shown };
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
  return kind
    ? { ...blankAssociation(line), kind: 'tunnel', protocol: 'none', tunnel: kind, name: shown, interface: shown }
    : null;
}

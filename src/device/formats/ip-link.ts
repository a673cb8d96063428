import { wordTable } from '../../word-table.js';
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
import { peerRemarks, wireguardPeer } from './wireguard-peer.js';

const HEAD = /^\s*\d+:\s+([^\s:@]{1,30})(?:@([^\s:]{1,30}))?:\s+<([A-Z0-9_,-]*)>.*?\bmtu\s+(\d{1,9})\b/;

/** `ip [-d] link` and `ip addr`: the MTU of each interface. */
export const ipLink: DeviceFormat = {
  id: 'ip-link',
  title: 'ip link, ip addr (Linux)',
  manual: 'ip-link(8), ip-address(8)',
  recognise: ({ lines }) => lines.filter(({ text }) => HEAD.test(text)).length,
  parse: ({ lines }) => {
    const links: Draft<LinkReading>[] = [];
    const devices = new Map<string, Draft<Association>>();
    const understood: Understood[] = [];
    const remarks: string[] = [];
    for (const { text, number } of lines) {
      const head = HEAD.exec(text);
      if (head) {
        const [, name = '', , flags = '', mtu] = head;
        const words = flags.split(',');
        const loopback = words.includes('LOOPBACK');
        links.push({
          name: safe(name, 30),
          role: loopback ? 'other' : roleByName(name, words),
          mtu: Number(mtu),
          addresses: [],
          defaultRoute: false,
          ifId: null,
          up: words.includes('UP'),
          line: number,
        });
        understood.push({ line: number, says: `interface ${safe(name, 30)}, MTU ${mtu}` });
        continue;
      }
      const link = links.at(-1);
      if (!link) continue;
      const [, address, length = ''] = /^\s+inet6?\s+([0-9a-f.:]+)(\/\d+)?\b/i.exec(text) ?? [];
      const own = safeAddress(address);
      if (own !== null) {
        link.addresses = [...link.addresses, own];
        link.subnets = [...(link.subnets ?? []), `${own}${length}`];
      }
      // `ip -d link` names the kind in a line of its own, link/… the medium.
      const kind =
        /^\s+(xfrm|vti6?|gre6?|gretap|ip6gre|ipip|sit|ip6tnl|wireguard|tun|vxlan|geneve|l2tp|bridge|dummy|veth|vlan|bond)\b/.exec(
          text,
        )?.[1] ?? /^\s+link\/(ipip|gre6?|sit|tunnel6?)\b/.exec(text)?.[1];
      if (kind && link.role !== 'other') link.role = roleOfKind(kind, link.role);
      const carries = carrierOf(text);
      if (carries) link.carries = carries;
      noteDevice(devices, link, text);
      // A VTI says `link/ipip` of its medium: what it adds is ESP, and that stands in the SAs.
      if (/^\s+vti6?\s/.test(text)) devices.delete(link.name);
      const more = /^\s+(?:ip6)?gre(?:tap)?\s.*?\b[io]?(csum|seq)\b/.exec(text)?.[1];
      if (more) {
        devices.delete(link.name);
        const what = more === 'csum' ? 'checksums' : 'sequence numbers';
        remarks.push(
          `${link.name} is GRE with ${what}, which is not counted here: 4 octets less than GRE without (RFC 2890)`,
        );
      }
      const ifId = /\bif_id\s+(0x[0-9a-f]+|\d+)/.exec(text)?.[1];
      if (ifId) link.ifId = ifId;
    }
    for (const { name, line, role } of links) {
      if (role === 'tunnel' && /^wg/.test(name) && !devices.has(name)) devices.set(name, wireguardDevice(name, line));
    }
    const associations = [...devices.values()];
    return {
      format: ipLink.id,
      associations,
      links,
      defaultDevices: [],
      remarks: [...peerRemarks(associations), ...remarks],
      understood,
    };
  },
};

/** Kinds of devices that are tunnels by themselves, as the calculator calls them. */
const kinds: Readonly<Record<string, string>> = wordTable({
  gre: 'gre',
  gre6: 'gre',
  ip6gre: 'gre',
  gretap: 'gretap',
  ip6gretap: 'gretap',
  ipip: 'ipip',
  sit: '6in4',
  ip6tnl: 'ip6tnl',
  tunnel6: 'ip6tnl',
  vxlan: 'vxlan',
  geneve: 'geneve',
});

const wireguardDevice = (name: string, line: number): Draft<Association> => ({
  ...wireguardPeer(name, line),
  interface: name,
  flags: ['device'],
});

/**
 * A tunnel device says what it is and between whom: `link/gre 192.0.2.4 peer 198.51.100.4`, `vxlan id 42 remote … local
 * …`.
 */
function noteDevice(
  devices: Map<string, Draft<Association>>,
  { name, line, carries }: LinkReading,
  text: string,
): void {
  if (/^\s+wireguard\b/.test(text)) devices.set(name, wireguardDevice(name, line));
  const kind =
    /^\s+(gre|ip6gre|gretap|ip6gretap|ipip|sit|ip6tnl|vxlan|geneve)\s+\S/.exec(text)?.[1] ??
    /^\s+link\/(gre6?|ipip|sit|tunnel6)\b/.exec(text)?.[1];
  const tunnel = kind === undefined ? undefined : kinds[kind];
  // `ip addr` prints no more of a VTI than `link/ipip`.
  if (tunnel === undefined || /^(?:ip6?_)?vti/.test(name)) return;
  const ends = /^\s+link\/\S+ ([0-9a-f.:]+) (?:peer|brd) ([0-9a-f.:]+)/i.exec(text);
  const local = safeAddress(ends?.[1]) ?? safeAddress(/\blocal ([0-9a-f.:]+)/i.exec(text)?.[1]);
  const remote = safeAddress(ends?.[2]) ?? safeAddress(/\bremote ([0-9a-f.:]+)/i.exec(text)?.[1]);
  // gre0, tunl0 and their like are templates of the kernel: no ends, and no tunnel.
  if ((local === null || /^0\.0\.0\.0$|^::$/.test(local)) && remote === null) return;
  const draft: Draft<Association> = devices.get(name) ?? blankAssociation(line);
  const keyed = tunnel === 'gre' && /\b[io]?key\s/.test(text);
  Object.assign(draft, {
    kind: 'tunnel',
    protocol: 'none',
    tunnel: keyed ? 'gre-key' : (draft.tunnel ?? tunnel),
    name,
    interface: name,
    flags: ['device'],
  });
  if (tunnel === 'gretap') draft.tunnel = 'gretap';
  draft.source ??= local;
  draft.destination ??= remote;
  draft.over ??= /\bdev (\S{1,30})/.exec(text)?.[1] ?? null;
  draft.outer = /6$|^ip6/.test(kind as string) ? 6 : (familyOf(draft.destination) ?? familyOf(draft.source));
  if (carries) draft.payload = carries.payload;
  devices.set(name, draft);
}

/**
 * `ip -d link`: `gre remote 198.51.100.1 local 192.0.2.1 … ikey 0.0.0.1 okey 0.0.0.1`, `vxlan id 42 remote … local …`.
 */
function carrierOf(text: string): LinkReading['carries'] {
  const kind = /^\s+(gre|ip6gre|gretap|ip6gretap|ipip|ip6tnl|vxlan|geneve)\s/.exec(text)?.[1];
  const ends = ['remote', 'local'].flatMap(
    (end) => safeAddress(new RegExp(`\\b${end} ([0-9a-f.:]+)`).exec(text)?.[1]) ?? [],
  );
  if (kind === undefined || ends.length === 0) return undefined;
  return { payload: payloadOf(kind, /\b[io]?key\s/.test(text)), ends };
}

function payloadOf(kind: string, keyed: boolean) {
  if (/tap$/.test(kind)) return 'gretap';
  if (/gre$/.test(kind)) return keyed ? 'gre-key' : 'gre';
  if (/^(?:ipip|ip6tnl)$/.test(kind)) return 'ipip';
  return kind === 'vxlan' ? 'vxlan' : 'geneve';
}

const TUNNEL_NAME = /^(?:xfrm|ipsec|vti|wg|gre|gretap|ipip|tun|l2tp|vxlan|ip_vti|ip6_vti)/;

function roleByName(name: string, flags: readonly string[]): LinkReading['role'] {
  if (TUNNEL_NAME.test(name)) return 'tunnel';
  // PPPoE is a point-to-point interface too, and it is the link.
  if (/^ppp/.test(name)) return 'link';
  if (
    /^(?:br-|docker|virbr|veth|dummy|lxc|cni|flannel|cali|tap|nflog|bonding_masters|zt[a-z0-9]{8}|tailscale)/.test(name)
  )
    return 'other';
  return flags.includes('POINTOPOINT') && flags.includes('NOARP') ? 'tunnel' : 'link';
}

function roleOfKind(kind: string, role: LinkReading['role']): LinkReading['role'] {
  if (/^(?:bridge|dummy)$/.test(kind)) return 'other';
  return /^(?:vlan|bond|veth)$/.test(kind) ? role : 'tunnel';
}

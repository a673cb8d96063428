import type { DeviceFormat, Draft, LinkReading, Understood } from '../reading.js';
import { safe, safeAddress } from '../secret.js';

const HEAD = /^\s*\d+:\s+([^\s:@]{1,30})(?:@([^\s:]{1,30}))?:\s+<([A-Z0-9_,-]*)>.*?\bmtu\s+(\d{2,5})\b/;

/** `ip [-d] link` and `ip addr`: the MTU of each interface. */
export const ipLink: DeviceFormat = {
  id: 'ip-link',
  title: 'ip link, ip addr (Linux)',
  manual: 'ip-link(8), ip-address(8)',
  recognise: ({ lines }) => lines.filter(({ text }) => HEAD.test(text)).length,
  parse: ({ lines }) => {
    const links: Draft<LinkReading>[] = [];
    const understood: Understood[] = [];
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
      const address = /^\s+inet6?\s+([0-9a-f.:]+)(?:\/\d+)?\b/i.exec(text)?.[1];
      if (address) link.addresses = [...link.addresses, safeAddress(address) ?? ''].filter(Boolean);
      // `ip -d link` names the kind in a line of its own, link/… the medium.
      const kind =
        /^\s+(xfrm|vti6?|gre6?|gretap|ip6gre|ipip|sit|ip6tnl|wireguard|tun|vxlan|geneve|l2tp|bridge|dummy|veth|vlan|bond)\b/.exec(
          text,
        )?.[1] ?? /^\s+link\/(ipip|gre6?|sit|tunnel6?)\b/.exec(text)?.[1];
      if (kind && link.role !== 'other') link.role = roleOfKind(kind, link.role);
      const carries = carrierOf(text);
      if (carries) link.carries = carries;
      const ifId = /\bif_id\s+(0x[0-9a-f]+|\d+)/.exec(text)?.[1];
      if (ifId) link.ifId = ifId;
    }
    return { format: ipLink.id, associations: [], links, defaultDevices: [], remarks: [], understood };
  },
};

/** `ip -d link`: `gre remote 198.51.100.1 local 192.0.2.1 … ikey 0.0.0.1 okey 0.0.0.1`, `vxlan id 42 remote … local …`. */
function carrierOf(text: string): LinkReading['carries'] {
  const kind = /^\s+(gre|ip6gre|gretap|ip6gretap|ipip|ip6tnl|vxlan|geneve)\s/.exec(text)?.[1];
  const ends = ['remote', 'local'].flatMap(
    (end) => safeAddress(new RegExp(`\\b${end} ([0-9a-f.:]+)`).exec(text)?.[1]) ?? [],
  );
  if (kind === undefined || ends.length === 0) return undefined;
  const keyed = /\b[io]?key\s/.test(text);
  const payload = /tap$/.test(kind)
    ? 'gretap'
    : /gre$/.test(kind)
      ? keyed
        ? 'gre-key'
        : 'gre'
      : /^(?:ipip|ip6tnl)$/.test(kind)
        ? 'ipip'
        : kind === 'vxlan'
          ? 'vxlan'
          : 'geneve';
  return { payload, ends };
}

const TUNNEL_NAME = /^(?:xfrm|ipsec|vti|wg|gre|gretap|ipip|tun|l2tp|vxlan|ip_vti|ip6_vti)/;

function roleByName(name: string, flags: readonly string[]): LinkReading['role'] {
  if (TUNNEL_NAME.test(name)) return 'tunnel';
  // PPPoE is a point-to-point interface too, and it is the link.
  if (/^ppp/.test(name)) return 'link';
  if (/^(?:br-|docker|virbr|veth|dummy|lxc|cni|flannel|cali|tap|nflog|bonding_masters)/.test(name)) return 'other';
  return flags.includes('POINTOPOINT') && flags.includes('NOARP') ? 'tunnel' : 'link';
}

function roleOfKind(kind: string, role: LinkReading['role']): LinkReading['role'] {
  if (/^(?:bridge|dummy)$/.test(kind)) return 'other';
  return /^(?:vlan|bond|veth)$/.test(kind) ? role : 'tunnel';
}

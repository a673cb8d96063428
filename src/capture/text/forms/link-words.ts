import { ETHER_TYPE } from '../../../packet/ethernet.js';
import { PPP_PROTOCOL } from '../../../packet/ppp.js';

const ETHERNET = 14;
const TAG = 4;
const PPPOE = 8;

/** What stands before the IP packet in a line, and what it says of the frame. */
export interface LinkWords {
  /** 0: the frame is no IP; null: not said. */
  readonly family: 0 | 4 | 6 | null;
  /** Octets of the frame, and those before the IP header; null where they are not printed. */
  readonly octets: number | null;
  readonly header: number;
  readonly rest: string;
}

const MAC = String.raw`(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|Broadcast`;
const ENDS = new RegExp(`^(?:${MAC})(?: \\(oui [^)]{1,60}\\))?(?: > | )(?:${MAC})(?: \\(oui [^)]{1,60}\\))?,? ?`, 'i');

/** Takes off what -e prints (`MAC > MAC, ethertype IPv4 (0x0800), length 74: `), VLAN tags and PPPoE. */
export function linkOf(text: string): LinkWords {
  const mac = ENDS.exec(text);
  let rest = mac
    ? text.slice(mac[0].length)
    : text.replace(/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2} (?=ethertype)/i, '').replace(/^ip6?: /, '');
  let header = ETHERNET;
  let octets: number | null = null;
  // ASA: `802.1Q vlan#70 P0 `, and with detail `0x0800 Length: 74 `.
  const asa =
    /^(?:802\.1Q vlan#\d{1,4} P\d )?(?:0x([0-9a-f]{4}) (?:Length: ?)?(\d{1,5}):? )?(?:802\.1Q vlan#\d{1,4} P\d )?/i.exec(
      rest,
    );
  if (asa && asa[0] !== '') {
    if (/802\.1Q/i.test(asa[0])) header += TAG;
    rest = rest.slice(asa[0].length);
    const type = asa[1]?.toLowerCase();
    return {
      family: type === undefined ? null : familyOf(`0x${type}`),
      octets: asa[2] ? Number(asa[2]) : null,
      header,
      rest: rest.trimStart(),
    };
  }
  const type = /^(?:ethertype |802\.1Q|(?:IPv[46]|ARP|Unknown) \(0x|\d{1,5}: |vlan )/.exec(rest);
  if (!mac && !type && !rest.startsWith('PPPoE')) return { family: null, octets: null, header, rest };
  // A cooked header: 16 octets, or 20 of the newer one.
  if (!mac && rest.startsWith('ethertype')) header = text.startsWith('ethertype') ? 16 : 20;
  const length = /\blength:? (\d{1,5})[:,]/.exec(rest.slice(0, 120));
  if (length) octets = Number(length[1]);
  header += TAG * (rest.slice(0, 200).match(/\bvlan \d/g)?.length ?? 0);
  // The last type before the packet decides: a tag or PPPoE may stand before it.
  const types = [
    ...rest
      .slice(0, 300)
      .matchAll(
        /(?:ethertype )?\b(IPv[46]|IP6?|ARP|PPPoE [SD]|LLDP|Unknown|[A-Z][\w-]{1,20}) \((0x[0-9a-f]{4})\),?(?: length:? \d{1,5}:?)? ?/g,
      ),
  ];
  const last = types.at(-1);
  if (!last)
    return { family: /^PPPoE/.test(rest) ? null : 0, octets, header, rest: rest.replace(/^PPPoE +\[ses \w+\] +/, '') };
  if (types.some(([, word]) => word?.startsWith('PPPoE'))) header += PPPOE;
  rest = rest.slice(last.index + last[0].length).replace(/^PPPoE +\[ses \w+\] +/, '');
  const family = familyOf(last[2] as string);
  return { family: family === 0 && /^IP6?[ ,]/.test(rest) ? null : family, octets, header, rest };
}

/** EtherTypes of IP, and PPP's protocol numbers of it. */
const familyOf = (type: string): 0 | 4 | 6 => {
  const number = Number.parseInt(type.slice(2), 16);
  if (number === ETHER_TYPE.ipv4 || number === PPP_PROTOCOL.ipv4) return 4;
  return number === ETHER_TYPE.ipv6 || number === PPP_PROTOCOL.ipv6 ? 6 : 0;
};

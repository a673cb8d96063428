import { LinkType } from '../../frame/link-type.js';
import { ETHER_TYPE } from '../../packet/ethernet.js';
import { IPV6_HEADER } from '../../packet/ipv6.js';
import { u16 } from '../../packet/octets.js';

/** Octets of one frame that are taken; a frame is no longer. */
const MOST = 65_535;

/**
 * Puts the rows of a hex dump together: `0x0010:  0034 …  ASCII`, `0000  be 3e …   ASCII`, and tcpdump 3's without
 * offsets.
 */
export class HexRows {
  #octets: number[] = [];

  /** Takes a line where it continues the dump (or begins one); says whether it did. */
  take(line: string): boolean {
    const row = /^\s*(?:0x)?([0-9a-f]{3,8})(?::|\s)\s*([0-9a-f]{2}.*)$/i.exec(line);
    if (row) {
      const offset = Number.parseInt(row[1] as string, 16);
      if (offset !== this.#octets.length && offset !== 0) return false;
      const octets = octetsOf(row[2] as string);
      if (octets.length === 0 || (offset === 0 && this.#octets.length > 0)) return false;
      this.#add(octets);
      return true;
    }
    if (!/^\s+(?:[0-9a-f]{4} ){0,7}[0-9a-f]{2,4}\s*$/i.test(line)) return false;
    this.#add(octetsOf(line.trim()));
    return true;
  }

  /** Whether a line begins a dump of its own. */
  static begins(line: string): boolean {
    const row = /^\s*(?:0x)?0{3,8}(?::|\s)\s*((?:[0-9a-f]{2}){1,2} .*)$/i.exec(line);
    return row !== null && octetsOf(row[1] as string).length >= 4;
  }

  get length(): number {
    return this.#octets.length;
  }

  end(): Uint8Array | null {
    const octets = this.#octets.length > 0 ? Uint8Array.from(this.#octets) : null;
    this.#octets = [];
    return octets;
  }

  #add(octets: readonly number[]): void {
    for (const octet of octets) if (this.#octets.length < MOST) this.#octets.push(octet);
  }
}

/** The octets of a row, up to the column of characters: at most 16, in groups of two or four digits. */
function octetsOf(text: string): number[] {
  const octets: number[] = [];
  let rest = text;
  while (octets.length < 16) {
    const group = /^((?:[0-9a-f]{2}){1,2})(?=\s|$)(\s*)/i.exec(rest);
    if (!group) break;
    const digits = group[1] as string;
    for (let at = 0; at < digits.length; at += 2) octets.push(Number.parseInt(digits.slice(at, at + 2), 16));
    rest = rest.slice(group[0].length);
    // Two blanks or a tab end the octets; some leave a gap in the middle.
    const gap = group[2] as string;
    if (gap.length > 2 || gap.includes('\t') || (gap.length === 2 && octets.length !== 8)) break;
  }
  return octets;
}

const ETHER_TYPES: ReadonlySet<number> = new Set([
  ETHER_TYPE.ipv4,
  ETHER_TYPE.ipv6,
  ETHER_TYPE.vlan,
  ETHER_TYPE.serviceVlan,
  ETHER_TYPE.oldVlan,
  ETHER_TYPE.pppoeDiscovery,
  ETHER_TYPE.pppoeSession,
  ETHER_TYPE.mpls,
  ETHER_TYPE.mplsMulticast,
  ETHER_TYPE.arp,
  ETHER_TYPE.lldp,
]);

/** What link the octets of a frame begin with: the IP header stands behind it, whole and true. */
export function linkTypeOf(octets: Uint8Array): { readonly linkType: number; readonly from: number } {
  const at = (offset: number): number => (offset + 2 <= octets.length ? u16(octets, offset) : -1);
  if (
    octets.length >= 14 &&
    ETHER_TYPES.has(at(12)) &&
    (at(12) > ETHER_TYPE.ipv6 || at(12) === ETHER_TYPE.arp || isIp(octets, 14))
  )
    return { linkType: LinkType.ethernet, from: 0 };
  if (at(0) <= 4 && (at(14) === ETHER_TYPE.arp || isIp(octets, 16))) return { linkType: LinkType.linuxCooked, from: 0 };
  if ((at(0) === 0x0806 && at(2) === 0) || (ETHER_TYPES.has(at(0)) && isIp(octets, 20)))
    return { linkType: LinkType.linuxCooked2, from: 0 };
  if (isIp(octets, 0)) return { linkType: LinkType.raw, from: 0 };
  // Null and loop headers, PPP and whatever else stands before it: the packet alone.
  for (const from of [4, 2, 8, 12, 18, 24]) if (isIp(octets, from)) return { linkType: LinkType.raw, from };
  return { linkType: LinkType.ethernet, from: 0 };
}

function isIp(octets: Uint8Array, at: number): boolean {
  const first = octets[at];
  if (first === undefined || at + 20 > octets.length) return false;
  if (first >> 4 === 4) {
    const total = u16(octets, at + 2);
    return (first & 15) >= 5 && (total === 0 || total >= (first & 15) * 4) && (octets[at + 8] as number) > 0;
  }
  return (
    first >> 4 === 6 &&
    at + IPV6_HEADER <= octets.length &&
    (octets[at + 7] as number) > 0 &&
    (octets[at + 6] as number) <= 140
  );
}

/** Octets that the frame had on the wire: those before the IP header and what that header says. */
export function wireLength(octets: Uint8Array, linkType: number): number {
  let at =
    linkType === LinkType.linuxCooked
      ? 16
      : linkType === LinkType.linuxCooked2
        ? 20
        : linkType === LinkType.ethernet
          ? 14
          : 0;
  let type = linkType === LinkType.ethernet ? u16(octets, 12) : 0;
  while (
    linkType === LinkType.ethernet &&
    (type === ETHER_TYPE.vlan || type === ETHER_TYPE.serviceVlan || type === ETHER_TYPE.oldVlan) &&
    at + 4 <= octets.length
  ) {
    type = u16(octets, at + 2);
    at += 4;
  }
  if (type === 0x8864) at += 8;
  if (!isIp(octets, at)) return octets.length;
  const total = (octets[at] as number) >> 4 === 4 ? u16(octets, at + 2) : u16(octets, at + 4) + IPV6_HEADER;
  return Math.max(octets.length, at + total);
}

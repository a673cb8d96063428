import { ETHER_TYPE } from '../../packet/ethernet.js';
import { GRE_FLAG, GRE_HEADER, GRE_OPTION } from '../../packet/gre.js';
import { IP_HEADER } from '../../packet/ip-header.js';
import { DF, MF, PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { EXTENSION } from '../../packet/ipv6.js';
import { TCP_HEADER_MINIMUM } from '../../packet/tcp.js';
import { UDP_HEADER } from '../../packet/udp.js';
import { Hosts } from './hosts.js';
import type { OctetsOut } from './octets-out.js';
import { directions, isHidden, writeEsp } from './packet-ends.js';
import type { PrintedIcmp, PrintedPacket } from './printed.js';
import { optionLength, rebuildTcp } from './rebuild-tcp.js';
import { Recent } from './recent.js';
import { Sequences } from './sequence.js';
import type { TextSource, Unknown } from './source.js';

const MOST_FOREIGN = 16;
/** No protocol: the quoted packet's is not printed (IANA: reserved). */
const NOT_PRINTED = 255;
const USUAL_TTL = 64;

/** Writes packets as octets: every field that the text prints, and nothing that a verdict could rest on beside it. */
export class Rebuilder {
  readonly hosts = new Hosts();
  readonly unknown = new Set<Unknown>();
  /** PTBs about an address that their receiver never sent to, from the host that it does send to. */
  readonly foreign: TextSource['foreign'][number][] = [];
  readonly #sequences = new Sequences();
  readonly #recent = new Recent();
  /** Identifications and checksums that are not printed differ from packet to packet: none is a copy of another. */
  #serial = 0;

  /**
   * `place` tells sections of the text apart that have sequence numbers of their own. Answers the octets of the IP
   * packet on the wire; null where it can only be counted.
   */
  write(out: OctetsOut, packet: PrintedPacket, place: string): number | null {
    const { family } = packet;
    if (family === 0) return null;
    const length = isHidden(packet) ? null : this.#lengthOf(packet, family);
    if (length === null) {
      this.unknown.add('IP length');
      return null;
    }
    this.#serial = (this.#serial + 1) & 0xffff;
    this.#header(out, packet, family, length);
    if (packet.fragmentOffset === 0) this.#upper(out, packet, family, length, place);
    return length;
  }

  #lengthOf(packet: PrintedPacket, family: 4 | 6): number | null {
    if (packet.ipLength !== null) return packet.ipLength;
    const header = IP_HEADER[family];
    const { tcp, udp, inside, icmp, esp } = packet;
    if (tcp) return header + TCP_HEADER_MINIMUM + optionLength(tcp) + tcp.payload;
    if (inside !== null) return header + inside;
    if (udp !== null) return header + UDP_HEADER + udp;
    if (esp?.octets != null) return header + (esp.udp ? UDP_HEADER : 0) + esp.octets;
    // An error message itself is small; only what it says counts.
    return icmp ? header + 8 + header + 8 : null;
  }

  #header(out: OctetsOut, packet: PrintedPacket, family: 4 | 6, length: number): void {
    const { df, mf, fragmentOffset, id, ttl } = packet;
    const protocol = packet.protocol ?? NOT_PRINTED;
    if (ttl === null) this.unknown.add('TTL');
    const source = this.hosts.octets(packet.source, family);
    const destination = this.hosts.octets(packet.destination, family);
    if (family === 4) {
      if (df === null) this.unknown.add('DF');
      if (id === null) this.unknown.add('IP identification');
      out.u16(0x4500);
      out.u16(length > 65_535 ? 0 : length);
      out.u16(id ?? this.#serial);
      out.u16((df === false || mf || fragmentOffset > 0 ? 0 : DF) | (mf ? MF : 0) | (fragmentOffset >> 3));
      out.u8(ttl ?? USUAL_TTL);
      out.u8(protocol);
      out.u16(0);
    } else {
      const piece = mf || fragmentOffset > 0;
      out.u32(0x6000_0000);
      out.u16(length > 65_575 ? 0 : length - IP_HEADER[6]);
      out.u8(piece ? EXTENSION.fragment : protocol);
      out.u8(ttl ?? USUAL_TTL);
    }
    out.all(source);
    out.all(destination);
    if (family === 6 && (mf || fragmentOffset > 0)) {
      out.u16(protocol << 8);
      out.u16((fragmentOffset & 0xfff8) | (mf ? 1 : 0));
      out.u32(id ?? this.#serial);
    }
  }

  #upper(out: OctetsOut, packet: PrintedPacket, family: 4 | 6, length: number, place: string): void {
    const { tcp, esp, icmp, inner, protocol } = packet;
    const ports: [number, number] = [this.#port(packet.sourcePort), this.#port(packet.destinationPort)];
    const host = packet.source;
    const sent = {
      destination: packet.destination,
      sourcePort: ports[0],
      destinationPort: ports[1],
      ipLength: length,
      time: packet.time ?? 0,
    };
    if (tcp) {
      const [own, peer] = directions(packet, place);
      const numbers = this.#sequences.resolve(own, peer, tcp.flags, tcp.seq, tcp.ack);
      const sack = tcp.sack.map(([left, right]) => {
        return [this.#sequences.near(peer, left), this.#sequences.near(peer, right)] as const;
      });
      rebuildTcp(out, tcp, ports, numbers, sack, tcp.checksum ?? this.#serial);
      if (tcp.payload > 0) this.#recent.note(host, { ...sent, protocol: PROTOCOL_NUMBER.tcp, number: numbers[0] });
    } else if (protocol === PROTOCOL_NUMBER.tcp) {
      // The ports alone: nothing can be said of its numbers.
      this.unknown.add('TCP numbers');
      out.u16(ports[0]);
      out.u16(ports[1]);
    } else if (protocol === PROTOCOL_NUMBER.udp) {
      out.u16(ports[0]);
      out.u16(ports[1]);
      out.u16(
        Math.max(
          UDP_HEADER,
          Math.min(65_535, packet.udp === null ? length - IP_HEADER[family] : packet.udp + UDP_HEADER),
        ),
      );
      out.u16(0);
      if (esp) writeEsp(out, esp);
      else if (packet.marker === 'ike') out.u32(0);
      else if (packet.marker === 'keepalive') out.u8(0xff);
      this.#recent.note(host, { ...sent, protocol: PROTOCOL_NUMBER.udp, number: esp?.spi ?? 0 });
    } else if (esp) {
      writeEsp(out, esp);
      this.#recent.note(host, {
        ...sent,
        sourcePort: -1,
        destinationPort: -1,
        protocol: PROTOCOL_NUMBER.esp,
        number: esp.spi,
      });
    } else if (icmp) {
      this.#icmp(out, packet, icmp, family, place);
    } else if (inner && inner.family !== 0) {
      this.#tunnelled(out, packet, inner, length, family, place);
    }
  }

  #icmp(out: OctetsOut, packet: PrintedPacket, icmp: PrintedIcmp, family: 4 | 6, place: string): void {
    const { type, code, mtu, quote, echo } = icmp;
    const ptb = family === 4 ? type === 3 && code === 4 : type === 2;
    out.u8(type);
    out.u8(code);
    out.u16(0);
    if (ptb && mtu === null) {
      this.unknown.add('MTU of the PTB');
      return;
    }
    if (echo) {
      out.u16(echo[0]);
      out.u16(echo[1]);
    } else out.u32(ptb ? (mtu ?? 0) : 0);
    if (quote === null) return;
    // Of an error that names no size the last packet sent there is quoted, or none.
    if (!ptb && !quote.packet && !this.#recent.isOne(packet.destination, quote.destination, packet.time ?? 0)) return;
    if (quote.packet) this.#quoted(out, quote.packet, place);
    else this.#guessed(out, packet, quote.destination, mtu ?? 0, family);
  }

  /** The refused packet as it is printed below the error. */
  #quoted(out: OctetsOut, quoted: PrintedPacket, place: string): void {
    const { family } = quoted;
    if (family === 0) return;
    const length = this.#lengthOf(quoted, family) ?? 0;
    this.#header(out, quoted, family, length);
    if (quoted.sourcePort === null && !quoted.esp) return;
    if (quoted.protocol === PROTOCOL_NUMBER.esp && quoted.esp) {
      writeEsp(out, quoted.esp);
      return;
    }
    out.u16(this.#port(quoted.sourcePort));
    out.u16(this.#port(quoted.destinationPort));
    if (quoted.tcp?.seq != null) out.u32(this.#sequences.near(directions(quoted, place)[0], quoted.tcp.seq));
    else if (quoted.esp) {
      out.u32(0);
      writeEsp(out, quoted.esp);
    }
  }

  /** Only the destination of the refused packet is printed: the rest is what its receiver had just sent there. */
  #guessed(out: OctetsOut, packet: PrintedPacket, to: string | null, mtu: number, family: 4 | 6): void {
    this.unknown.add('ports of the refused packet');
    const found = this.#recent.refused(packet.destination, to, mtu, packet.time ?? 0);
    const sent = found === 'several' ? undefined : found;
    const time = packet.time ?? 0;
    // The far host itself refuses, in the name of an address that nobody here talks to: its own, behind NAT.
    if (
      !found &&
      to !== null &&
      to !== packet.source &&
      this.#recent.sentTo(packet.destination, packet.source, mtu, time)
    ) {
      if (this.foreign.length < MOST_FOREIGN)
        this.foreign.push({ from: packet.source, to: packet.destination, about: to, mtu, line: packet.line });
    }
    const destination = to ?? sent?.destination;
    if (destination === undefined) return;
    const refused = {
      ...packet,
      source: packet.destination,
      destination,
      fragmentOffset: 0,
      mf: false,
      df: true,
      protocol: sent?.protocol ?? NOT_PRINTED,
    };
    this.#header(out, refused, family, sent?.ipLength ?? mtu + 1);
    if (!sent) return;
    if (sent.sourcePort >= 0) {
      out.u16(sent.sourcePort);
      out.u16(sent.destinationPort);
    }
    if (sent.protocol === PROTOCOL_NUMBER.udp) out.u32(0);
    out.u32(sent.number);
  }

  #tunnelled(
    out: OctetsOut,
    packet: PrintedPacket,
    inner: PrintedPacket,
    length: number,
    family: 4 | 6,
    place: string,
  ): void {
    if (inner.family === 0) return;
    const inside = this.#lengthOf(inner, inner.family);
    if (packet.protocol === PROTOCOL_NUMBER.gre) {
      const header = inside === null ? GRE_HEADER : length - IP_HEADER[family] - inside;
      out.u16(header >= GRE_HEADER + GRE_OPTION ? GRE_FLAG.key << 8 : 0);
      out.u16(inner.family === 4 ? ETHER_TYPE.ipv4 : ETHER_TYPE.ipv6);
      if (header >= GRE_HEADER + GRE_OPTION) out.u32(0);
    }
    this.write(out, inner, `${place}i`);
  }

  #port(text: string | null): number {
    return text === null ? 0 : this.hosts.port(text);
  }
}

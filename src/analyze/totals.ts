import type { Frame } from '../frame/frame.js';
import { AH, ESP, GRE, IKE, NATT, PPPOE, PTB, TCP_CUT, VXLAN, WIREGUARD } from '../frame/header-bits.js';
import { addressText } from '../packet/address.js';
import { IPV6_HEADER } from '../packet/ipv6.js';
import { TCP_FLAG } from '../packet/tcp.js';
import type { PlainCounts } from './flow/plain-counts.js';
import { MssCounts } from './mss-counts.js';

/** Next-hop MTUs that a router announced, and how often. */
export interface PtbTotal {
  readonly from: string;
  /** Octets, as in the message; null where it is cut before the field. */
  readonly mtu: number | null;
  readonly count: number;
}

/** Counts of a whole capture, comparable with tshark's; see docs of `analyze` for what each one counts. */
export interface Totals {
  readonly frames: number;
  readonly ipv4: number;
  readonly ipv6: number;
  readonly dfSet: number;
  readonly fragments: { readonly ipv4: number; readonly ipv6: number };
  readonly tcp: number;
  readonly tcpData: number;
  readonly largest: { readonly ipv4: number; readonly ipv6: number };
  readonly ptb: readonly PtbTotal[];
  readonly synMss: Readonly<Record<string, number>>;
  readonly synAckMss: Readonly<Record<string, number>>;
  readonly esp: number;
  readonly natt: number;
  readonly ike: number;
  readonly ah: number;
  readonly gre: number;
  readonly vxlan: number;
  readonly wireguard: number;
  readonly pppoe: number;
}

const COUNTED = ESP | NATT | IKE | AH | GRE | VXLAN | WIREGUARD | PPPOE | PTB | TCP_CUT;
/** Different (router, MTU) pairs kept; further ones are counted under the router '…'. */
const MOST_PTB = 1000;

/** Counts while frames pass. */
export class TotalsCounter {
  private ipv4 = 0;
  private ipv6 = 0;
  private dfSet = 0;
  private fragments4 = 0;
  private fragments6 = 0;
  private tcp = 0;
  private tcpData = 0;
  private largest4 = 0;
  private largest6 = 0;
  private readonly synMss = new MssCounts();
  private readonly synAckMss = new MssCounts();
  private readonly ptb = new Map<string, { from: string; mtu: number | null; count: number }>();
  private esp = 0;
  private natt = 0;
  private ike = 0;
  private ah = 0;
  private gre = 0;
  private vxlan = 0;
  private wireguard = 0;
  private pppoe = 0;

  visit(frame: Frame): void {
    const outer = frame.outer;
    if (outer.family === 4) {
      this.ipv4 += 1;
      if (outer.df) this.dfSet += 1;
      if (outer.fragment) this.fragments4 += 1;
      if (outer.totalLength > this.largest4) this.largest4 = outer.totalLength;
    } else if (outer.family === 6) {
      this.ipv6 += 1;
      if (outer.fragment) this.fragments6 += 1;
      const length = frame.superPacket ? IPV6_HEADER : outer.totalLength;
      if (length > this.largest6) this.largest6 = length;
    } else {
      if (frame.announced !== 0) this.countUnreadable(frame);
      if (frame.layers & PPPOE) this.pppoe += 1;
      return;
    }
    // A super-packet was never on a wire: its IPv6 header counts, what follows it does not.
    if (frame.superPacket && frame.ip.family === 6) return;
    if (frame.tcp) {
      this.tcp += 1;
      if (frame.payloadLength > 0 && !frame.ip.fragment) this.tcpData += 1;
      if (frame.flags & TCP_FLAG.syn) this.countSyn(frame);
    }
    if (frame.layers & COUNTED) this.count(frame);
  }

  /** Adds frames that were not visited. */
  addPlain({
    frames,
    ipv6,
    withDf,
    withData,
    largest4,
    largest6,
    pppoe,
    gre,
    vxlan,
    udp,
    wireguard,
    synMss,
    synAckMss,
  }: PlainCounts): void {
    this.ipv4 += frames - ipv6;
    this.ipv6 += ipv6;
    this.tcp += frames - udp;
    this.dfSet += withDf;
    this.tcpData += withData;
    this.largest4 = Math.max(this.largest4, largest4);
    this.largest6 = Math.max(this.largest6, largest6);
    this.pppoe += pppoe;
    this.gre += gre;
    this.vxlan += vxlan;
    this.wireguard += wireguard;
    for (const [mss, count] of synMss) this.synMss.add(mss, count);
    for (const [mss, count] of synAckMss) this.synAckMss.add(mss, count);
  }

  private countSyn(frame: Frame): void {
    (frame.flags & TCP_FLAG.ack ? this.synAckMss : this.synMss).add(frame.mss);
  }

  /** An IP header that is cut or contradicts itself: it counts, and its length where that can be read. */
  private countUnreadable(frame: Frame): void {
    const length = frame.announcedLength;
    if (frame.announced === 4) {
      this.ipv4 += 1;
      this.largest4 = Math.max(this.largest4, length);
    } else {
      this.ipv6 += 1;
      this.largest6 = Math.max(this.largest6, length);
    }
  }

  private count(frame: Frame): void {
    const { layers } = frame;
    if (layers & ESP) this.esp += 1;
    if (layers & NATT) this.natt += 1;
    if (layers & IKE) this.ike += 1;
    if (layers & AH) this.ah += 1;
    if (layers & GRE) this.gre += 1;
    if (layers & VXLAN) this.vxlan += 1;
    if (layers & WIREGUARD) this.wireguard += 1;
    if (layers & PPPOE) this.pppoe += 1;
    if (layers & TCP_CUT) {
      this.tcp += 1;
      if (frame.payloadLength > 0) this.tcpData += 1;
    }
    if (layers & PTB) this.countPtb(frame);
  }

  private countPtb(frame: Frame): void {
    const { ip } = frame;
    const mtu = frame.mtu < 0 ? null : frame.mtu;
    let from = addressText(frame.bytes, ip.source, ip.family === 6 ? 6 : 4);
    let key = `${from} ${mtu}`;
    if (!this.ptb.has(key) && this.ptb.size >= MOST_PTB) {
      from = '…';
      key = `${from} ${mtu}`;
      if (!this.ptb.has(key) && this.ptb.size >= 2 * MOST_PTB) key = '…';
    }
    const entry = this.ptb.get(key);
    if (entry) entry.count += 1;
    else this.ptb.set(key, { from, mtu, count: 1 });
  }

  /** The totals so far; `frames` comes from the container, which numbers them. */
  totals(frames: number): Totals {
    return {
      frames,
      ipv4: this.ipv4,
      ipv6: this.ipv6,
      dfSet: this.dfSet,
      fragments: { ipv4: this.fragments4, ipv6: this.fragments6 },
      tcp: this.tcp,
      tcpData: this.tcpData,
      largest: { ipv4: this.largest4, ipv6: this.largest6 },
      ptb: [...this.ptb.values()].sort((one, other) => other.count - one.count),
      synMss: this.synMss.values(),
      synAckMss: this.synAckMss.values(),
      esp: this.esp,
      natt: this.natt,
      ike: this.ike,
      ah: this.ah,
      gre: this.gre,
      vxlan: this.vxlan,
      wireguard: this.wireguard,
      pppoe: this.pppoe,
    };
  }
}

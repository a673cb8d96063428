import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Payload,
  type PrintedMtu,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { mtuOf } from './link-draft.js';

/** FortiOS `diagnose vpn tunnel list`, 5.x to 7.x. */
export const fortiosTunnel: DeviceFormat = {
  id: 'fortios-tunnel',
  title: 'FortiOS diagnose vpn tunnel list',
  manual: 'FortiOS Administration Guide, IPsec related diagnose commands',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (
        /\blist (?:all )?ipsec tunnel|\b(?:dec|enc):\s*spi=[0-9a-f]+\s+esp=|\bproxyid_num=\d|\bSA:\s+ref=\d/.test(text)
      )
        places++;
    }
    return places;
  },
  parse: ({ lines }) => {
    const tunnels = new Tunnels();
    for (const { text, number } of lines) tunnels.line(text, number);
    return tunnels.reading();
  },
};

interface Tunnel {
  name: string;
  source: string | null;
  destination: string | null;
  natT: boolean | null;
  pathMtu: PrintedMtu | null;
  encap: string;
}

function printed(field: string, text: string, line: number): PrintedMtu | null {
  const value = mtuOf(text);
  return value === null ? null : { field, value, line };
}

const blankTunnel = (): Tunnel => ({
  name: '',
  source: null,
  destination: null,
  natT: null,
  pathMtu: null,
  encap: 'none',
});

class Tunnels {
  readonly #associations: Draft<Association>[] = [];
  readonly #understood: Understood[] = [];
  readonly #remarks = new Set<string>();
  #tunnel = blankTunnel();
  #proxy: { mode: 'tunnel' | 'transport'; payload: Payload; printed: boolean } = {
    mode: 'tunnel',
    payload: 'ip',
    printed: false,
  };
  #mtu: PrintedMtu | null = null;
  #sa: Draft<Association> | undefined;

  /** Field by field, so that a list whose line breaks were lost on the way is read as well. */
  line(text: string, number: number): void {
    const fields =
      /(\bname=\S.*?(?= ver=| serial=| [0-9a-f.:]+:\d+->|$))|\b([0-9a-f.:]+):(\d+)->([0-9a-f.:]+):(\d+)|\bdst_mtu=(\d+)|\bencap=([A-Za-z-]+)\/|\bmode=([a-z_]+) draft=|\bproxyid=(\S+) proto=(\d+)|\b(transport-mode)\b|\bmtu=(\d+) expire=|\b(dec|enc):\s*spi=([0-9a-f]{1,8}) esp=([a-z0-9-]+) key=(\d+)|\bah=([a-z0-9-]+) key=\d+|\bnatt: mode=([a-z]+)/gi;
    for (let match = fields.exec(text); match; match = fields.exec(text)) this.#field(match, number);
  }

  #field(match: RegExpExecArray, line: number): void {
    const [
      ,
      name,
      source,
      ,
      destination,
      ,
      pathMtu,
      encap,
      natt,
      proxy,
      protocol,
      transport,
      mtu,
      way,
      spi,
      esp,
      key,
      ah,
      nattFirst,
    ] = match;
    if (name !== undefined) {
      this.#tunnel = { ...blankTunnel(), name: safe(name.slice(5), 40) };
      this.#sa = undefined;
      this.#mtu = null;
    } else if (source !== undefined) {
      this.#tunnel.source ??= safeAddress(source);
      this.#tunnel.destination ??= safeAddress(destination);
    } else if (pathMtu !== undefined) this.#tunnel.pathMtu = printed('dst_mtu', pathMtu, line);
    else if (encap !== undefined) this.#tunnel.encap = encap.toLowerCase();
    else if (natt !== undefined || nattFirst !== undefined) this.#tunnel.natT = (natt ?? nattFirst) !== 'none';
    else if (proxy !== undefined) {
      const payload: Payload = protocol === '47' ? 'gre' : protocol === '4' ? 'ipip' : 'ip';
      this.#proxy = { mode: 'tunnel', payload, printed: true };
      this.#l2tp = protocol === '17';
    } else if (transport !== undefined) {
      this.#proxy.mode = 'transport';
      if (this.#l2tp) this.#proxy.payload = 'l2tp';
    } else if (mtu !== undefined) this.#mtu = printed('mtu', mtu, line);
    else if (way !== undefined)
      this.#begin(way.toLowerCase() === 'dec' ? 'in' : 'out', spi ?? '', esp ?? '', Number(key), line);
    else if (ah !== undefined && this.#sa) this.#integ(ah.toLowerCase());
  }

  #l2tp = false;

  #begin(direction: 'in' | 'out', spi: string, esp: string, keyOctets: number, line: number): void {
    const draft: Draft<Association> = blankAssociation(line);
    const tunnel = this.#tunnel;
    draft.name = tunnel.name;
    draft.interface = tunnel.name || null;
    draft.direction = direction;
    draft.spi = spi.toLowerCase();
    draft.source = direction === 'out' ? tunnel.source : tunnel.destination;
    draft.destination = direction === 'out' ? tunnel.destination : tunnel.source;
    draft.outer = familyOf(tunnel.destination) ?? familyOf(tunnel.source);
    draft.natT = tunnel.natT;
    draft.mode = this.#proxy.mode;
    draft.payload = tunnel.encap === 'vxlan' ? 'vxlan' : this.#proxy.payload;
    draft.pathMtu = tunnel.pathMtu;
    draft.ownMtu = this.#mtu;
    const lower = esp.toLowerCase();
    const aead = /gcm|chacha/.test(lower);
    const bits = keyOctets * 8 - (aead ? 32 : 0);
    // Combined modes print key and salt together: 20 or 36 octets (RFC 4106 §8.1).
    if (Number.isInteger(bits) && bits >= 56 && bits <= 256) draft.keyBits = bits;
    draft.encr = lower === 'aes' ? 'aes-cbc' : lower === 'aes-gcm' ? 'aes-gcm-16' : safe(lower, 30);
    if (!aead) draft.integ = null;
    this.#sa = draft;
    this.#associations.push(draft);
    this.#understood.push({
      line,
      says: `${direction === 'in' ? 'dec' : 'enc'} SA, esp=${safe(draft.encr, 30)}, mode ${draft.mode}${draft.natT ? ', NAT-T' : ''}`,
    });
  }

  #integ(ah: string): void {
    const sa = this.#sa;
    if (!sa || /gcm|chacha/.test(sa.encr ?? '')) return;
    sa.integ = ah === 'null' ? 'none' : safe(ah, 30);
  }

  reading() {
    if (this.#associations.some(({ natT }) => natT === null))
      this.#remarks.add(
        'no natt: line before these SAs, so whether UDP encapsulation is on is not known: both are shown',
      );
    if (!this.#proxy.printed && this.#associations.length > 0)
      this.#remarks.add('no proxyid line, so tunnel mode is taken');
    return {
      format: fortiosTunnel.id,
      associations: this.#associations,
      links: [],
      defaultDevices: [],
      remarks: [...this.#remarks],
      understood: this.#understood,
    };
  }
}

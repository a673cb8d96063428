import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type Paste,
  type Payload,
  type PrintedMtu,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { transformInto } from './cisco-transform.js';

/** Cisco `show crypto ipsec sa` of IOS, IOS-XE and ASA. */
export const ciscoSa: DeviceFormat = {
  id: 'cisco-sa',
  title: 'Cisco show crypto ipsec sa (IOS, IOS-XE, ASA)',
  manual: 'Cisco IOS Security Command Reference, show crypto ipsec sa; ASA Command Reference, show ipsec sa',
  recognise: ({ lines }) => {
    let places = 0;
    for (const { text } of lines) {
      if (
        /\b(?:local|remote)\s+ident\s+\(addr\/mask\/prot\/port\)|(?:in|out)bound\s+esp\s+sas|\bcrypto endpt\.|\bpath mtu \d|transform\s*:\s*(?:esp|ah)-/i.test(
          text,
        )
      )
        places++;
    }
    return places;
  },
  parse: (paste) => {
    const walker = new Walker();
    for (const { text, number } of paste.lines) walker.line(text, number);
    return walker.reading(paste);
  },
};

/** One proxy pair: its selectors, endpoints and MTU lines stand before its SAs. */
interface Pair {
  readonly line: number;
  interfaceName: string;
  payload: Payload;
  source: string | null;
  destination: string | null;
  pathMtu: PrintedMtu | null;
  ownMtu: PrintedMtu | null;
  overhead: Association['ownOverhead'];
  /** `current outbound spi: 0x0`: configured, nothing negotiated. */
  noSa: boolean;
  /** By the ports of the endpoints, for SAs whose settings are not printed. */
  natT: boolean | null;
  readonly sas: Draft<Association>[];
}

interface Section {
  /** Null: the lines were filtered, and its heading is not there. */
  readonly direction: 'in' | 'out' | null;
  readonly protocol: 'esp' | 'ah' | 'pcp';
}

class Walker {
  readonly #pairs: Pair[] = [];
  readonly #remarks = new Set<string>();
  readonly #understood: Understood[] = [];
  #interface = '';
  #pair: Pair | undefined;
  #section: Section | undefined;
  #sa: Draft<Association> | undefined;

  #begin(line: number): Pair {
    const pair: Pair = {
      line,
      interfaceName: this.#interface,
      payload: 'ip',
      source: null,
      destination: null,
      pathMtu: null,
      ownMtu: null,
      overhead: null,
      noSa: false,
      natT: null,
      sas: [],
    };
    this.#pairs.push(pair);
    this.#pair = pair;
    this.#section = undefined;
    this.#sa = undefined;
    return pair;
  }

  line(text: string, line: number): void {
    const heading = /^\s*interface:\s+(\S+)/i.exec(text);
    if (heading) {
      this.#interface = safe(heading[1] ?? '', 40);
      this.#pair = undefined;
      this.#section = undefined;
      return;
    }
    if (
      /\bprotected vrf\b|\blocal\s+ident\b/i.test(text) &&
      (!this.#pair || this.#pair.sas.length > 0 || this.#pair.pathMtu !== null)
    )
      this.#begin(line);
    const section = /\b(in|out)bound\s+(esp|ah|pcp)\s+sas/i.exec(text);
    if (section) {
      this.#pair ??= this.#begin(line);
      this.#section = {
        direction: section[1]?.toLowerCase() as 'in' | 'out',
        protocol: section[2]?.toLowerCase() as 'esp',
      };
      this.#sa = undefined;
      return;
    }
    if (!this.#section && /\btransform\s*:\s*esp-/i.test(text)) {
      this.#pair ??= this.#begin(line);
      this.#section = { direction: null, protocol: 'esp' };
    } else if (this.#section?.direction === null && PAIR_LINE.test(text)) this.#begin(line);
    if (this.#section && this.#pair) this.#saLine(text, line, this.#pair, this.#section);
    else this.#pairLine(text, line);
  }

  #pairLine(text: string, line: number): void {
    const pair = this.#pair ?? (PAIR_LINE.test(text) ? this.#begin(line) : undefined);
    if (!pair) return;
    const protocol = /\bident\s+\(addr\/mask\/prot\/port\):\s*\([^)]*\/(\d+)\/(\d+)\)/i.exec(text);
    if (protocol?.[1] === '47') pair.payload = 'gre';
    if (protocol?.[1] === '4') pair.payload = 'ipip';
    if (protocol?.[1] === '17' && protocol[2] === '1701') pair.payload = 'l2tp';
    const endpoint = /local crypto endpt\.:\s*([^\s,]+),\s*remote crypto endpt\.:\s*([^\s,]+)/i.exec(text);
    if (endpoint) {
      pair.source = endpointAddress(endpoint[1]);
      pair.destination = endpointAddress(endpoint[2]);
    }
    const peer = /\bcurrent_peer:? (\S+)(?:\s+port (\d+))?/i.exec(text);
    if (peer) pair.destination ??= endpointAddress(peer[1]);
    const port = peer?.[2] ?? /remote crypto endpt\.:\s*[^\s,]+\/(4?500)\b/i.exec(text)?.[1];
    if (port === '500' || port === '4500') pair.natT = port === '4500';
    const overhead = /\bipsec overhead (\d{2,3})\((\d{2,3})\)/i.exec(text);
    if (overhead) pair.overhead = { most: Number(overhead[1]), header: Number(overhead[2]), line };
    const path = /\bpath mtu (\d{1,9})\b/i.exec(text)?.[1];
    if (path) pair.pathMtu = { field: 'path mtu', value: Number(path), line };
    const plain = /\bplaintext mtu (\d{1,9})\b/i.exec(text)?.[1];
    if (plain) pair.ownMtu = { field: 'plaintext mtu', value: Number(plain), line };
    if (/current outbound spi:\s*(?:0x)?0+(?:\(0\))?\s*$/i.test(text)) pair.noSa = true;
  }

  #saLine(text: string, line: number, pair: Pair, { direction, protocol }: Section): void {
    if (protocol === 'pcp') return;
    const spi = /^\s*spi:\s*(0x[0-9a-f]{1,8})\b/i.exec(text)?.[1];
    const transform = /\btransform\s*:\s*(.*)$/i.exec(text)?.[1];
    if (spi || (transform !== undefined && (!this.#sa || this.#sa.encr !== null))) {
      const draft: Draft<Association> = blankAssociation(line);
      draft.direction = direction;
      draft.protocol = protocol;
      draft.spi = spi?.toLowerCase() ?? null;
      this.#sa = draft;
      pair.sas.push(draft);
    }
    if (!this.#sa) return;
    if (transform !== undefined) transformInto(this.#sa, transform);
    const settings = /in use settings\s*=\s*\{+([^}]*)/i.exec(text)?.[1];
    if (settings !== undefined) {
      this.#sa.mode = /\btransport\b/i.test(settings) ? 'transport' : /\btunnel\b/i.test(settings) ? 'tunnel' : null;
      this.#sa.natT = /UDP-Encaps|NAT-T-Encaps/i.test(settings);
      if (/rekeyed/i.test(settings)) this.#sa.flags = ['rekeyed'];
    }
  }

  reading(_paste: Paste) {
    const associations: Association[] = [];
    for (const pair of this.#pairs) {
      const name = pair.interfaceName;
      if (pair.noSa && pair.sas.length === 0) {
        this.#remarks.add(
          `line ${pair.line}: no SA for this proxy pair (outbound spi 0); the MTU it prints is the link's and is left aside`,
        );
        this.#understood.push({ line: pair.line, says: 'proxy pair without SA' });
        continue;
      }
      const shared = {
        name,
        source: pair.source,
        destination: pair.destination,
        outer: familyOf(pair.source) ?? familyOf(pair.destination),
        payload: pair.payload,
        pathMtu: pair.pathMtu,
      };
      const cut = pair.sas.filter(({ encr, integ, protocol }) => protocol === 'esp' && encr === null && integ === null);
      if (pair.payload === 'gre') this.#remarks.add(GRE_KEY);
      const whole = pair.sas.filter((sa) => !cut.includes(sa));
      if (cut.length > 0 && whole.length > 0)
        this.#remarks.add(`line ${cut[0]?.line}: an SA is cut off before its transform and is left aside`);
      for (const sa of whole) {
        // A cut SA shares mode and NAT-T with the others of its pair.
        sa.mode ??= whole.find(({ mode }) => mode !== null)?.mode ?? null;
        sa.natT ??= whole.find(({ natT }) => natT !== null)?.natT ?? pair.natT;
        associations.push({ ...sa, ...shared, ownMtu: pair.ownMtu, ownOverhead: pair.overhead });
        this.#understood.push({
          line: sa.line,
          says: `${sa.direction === null ? '' : `${sa.direction}bound `}${sa.protocol} SA, ${sa.encr ?? sa.integ ?? 'transform cut off'}, mode ${sa.mode ?? 'not printed'}`,
        });
      }
      if (whole.length === 0 && (pair.ownMtu || pair.pathMtu)) {
        associations.push({
          ...blankAssociation(pair.line),
          ...shared,
          ownMtu: pair.ownMtu,
          ownOverhead: pair.overhead,
        });
        this.#understood.push({
          line: pair.line,
          says: `proxy pair${pair.ownMtu ? `, plaintext mtu ${pair.ownMtu.value}` : ''}${pair.pathMtu ? `, path mtu ${pair.pathMtu.value}` : ''}, no transform`,
        });
      }
    }
    return {
      format: ciscoSa.id,
      associations,
      links: [],
      defaultDevices: [],
      remarks: [...this.#remarks],
      understood: this.#understood,
    };
  }
}

/** Selectors with protocol 47 do not tell. */
const GRE_KEY = 'protocol 47 is GRE; whether it has a key (tunnel key) is not printed: with one, 4 octets less fit';

const PAIR_LINE = /crypto endpt\.|\bpath mtu \d|\bplaintext mtu \d|current_peer/i;

/** IOS prints the bare address, ASA `192.0.2.1/500` and sometimes a name before it. */
function endpointAddress(text: string | undefined): string | null {
  return safeAddress(text?.replace(/\/\d+$/, ''));
}

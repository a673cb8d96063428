import type { LastNumber } from '../pasted-line.js';
import type { Measurement } from './measurement.js';

/** Encapsulation of the inner packet; null where the output does not say. */
export type SaMode = 'tunnel' | 'transport';

/** A figure about MTU that the output itself prints. */
export interface PrintedMtu {
  /** The field's own name: `plaintext mtu`, `mtu`, `interface mtu`. */
  readonly field: string;
  /** Octets. */
  readonly value: number;
  readonly line: number;
}

/** What the SA carries: IP packets, or one tunnel header more. */
export type Payload = 'ip' | 'gre' | 'gre-key' | 'gretap' | 'eoip' | 'ipip' | 'l2tp' | 'vxlan' | 'geneve';

/**
 * One SA or one proposal, in neutral values. Every field is what was printed; null means that the output does not
 * say. There is no field for key material: a parser never keeps it.
 */
export interface Association {
  readonly kind: 'sa' | 'proposal' | 'wireguard' | 'tunnel';
  /** `none`: a tunnel without encryption of its own, or with one that the calculator counts in its name. */
  readonly protocol: 'esp' | 'ah' | 'wireguard' | 'none';
  /** For the row's heading: connection, tunnel or proposal name, or empty. */
  readonly name: string;
  readonly direction: 'in' | 'out' | null;
  readonly spi: string | null;
  readonly source: string | null;
  readonly destination: string | null;
  /** Outer address family. */
  readonly outer: 4 | 6 | null;
  readonly mode: SaMode | null;
  /** Encryption transform as printed or as a catalogue id; null for AH or where it is missing. */
  readonly encr: string | null;
  /** Bits of the cipher key; the salt of combined modes is taken off. */
  readonly keyBits: number | null;
  /** Integrity transform as printed or as a catalogue id; null for combined modes or where it is missing. */
  readonly integ: string | null;
  /** Octets of the ICV where the output prints its truncation; decides over the algorithm's name. */
  readonly icvOctets: number | null;
  readonly natT: boolean | null;
  /** AH around this ESP SA, from an SA bundle (RFC 4301 §4.1): its integrity transform. */
  readonly ah: string | null;
  readonly payload: Payload;
  /** Of kind `tunnel`: the calculator's name for it. */
  readonly tunnel: string | null;
  /** The device interface that is this tunnel, where the output says which. */
  readonly interface: string | null;
  readonly ifId: string | null;
  /** The device it is said to run over (`dev wg0`). */
  readonly over: string | null;
  readonly flags: readonly string[];
  /** MTU of the path or link under this SA, where printed. */
  readonly pathMtu: PrintedMtu | null;
  /** The device's own figure for what fits inside. */
  readonly ownMtu: PrintedMtu | null;
  /** ASA's `ipsec overhead 74(44)`, octets. */
  readonly ownOverhead: { readonly most: number; readonly header: number; readonly line: number } | null;
  /** Line of the paste where it begins. */
  readonly line: number;
}

/** An interface or route whose MTU the output prints. */
export interface LinkReading {
  readonly name: string;
  /** `tunnel`: its MTU is compared with the result; `link`: it may be the link under the tunnel. */
  readonly role: 'link' | 'tunnel' | 'route' | 'other';
  /** Octets. */
  readonly mtu: number;
  readonly addresses: readonly string[];
  /** The same with their prefix lengths, where they are printed. */
  readonly subnets?: readonly string[];
  readonly defaultRoute: boolean;
  readonly ifId: string | null;
  /** A tunnel device with a header of its own, and its two ends: what a transport-mode SA between them carries. */
  readonly carries?: { readonly payload: Payload; readonly ends: readonly string[] };
  /** The interface an association belongs to; set, it is compared with that one's own figure and no other. */
  readonly owner?: string;
  /** The command of this kind of box that sets its MTU. */
  readonly setMtu?: (mtu: number) => string;
  /** Where the MTU is only a bound: what else it may well be, and why. */
  readonly less?: { readonly mtu: number; readonly where: string };
  readonly up: boolean;
  readonly line: number;
}

/** Lines of the paste that were understood, and what they said. Composed from values, never a copy of the line. */
export interface Understood {
  readonly line: number;
  readonly says: string;
}

/** All that one format understood of a paste. */
export interface DeviceReading {
  readonly format: string;
  readonly associations: readonly Association[];
  readonly links: readonly LinkReading[];
  /** Egress interface names of default routes. */
  readonly defaultDevices: readonly string[];
  readonly remarks: readonly string[];
  readonly understood: readonly Understood[];
  /** Rules that set a fixed MSS. */
  readonly clamps?: readonly ClampReading[];
  /** What was measured on a path. */
  readonly measurements?: readonly Measurement[];
}

/** A rule that sets the MSS of passing SYNs. */
export interface ClampReading {
  /** Octets. */
  readonly mss: number;
  readonly line: number;
  /** The interface the rule is for; null where it goes by policy or says none. */
  readonly owner: string | null;
  /** How the box writes it, up to the number. */
  readonly setting: string;
}

/** One format of device output; its file holds nothing else. One file each, one line in the registry. */
export interface DeviceFormat {
  readonly id: string;
  readonly title: string;
  /** Where the form is described or was taken from. */
  readonly manual: string;
  /** How many characteristic places the paste has; 0 where it is something else. */
  recognise(paste: Paste): number;
  parse(paste: Paste): DeviceReading;
}

export interface Line {
  readonly number: number;
  readonly text: string;
}

export interface Paste {
  /** No line is longer than a device prints; see `long`. */
  readonly lines: readonly Line[];
  /** The same lines uncut, for notations that put a whole tree into one. */
  readonly long: readonly Line[];
  /** The number at the very end, where its line has no end. */
  readonly unfinished?: LastNumber | undefined;
}

/** An association of which nothing is known yet but where it begins. */
export const blankAssociation = (line: number): Association => ({
  kind: 'sa',
  protocol: 'esp',
  name: '',
  direction: null,
  spi: null,
  source: null,
  destination: null,
  outer: null,
  mode: null,
  encr: null,
  keyBits: null,
  integ: null,
  icvOctets: null,
  natT: null,
  ah: null,
  payload: 'ip',
  tunnel: null,
  interface: null,
  ifId: null,
  over: null,
  flags: [],
  pathMtu: null,
  ownMtu: null,
  ownOverhead: null,
  line,
});

/** A value under construction. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export const emptyReading = (format: string): DeviceReading => ({
  format,
  associations: [],
  links: [],
  defaultDevices: [],
  remarks: [],
  understood: [],
});

/** 4 or 6 for an address as printed (brackets, port and prefix length allowed), null for anything else. */
export function familyOf(address: string | null | undefined): 4 | 6 | null {
  if (!address) return null;
  if (/^\d{1,3}(\.\d{1,3}){3}([:/[].*)?$/.test(address)) return 4;
  return /^\[?[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,}/i.test(address) ? 6 : null;
}
